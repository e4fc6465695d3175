import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { RootId } from '../contract/ids.ts';
import type { Output } from '../contract/procedures.ts';
import type { Engine } from '../engine.ts';
import { connectionOfLane } from '../engine/connections.ts';
import { AppError } from '../platform/errors.ts';
import { toAbsolute, type CommandContext } from './context.ts';
import { toLine } from './printable.ts';
import { describeText, libraryText } from './text.ts';

/** Lanes that need no connection: reading files. Nothing in them costs money. */
export const isOwnWork = (lane: string): boolean => connectionOfLane(lane) === undefined;

/** Reading that a photo needs before it can be described. */
const readingLanes = ['ingest'];
/** What it still lacks after that: nobody waits for it but the end of the command. */
const laterLanes = ['thumbnails', 'thorough-facts', 'text'];

export type PreparedFolders = {
  readonly scans: Output<'root.scan'>;
  /** Absolute. */
  readonly folders: readonly string[];
};

/**
 * Adds the folders if they are new, scans their roots, and waits until every file in them has been read. Nothing else is done
 * meanwhile: with thumbnails and thorough facts beside it, reading takes several times as long, and somebody waits for it.
 *
 * @param folders as typed; none means every root of the library
 * @throws {AppError} as `root.add`
 */
export async function prepareFolders(
  context: CommandContext,
  engine: Engine,
  folders: readonly string[],
): Promise<PreparedFolders> {
  engine.start((lane) => readingLanes.includes(lane));
  const absolute = folders.map((folder) => toAbsolute(context, folder));
  const rootIds: RootId[] = [];
  for (const folder of absolute) rootIds.push(await addFolder(engine, folder));
  const scans = await scan(context, engine, folders.length === 0 ? undefined : [...new Set(rootIds)]);
  await waitForLanes(context, engine, readingLanes, describeText.reading);
  return { scans, folders: absolute };
}

/** Waits for what was left for later, so that a script finds everything done. */
export async function finishReading(context: CommandContext, engine: Engine): Promise<void> {
  await waitForLanes(context, engine, laterLanes, describeText.finishing);
}

async function addFolder(engine: Engine, path: string): Promise<RootId> {
  try {
    return (await engine.call('root.add', { path })).rootId;
  } catch (error) {
    if (statSync(path, { throwIfNoEntry: false })?.isFile() === true) {
      throw new AppError('invalid-input', { reason: describeText.oneFile(path) }, { cause: error });
    }
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
    // It cannot be reached now, but the library may know it: then its root is offline, and that is what to say.
    const roots = await engine.call('root.list', {});
    const known = roots.find((root) => path === root.path || path.startsWith(`${root.path}/`));
    if (known === undefined) throw error;
    return known.id;
  }
}

async function scan(
  context: CommandContext,
  engine: Engine,
  rootIds: RootId[] | undefined,
): Promise<Output<'root.scan'>> {
  const { terminal } = context;
  let before = 0;
  let current = 0;
  let lastRoot: RootId | undefined;
  const stop = engine.events.on('root.scanning', ({ rootId, files }) => {
    if (lastRoot !== rootId) before += current;
    lastRoot = rootId;
    current = files;
    terminal.showProgress({ label: describeText.scanning, done: before + current, total: undefined });
  });
  try {
    const scans = await engine.call('root.scan', rootIds === undefined ? {} : { rootIds });
    terminal.hideProgress();
    const changing = scans.reduce((sum, { stillChanging }) => sum + stillChanging, 0);
    if (changing > 0) terminal.note(libraryText.stillChanging(changing));
    for (const { path, error, unreadable } of scans) {
      if (unreadable.length > 0) {
        const first = unreadable.slice(0, 3).map((name) => toLine(join(path, name)));
        terminal.note(libraryText.unreadable(unreadable.length, first));
      }
      if (error !== null) terminal.note(libraryText.rootOffline(toLine(path)));
    }
    return scans;
  } finally {
    stop();
    terminal.hideProgress();
  }
}

const progressEveryMs = 200;

async function waitForLanes(
  { terminal }: CommandContext,
  engine: Engine,
  lanes: string[],
  label: string,
): Promise<void> {
  let most = 0;
  const show = async (): Promise<void> => {
    const { jobs: left } = await engine.call('queue.count', { lanes });
    most = Math.max(most, left);
    terminal.showProgress({ label, done: most - left, total: most });
  };
  // Once the engine closes, there is nothing to show any more.
  const timer = setInterval(() => void show().catch(() => clearInterval(timer)), progressEveryMs);
  try {
    await engine.whenIdle(lanes);
  } finally {
    clearInterval(timer);
    terminal.hideProgress();
  }
}
