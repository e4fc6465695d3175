import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { onTestFinished } from 'vitest';
import type { ErrorInfo } from '../../app/contract/errors.ts';
import type { Events } from '../../app/contract/events.ts';
import type { Connection } from '../../app/contract/models/connection.ts';
import type { RunOptions } from '../../app/contract/models/run.ts';
import type { Arguments, Output } from '../../app/contract/procedures.ts';
import { Database } from '../../app/db/connection.ts';
import { libraryFiles, openForReading } from '../../app/db/open.ts';
import { Engine, type EngineOptions } from '../../app/engine.ts';
import * as everyLane from '../../app/jobs/lanes.ts';
import type { LanePause } from '../../app/queue/lane-store.ts';
import type { CredentialOf } from '../../app/engine/connections.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../azure-emulator/server.ts';
import { useTemporaryFolder, writeNewLibrary } from './database.ts';
import { writeOld } from './write-old.ts';

export { writeOld } from './write-old.ts';

/** What every test asks for, unless it is about something else. */
export const usualOptions: RunOptions = {
  detail: 'high',
  maxImageTokens: null,
  prompt: 'general',
  language: 'en',
  fields: ['title', 'caption', 'altText', 'keywords'],
};

const photoCache = new Map<string, Promise<Buffer>>();

/** Sixteen fields of grey, different for each seed: small, made in a millisecond, and never taken for another one. */
export function photoOf(
  seed: number,
  widthPx = 320,
  heightPx = 240,
  /** Not for very many. */
  { keep }: { readonly keep: boolean } = { keep: true },
): Promise<Buffer> {
  const name = `${String(seed)} ${String(widthPx)}×${String(heightPx)}`;
  const known = photoCache.get(name);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(String(seed)).digest();
  const fields = Uint8Array.from({ length: 16 * 3 }, (_, index) => {
    // In the middle of the emulator's eight levels, so that no rendition crosses a border.
    const grey = 16 + 32 * ((digest[Math.floor(index / 3)] ?? 0) & 7);
    return index % 3 === 1 ? grey : grey + 8;
  });
  const bytes = sharp(fields, { raw: { width: 4, height: 4, channels: 3 } })
    .resize(widthPx, heightPx, { fit: 'fill', kernel: 'nearest' })
    .jpeg({ quality: 92 })
    .toBuffer();
  if (keep) photoCache.set(name, bytes);
  return bytes;
}

/** `count` photos that differ, in `folder`. Their paths. */
export async function makePhotos(folder: string, count: number, firstSeed = 1): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, index) =>
    join(folder, `photo-${String(firstSeed + index).padStart(3, '0')}.jpg`),
  );
  await Promise.all(paths.map(async (path, index) => writeOld(path, await photoOf(firstSeed + index))));
  return paths;
}

/** An emulator that ends with the test. */
export async function useEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  return emulator;
}

/** The emulator's key for Azure's services, none for anybody else. */
export function credentialFor(emulator: Pick<Emulator, 'key'>): CredentialOf {
  return ({ kind }) =>
    kind === 'azure-openai' || kind === 'azure-vision'
      ? { kind: 'api-key', secret: emulator.key }
      : undefined;
}

export type Settings = Arguments<'connection.save'>;

/** A deployment of gpt-4.1, eight requests at once. */
export function azureSettings(emulator: Pick<Emulator, 'endpoint'>, more: Partial<Settings> = {}): Settings {
  return {
    kind: 'azure-openai',
    endpoint: emulator.endpoint,
    apiVersion: '2024-10-21',
    deployment: 'gpt-41',
    modelId: 'gpt-4.1',
    concurrency: 8,
    ...more,
  };
}

/** Image Analysis of Azure AI Vision. */
export function visionSettings({ endpoint }: Pick<Emulator, 'endpoint'>): Settings {
  return { kind: 'azure-vision', endpoint };
}

export function compatibleSettings(
  emulator: Pick<Emulator, 'compatibleBaseUrl'>,
  more: Partial<Settings> = {},
): Settings {
  return {
    kind: 'openai-compatible',
    endpoint: emulator.compatibleBaseUrl,
    deployment: 'gpt-41',
    modelId: 'gpt-4.1',
    concurrency: 8,
    ...more,
  };
}

export type RunProgress = Output<'run.get'>;
export type Shown = Output<'asset.get'>;

/** Lanes of which a test waits for the end; ExifTool and thumbnails are other tests' business. */
const workedOn = (lane: string): boolean => lane === 'ingest' || lane.startsWith('connection:');

