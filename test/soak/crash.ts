/**
 * @file Kill -9 at every stage: lives of an engine that each get a few new photos and die at a moment drawn by lot, until
 * one may live; then everything is counted against what the service says. A life has no chance to tidy up.
 */

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { textLane, thoroughFactsLane } from '../../app/jobs/lanes.ts';
import { startEmulator, type Emulator } from '../azure-emulator/server.ts';
import { chargesOf } from '../helpers/charges.ts';
import { spawnScript } from '../helpers/child.ts';
import type { DescribingEngine } from '../helpers/describing-engine.ts';
import { makePhotos, readLedger } from '../helpers/engine.ts';
import { createRandom } from '../helpers/random.ts';
import { writeOld } from '../helpers/write-old.ts';
import { makeSign } from './hostile-samples.ts';
import { countLibrary, inspectLibrary } from './inspect-library.ts';
import type { SoakOptions, SoakReport, SoakSection } from './section.ts';

type Stage = {
  readonly name: string;
  readonly words?: string;
  /** What the statement is given begins so. */
  readonly given?: string;
  /** It comes once in a life, whatever there is to do. */
  readonly isOnce?: true;
  /** A life of the built-in describer, with a new photo that has words in it. */
  readonly readsText?: true;
};

/** Where an engine can die, and the statement that it does not get to run there; without words: while requests are in flight. */
const stages: readonly Stage[] = [
  { name: 'a file is found', words: 'INSERT INTO file (' },
  { name: 'a scan ends', words: "UPDATE root SET state = 'online', device", isOnce: true },
  { name: 'quick facts are stored', words: 'UPDATE asset SET facts = @facts', given: 'head' },
  { name: 'a photo is ready', words: 'UPDATE asset SET state = iif(damage' },
  { name: 'a thumbnail is there', words: 'has_thumbnail = 1' },
  { name: 'a run starts', words: 'INSERT INTO run (', isOnce: true },
  { name: 'jobs are added', words: 'INSERT INTO job (' },
  { name: 'a job is claimed', words: "UPDATE job SET state = 'running'" },
  { name: 'before a request is in the ledger', words: 'INSERT INTO request (' },
  { name: 'a request is in the ledger by half', words: 'INSERT INTO request_asset' },
  { name: 'requests are in flight' },
  { name: 'an answer came and is not stored', words: 'raw_answer = @rawAnswer' },
  { name: 'an answer is stored and not read', words: 'INSERT INTO description (' },
  { name: 'a description is written by half', words: 'INSERT INTO current_description' },
  { name: 'the index is written', words: 'INTO search_text (rowid' },
  { name: 'a job ends', words: "UPDATE job SET state = 'finished'" },
  { name: 'a run ends', words: 'UPDATE run SET state', isOnce: true },
  {
    name: 'ExifTool has read a file, and its facts are not stored',
    words: 'UPDATE asset SET facts = @facts',
    given: 'exiftool',
  },
  {
    name: 'text was read in a photo, and is not stored',
    words: 'INSERT INTO description (',
    given: 'Tesseract',
    isOnce: true,
    readsText: true,
  },
  {
    name: 'ExifTool is to read a file',
    words: "UPDATE job SET state = 'running'",
    given: thoroughFactsLane,
  },
  {
    name: 'text is to be read in a photo',
    words: "UPDATE job SET state = 'running'",
    given: textLane,
    isOnce: true,
    readsText: true,
  },
];

/** New photos in each life: few enough that a life reaches the end, enough that it has something to die of. */
const photosPerLife = 10;

export type CrashPlan = { readonly lives: number; readonly photosPerLife: number };

export const crashSection: SoakSection = {
  title: 'an engine is killed at every stage, and nothing is lost or paid twice (size: kills, 100)',
  run: (options) => runCrashes(options, { lives: options.size ?? 100, photosPerLife }),
};

