import type { Output } from '../contract/procedures.ts';
import type { RootId } from '../contract/ids.ts';
import type { EngineParts } from './parts.ts';
import { groupNewFiles } from './group.ts';
import { reopenRun } from './runs.ts';
import { takeUpVideos } from './videos.ts';
import { ingestLane } from '../jobs/lanes.ts';
import { readMovieJob } from '../jobs/read-movie.ts';
import { takeUpOfflineJobs } from '../jobs/offline-store.ts';
import { ingestKey, listAssetsToIngest, resetUnsupported } from '../library/asset-store.ts';
import { supportedFormats } from '../library/file-kind.ts';
import { listUnreadMovies } from '../library/live-photo-store.ts';
import { listRoots, getRoot } from '../library/root-store.ts';
import { findSetting, saveSetting } from '../settings/setting-store.ts';
import { indexStale } from '../search/index-store.ts';
import { groupLooks } from '../search/look-group-store.ts';
import { scanDirectories, scanRoot, type ScanResult } from '../library/scan.ts';

/** How often files that are still being copied are looked at again before the scan leaves them to the next one. */
const looksAtChanging = 3;

/** Scans roots one after the other, and queues what has to be read. @param rootIds all when left out */
export async function scanRoots(
  parts: EngineParts,
  rootIds: readonly RootId[] | undefined,
): Promise<Output<'root.scan'>> {
  takeUpNewFormats(parts);
  await takeUpVideos(parts);
  const results: Output<'root.scan'> = [];
  for (const rootId of rootIds ?? listRoots(parts.read).map((root) => root.id)) {
    const { path } = getRoot(parts.read, rootId);
    const result = await scanUntilStable(parts, rootId);
    results.push(summaryOf(rootId, path, result));
    parts.events.emit('root.changed', { rootId });
  }
  await catchUpWithScans(parts);
  return results;
}

/** Everything that follows from what scans have seen: search, the runs of roots that are back, and what is to be read. */
export async function catchUpWithScans(parts: EngineParts): Promise<void> {
  await groupNewFiles(parts);
  await catchUpIndex(parts);
  await takeUpOffline(parts);
  await enqueueMovies(parts);
  await enqueueIngestion(parts);
  // Which files a photo has, where they are, and whether they can be reached: of any of them.
  parts.events.emit('asset.changed', { assetIds: [] });
}

/** Runs whose photos were skipped while their root was offline go on with those that are back. */
async function takeUpOffline(parts: EngineParts): Promise<void> {
  for (;;) {
    const jobs = parts.transact((db) => {
      const again = takeUpOfflineJobs(db, pageSize, parts.clock.now());
      // They are in the table already; so the queue learns their lanes.
      parts.queue.enqueue(db, again);
      for (const runId of new Set(again.flatMap((job) => job.runId ?? []))) reopenRun(parts, runId);
      return again;
    });
    if (jobs.length === 0) return;
    await nextTurn();
  }
}

/** A file that was skipped as unsupported is tried again when a release adds its format (DESIGN §11), and only then. */
function takeUpNewFormats(parts: EngineParts): void {
  const known = findSetting(parts.read, decodedFormats);
  const added = supportedFormats.filter((format) => !(Array.isArray(known) && known.includes(format)));
  if (added.length === 0) return;
  parts.transact((db) => {
    resetUnsupported(db, added);
    saveSetting(db, decodedFormats, supportedFormats);
  });
}

const decodedFormats = 'decoded-formats';

/**
 * Brings search up to date with what scans found, moved or lost, and with what a newer Cutline finds in the same words and
 * pictures; in pages, so that nobody waits for it. What is left when the signal aborts is done by the next engine.
 */
export async function catchUpIndex(parts: EngineParts, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted === true) return;
    const indexed = parts.transact((db) => indexStale(db, indexedAtOnce));
    const grouped = parts.transact((db) => groupLooks(db, indexedAtOnce));
    if (indexed + grouped === 0) return;
    await nextTurn();
  }
}

/** About 20 ms of work. */
const indexedAtOnce = 100;

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function scanUntilStable(parts: EngineParts, rootId: RootId): Promise<ScanResult> {
  let result = await scanRoot(parts, rootId, {
    onProgress: ({ found }) => {
      parts.events.emit('root.scanning', { rootId, files: found });
    },
  });
  parts.desk.work.scanEnded(rootId);
  for (
    let look = 0;
    look < looksAtChanging && result.status === 'scanned' && result.changing.length > 0;
    look += 1
  ) {
    const again = Math.max(...result.changing.map((file) => file.lookAgainAtMs));
    await until(parts, again);
    const first = result;
    const more = await scanDirectories(
      parts,
      rootId,
      foldersOf(result.changing.map((file) => file.relativePath)),
    );
    if (more.status === 'offline') return more;
    result = {
      ...first,
      added: first.added + more.added,
      changed: first.changed + more.changed,
      changing: more.changing,
    };
  }
  return result;
}

function summaryOf(rootId: RootId, path: string, result: ScanResult): Output<'root.scan'>[number] {
  if (result.status === 'offline') {
    return {
      rootId,
      path,
      found: 0,
      added: 0,
      changed: 0,
      moved: 0,
      missing: 0,
      stillChanging: 0,
      unreadable: [],
      error: result.error,
    };
  }
  const { found, added, changed, moved, missing, changing, unreadable } = result;
  return {
    rootId,
    path,
    found,
    added,
    changed,
    moved,
    missing,
    stillChanging: changing.length,
    unreadable: unreadable.map(({ relativePath }) => relativePath),
    error: null,
  };
}

const pageSize = 1_000;

/** Queues the reading of everything that was found and not read yet, in pages, so that nobody waits for it. */
export async function enqueueIngestion(parts: EngineParts): Promise<number> {
  let queued = 0;
  let after: Parameters<typeof listAssetsToIngest>[1] = 0;
  for (;;) {
    const page = listAssetsToIngest(parts.read, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return queued;
    after = last.id;
    const unqueued = page.filter(({ isQueued }) => isQueued === 0);
    queued += parts.transact((db) =>
      parts.queue.enqueue(
        db,
        unqueued.map(({ id }) => ({
          kind: 'ingest-file',
          lane: ingestLane,
          payload: { assetId: id },
          dedupeKey: ingestKey(id),
        })),
      ),
    );
    await nextTurn();
  }
}

/** Movies are asked for the Live Photo that they belong to before anything is described: nobody pays for its movie too. */
async function enqueueMovies(parts: EngineParts): Promise<void> {
  let after: Parameters<typeof listUnreadMovies>[1] = 0;
  for (;;) {
    const page = listUnreadMovies(parts.read, after, pageSize);
    const last = page.at(-1);
    if (last === undefined) return;
    after = last;
    parts.transact((db) => parts.queue.enqueue(db, page.map(readMovieJob)));
    await nextTurn();
  }
}

/** The folders that hold these files, each once. */
export function foldersOf(relativePaths: readonly string[]): string[] {
  return [...new Set(relativePaths.map((path) => path.slice(0, Math.max(0, path.lastIndexOf('/')))))];
}

function until(parts: EngineParts, timeMs: number): Promise<void> {
  return new Promise((resolve) => {
    parts.clock.after(timeMs - parts.clock.now(), resolve);
  });
}