/** An engine with the few things that every test does to it. */
export class TestEngine {
  readonly engine: Engine;
  /** The last connection that was saved. */
  connection!: Connection; // why: a test connects before it describes
  /** Why the engine cannot go on. */
  failure: ErrorInfo | undefined;

  readonly #libraryFolder: string;

  constructor(options: EngineOptions) {
    this.#libraryFolder = options.libraryFolder;
    this.engine = new Engine({ retryBaseMs: 5, requestTimeoutMs: 10_000, ...options });
    this.engine.events.on('engine.failed', ({ error }) => {
      this.failure = error;
    });
  }

  /** Saves the connection and works on its lane. */
  async connect(settings: Settings): Promise<Connection> {
    this.connection = await this.engine.call('connection.save', settings);
    return this.connection;
  }

  /** As if its connection had answered before: from the first, as many requests go out at once as it allows. */
  knowToAnswer(): void {
    const db = new Database(join(this.#libraryFolder, libraryFiles.database));
    try {
      db.run(`UPDATE connection SET learned = json_set(learned, '$.vision', 'yes') WHERE id = ?`, [
        this.connection.id,
      ]);
    } finally {
      db.close();
    }
  }

  start(): void {
    this.engine.start(workedOn);
  }

  /** Adds the folder if it is new, and reads what is in it. */
  async scan(folder?: string): Promise<Output<'root.scan'>> {
    if (folder !== undefined) await this.engine.call('root.add', { path: folder });
    this.start();
    const scanned = await this.engine.call('root.scan', {});
    await this.engine.whenIdle(['ingest']);
    return scanned;
  }

  plan(options: Partial<RunOptions> = {}): Promise<Output<'description.plan'>> {
    return this.engine.call('description.plan', {
      connectionId: this.connection.id,
      options: { ...usualOptions, ...options },
    });
  }

  /** Starts a run and does not wait for it. */
  async begin(
    more: Partial<Omit<Arguments<'description.start'>, 'options'>> & { options?: Partial<RunOptions> } = {},
  ): Promise<RunProgress> {
    this.start();
    const { runId } = await this.engine.call('description.start', {
      connectionId: this.connection.id,
      budgetMicroUsd: null,
      ...more,
      options: { ...usualOptions, ...more.options },
    });
    if (runId === null) throw new Error('there was nothing to describe');
    return this.run(runId);
  }

  /** Describes what is to be described, and waits until that is done or cannot go on: the run, as it is then. */
  async describe(more: Parameters<TestEngine['begin']>[0] = {}): Promise<RunProgress> {
    const { id } = await this.begin(more);
    return this.settle(id);
  }

  /** As `describe`, when it may be that nothing is left to be described. */
  async describeRest(options: Partial<RunOptions> = {}): Promise<RunProgress | undefined> {
    this.start();
    const { runId } = await this.engine.call('description.start', {
      connectionId: this.connection.id,
      budgetMicroUsd: null,
      options: { ...usualOptions, ...options },
    });
    return runId === null ? undefined : this.settle(runId);
  }

  async settle(
    id: RunProgress['id'],
    isHeld: (pause: LanePause) => boolean = waitsForLong,
  ): Promise<RunProgress> {
    await this.engine.whenRunSettles(id, { isHeld });
    return this.run(id);
  }

  run(id: RunProgress['id']): Promise<RunProgress> {
    return this.engine.call('run.get', { id });
  }

  /** Nothing is left to be asked for. */
  async isDone(): Promise<boolean> {
    const { runId } = await this.engine.call('description.start', {
      connectionId: this.connection.id,
      budgetMicroUsd: null,
      options: usualOptions,
    });
    return runId === null;
  }

  /** Looks now and after each event of this kind, until what is looked for is there. */
  async waitFor<Found>(
    event: keyof Events,
    look: () => Promise<readonly Found[]>,
  ): Promise<readonly Found[]> {
    let next = Promise.withResolvers<void>();
    const stop = this.engine.events.on(event, () => {
      next.resolve();
    });
    try {
      for (;;) {
        next = Promise.withResolvers<void>();
        const found = await look();
        if (found.length > 0) return found;
        await next.promise;
      }
    } finally {
      stop();
    }
  }

  show(path: string): Promise<Shown> {
    return this.engine.call('asset.get', { path });
  }

  async captionOf(path: string): Promise<string | undefined> {
    return (await this.show(path)).description?.caption?.text;
  }

  usage(): Promise<Output<'usage.get'>> {
    return this.engine.call('usage.get', {});
  }

  /** Every rest of this connection's lane from now on, as it begins: filled in while the engine works. */
  watchRests(): readonly LanePause['by'][] {
    const rests: LanePause['by'][] = [];
    const note = async (): Promise<void> => {
      const pause = await this.pause();
      if (pause !== undefined) rests.push(pause.pausedBy);
    };
    this.engine.events.on('queue.changed', () => {
      void note();
    });
    return rests;
  }

  /** How this connection's lane rests, if it does. */
  async pause(): Promise<Output<'queue.list'>['lanes'][number] | undefined> {
    const { lanes } = await this.engine.call('queue.list', {});
    return lanes.find(({ name }) => name === `connection:${String(this.connection.id)}`);
  }

  async connectionNow(): Promise<Connection> {
    const { connections } = await this.engine.call('library.status', {});
    const found = connections.find(({ id }) => id === this.connection.id);
    if (found === undefined) throw new Error('the connection is gone');
    return found;
  }

  /** Of each file that this connection has not described: its name, what became of it, and why. */
  async report(): Promise<Readonly<Record<string, string>>> {
    const { files } = await this.engine.call('description.report', {
      connectionId: this.connection.id,
      limit: 500,
    });
    return Object.fromEntries(
      files.map(({ path, outcome, error }) => [
        basename(path),
        `${outcome}${error === null ? '' : ` ${error.code}`}`,
      ]),
    );
  }

  close(options: { abort?: boolean } = {}): Promise<void> {
    return this.engine.close(options);
  }
}

/** An engine that works on everything: thumbnails and thorough facts too. */
export class EveryLaneEngine extends TestEngine {
  override start(): void {
    this.engine.start();
  }

  whenAllIdle(): Promise<void> {
    return this.engine.whenIdle(Object.values(everyLane));
  }
}

/** A person who is waiting would rather be told. */
function waitsForLong(pause: LanePause): boolean {
  return pause.untilMs === null || pause.untilMs - Date.now() > 60_000;
}

/** A request as the ledger has it. */
export type LedgerRow = {
  readonly state: string;
  readonly booking: string;
  readonly httpStatus: number | null;
  readonly error: string | null;
  readonly costMicroUsd: number | null;
  readonly relativePath: string;
};

/** All requests of a library, oldest first, read beside whatever has it open. */
export function readLedger(library: string): LedgerRow[] {
  const opened = openForReading(library);
  if (opened === undefined) throw new Error('there is no library');
  try {
    return opened.db.all<LedgerRow>(
      `SELECT state, booking, http_status AS httpStatus, error ->> 'code' AS error, cost_micro_usd AS costMicroUsd,
         (SELECT relative_path FROM request_asset AS ra JOIN file ON file.asset_id = ra.asset_id
          WHERE ra.request_id = request.id ORDER BY file.id LIMIT 1) AS relativePath
       FROM request ORDER BY id`,
    );
  } finally {
    opened.close();
  }
}

export type Bench = {
  readonly emulator: Emulator;
  /** An empty folder for photos. */
  readonly photos: string;
  readonly library: string;
  /** Opens the library and connects to the emulator; closed with the test at the latest. */
  readonly open: (settings?: Settings, options?: Partial<EngineOptions>) => Promise<TestEngine>;
  /** Opens it and goes on, with nobody saying anything about the connection. */
  readonly reopen: (connection: Connection) => TestEngine;
  /** Opens it, with so many photos scanned. */
  readonly openWith: (
    photos: number,
    settings?: Settings,
    options?: Partial<EngineOptions>,
  ) => Promise<TestEngine>;
};

/** An emulator, an empty library and an empty folder of photos, for one test. */
export async function useBench(emulatorOptions: EmulatorOptions = {}): Promise<Bench> {
  const emulator = await useEmulator(emulatorOptions);
  const photos = useTemporaryFolder();
  const library = useTemporaryFolder();
  writeNewLibrary(library);
  const create = (options: Partial<EngineOptions> = {}): TestEngine => {
    const test = new TestEngine({
      libraryFolder: library,
      credentialOf: credentialFor(emulator),
      ...options,
    });
    onTestFinished(() => test.close({ abort: true }));
    return test;
  };
  const open: Bench['open'] = async (settings = azureSettings(emulator), options) => {
    const test = create(options);
    await test.connect(settings);
    return test;
  };
  return {
    emulator,
    photos,
    library,
    open,
    reopen: (connection) => {
      const test = create();
      test.connection = connection;
      test.start();
      return test;
    },
    openWith: async (count, settings, options) => {
      await makePhotos(photos, count);
      const test = await open(settings, options);
      await test.scan(photos);
      return test;
    },
  };
}