/** Kills one engine after the other, lets the last one live, and says what is not as it should be. */
export async function runCrashes(options: SoakOptions, plan: CrashPlan): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-crash-'));
  const emulator = await startEmulator({ latencyMs: 3 });
  try {
    return await liveAndDie(folder, emulator, options, plan);
  } finally {
    await emulator.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function liveAndDie(
  folder: string,
  emulator: Emulator,
  { seed, minutes = Infinity, say }: SoakOptions,
  { lives, photosPerLife: newPhotos }: CrashPlan,
): Promise<SoakReport> {
  const photos = join(folder, 'photos');
  const signs = join(folder, 'signs');
  const library = join(folder, 'library');
  const random = createRandom(seed);
  const planned = new Set<string>();
  const deaths = new Map<string, number>();
  const paths: string[] = [];
  const signPaths: string[] = [];
  const endMs = performance.now() + minutes * 60_000;
  const liveOnce = async (stage: Stage, occurrence: number): Promise<void> => {
    paths.push(...(await makePhotos(photos, newPhotos, paths.length + 1)));
    planned.add(stage.name);
    if (stage.readsText === true) {
      const path = join(signs, `sign-${String(signPaths.length + 1)}.jpg`);
      await writeOld(path, await makeSign(signPaths.length + 1));
      signPaths.push(path);
    }
    const added = stage.readsText === true ? signs : photos;
    if (await livesAndDies({ library, photos: added, emulator, stage, occurrence })) {
      deaths.set(stage.name, (deaths.get(stage.name) ?? 0) + 1);
    }
  };
  for (let life = 0; life < lives && performance.now() < endMs; life += 1) {
    // Every stage has its turn before lots are drawn again.
    const turn = life < stages.length ? life + seed : Math.floor(random() * stages.length);
    const stage = stages[turn % stages.length];
    if (stage === undefined) throw new Error('there are stages');
    await liveOnce(stage, stage.isOnce === true ? 1 : 1 + Math.floor(random() * newPhotos));
    if ((life + 1) % 20 === 0) say(`${String(life + 1)} lives, ${String(paths.length)} photos`);
  }
  // Whose moment never came, because a life before had left half of it done: once more, with a life that ends in between.
  for (const stage of stages.filter(({ name }) => planned.has(name) && !deaths.has(name))) {
    await live(scriptOf(library, photos, emulator));
    await liveOnce(stage, 1);
  }
  await live(scriptOf(library, photos, emulator));
  if (signPaths.length > 0) await live({ ...scriptOf(library, signs, emulator), isBuiltIn: true });
  return report({ library, photos, emulator, paths, signs: signPaths.length, planned, deaths });
}

function scriptOf(library: string, photos: string, { endpoint, key }: Emulator): DescribingEngine {
  return { library, photos, emulator: { endpoint, key }, concurrency: 4, everyLane: true };
}

const enginePath = join(import.meta.dirname, '../helpers/describing-engine.ts');

/** One life. `false`: its moment did not come, and it ended by itself. */
async function livesAndDies(life: {
  readonly library: string;
  readonly photos: string;
  readonly emulator: Emulator;
  readonly stage: Stage;
  readonly occurrence: number;
}): Promise<boolean> {
  const { emulator, stage, occurrence } = life;
  const script: DescribingEngine = {
    ...scriptOf(life.library, life.photos, emulator),
    ...(stage.words === undefined ? {} : { diesBefore: stage.words, occurrence }),
    ...(stage.given === undefined ? {} : { diesWith: stage.given }),
    ...(stage.readsText === true ? { isBuiltIn: true } : {}),
  };
  const before = emulator.totals().requests;
  const child = spawnScript(enginePath, [JSON.stringify(script)]);
  if (stage.words === undefined) {
    await Promise.race([emulator.waitForRequests(before + occurrence), child.gone]);
    await child.kill();
  }
  return (await child.gone) === null;
}

/** A life that nobody ends. */
async function live(script: DescribingEngine): Promise<void> {
  const status = await spawnScript(enginePath, [JSON.stringify(script)]).gone;
  if (status !== 0) throw new Error(`the last engine ended with ${String(status)}`);
}

type Outcome = {
  readonly library: string;
  readonly photos: string;
  readonly emulator: Emulator;
  readonly paths: readonly string[];
  /** Photos with words in them, beside those. */
  readonly signs: number;
  readonly planned: ReadonlySet<string>;
  readonly deaths: ReadonlyMap<string, number>;
};

async function report({
  library,
  photos,
  emulator,
  paths,
  signs,
  planned,
  deaths,
}: Outcome): Promise<SoakReport> {
  const failures = inspectLibrary(library);
  const expect = (isTrue: boolean, otherwise: string): void => {
    if (!isTrue) failures.push(otherwise);
  };
  for (const name of planned) expect(deaths.has(name), `no engine died when ${name}`);

  const counts = countLibrary(library);
  const all = paths.length + signs;
  expect(counts.photos === all, `${String(counts.photos)} photos are in the library, not ${String(all)}`);
  expect(counts.described === all, `${String(counts.described)} photos are described, not ${String(all)}`);
  expect(
    counts.thumbnails === all,
    `${String(counts.thumbnails)} photos have a thumbnail, not ${String(all)}`,
  );
  expect(
    counts.read === counts.toRead && (signs === 0 || counts.read > 0),
    `text was read in ${String(counts.read)} of ${String(counts.toRead)} photos with words`,
  );
  expect(
    counts.knownByExifTool === all,
    `ExifTool has read ${String(counts.knownByExifTool)} of ${String(all)} photos`,
  );
  expect(counts.liveJobs === 0, `${String(counts.liveJobs)} jobs are left`);
  expect(counts.failedJobs === 0, `${String(counts.failedJobs)} jobs failed`);
  const leftovers = (await readdir(photos)).filter((name) => !/^photo-\d+\.jpg$/.test(name));
  expect(leftovers.length === 0, `beside the photos lies ${leftovers.join(', ')}`);

  const ledger = readLedger(library);
  const rowsOf = Map.groupBy(ledger, ({ relativePath }) => join(photos, relativePath));
  for (const [path, charged] of await chargesOf(paths, emulator)) {
    const rows = rowsOf.get(path) ?? [];
    const booked = (booking: string): number => rows.filter((row) => row.booking === booking).length;
    expect(
      booked('exact') === 1,
      `${path} has ${String(booked('exact'))} answers that were paid by their usage`,
    );
    expect(
      charged <= booked('exact') + booked('estimate'),
      `${path} was charged ${String(charged)} times, and the ledger has ${String(rows.length)} requests for it`,
    );
  }
  const open = ledger.filter(({ booking }) => booking === 'pending').length;
  expect(open === 0, `${String(open)} requests are still pending`);
  const served = emulator.totals().requests;
  expect(
    served <= ledger.length,
    `the service saw ${String(served)} requests, the ledger ${String(ledger.length)}`,
  );
  return {
    figures: {
      'lives that were ended by kill -9': [...deaths.values()].reduce((sum, count) => sum + count, 0),
      'stages at which an engine died': `${String(deaths.size)} of ${String(stages.length)}`,
      photos: all,
      'requests in the ledger / seen by the service': `${String(ledger.length)} / ${String(served)}`,
      'answers that no engine lived to store, listed': ledger.filter(({ booking }) => booking === 'estimate')
        .length,
    },
    failures,
  };
}
