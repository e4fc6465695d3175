import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../app/db/connection.ts';
import { openForWriting } from '../../app/db/open.ts';
import type { RootId } from '../../app/contract/ids.ts';
import type { LibraryContext } from '../../app/library/context.ts';
import { createIgnoreRules } from '../../app/library/ignore-rules.ts';
import { addRoot } from '../../app/library/roots.ts';
import { scanRoot } from '../../app/library/scan.ts';
import { walk } from '../../app/library/walk.ts';
import { watchRoots } from '../../app/library/watch.ts';
import { systemClock } from '../../app/platform/clock.ts';
import { silentLog } from '../../app/platform/log.ts';
import { longestTurnMs } from './longest-turn.ts';

export type ScanRow = {
  /** Its unit is in it. */
  readonly name: string;
  /** The median of all rounds. */
  readonly ours: number;
  readonly limit: number;
  /** `ours ÷ limit`, which shall be at most `goal`. */
  readonly ratio: number;
  readonly goal: number;
};

const rounds = 5;
const filesPerFolder = 100;

/**
 * A first scan and a scan of an unchanged root beside `find` with sizes and times on the same files, interleaved; how long
 * the rest of the engine waits; and what watching needs. SPEED §3.
 *
 * @param fileCount empty files in folders of a hundred; they are made for this, and removed
 */
export async function benchScan(fileCount = 20_000): Promise<ScanRow[]> {
  const root = realpathSync.native(mkdtempSync(join(tmpdir(), 'cutline-bench-photos-')));
  try {
    makeFiles(root, fileCount);
    const times = {
      find: [] as number[],
      walk: [] as number[],
      store: [] as number[],
      first: [] as number[],
      again: [] as number[],
    };
    let lagMs = 0;
    let watcherMb: number | undefined;
    for (let round = 0; round < rounds; round++) {
      times.find.push(await timeOf(() => findAll(root)));
      times.walk.push(
        await timeOf(() => [...walk({ rootPath: root, isIgnored: createIgnoreRules([]) })].length),
      );
      await withLibrary(async (context) => {
        const { rootId } = addRoot(context, root);
        const scan = async (kept: number[]): Promise<void> => {
          const turnMs = await longestTurnMs(async () => {
            kept.push(await timeOf(() => scanRoot(context, rootId)));
          });
          lagMs = Math.max(lagMs, turnMs);
        };
        await scan(times.first);
        await scan(times.again);
        if (round === 0) watcherMb = await measureWatcher(context);
      });
      await withLibrary((context, db) => {
        const { rootId } = addRoot(context, root);
        times.store.push(
          timeOfSync(() => {
            insertBarely(db, rootId, fileCount);
          }),
        );
      });
    }
    const [find, walked, store, first, again] = [
      times.find,
      times.walk,
      times.store,
      times.first,
      times.again,
    ].map(median);
    return [
      row('walk, ms', walked, find, 1.5),
      row('first scan beside find and bare inserts, ms', first, sum(find, store), 1.5),
      row('scan of an unchanged root, ms', again, find, 2),
      row('longest wait of the engine meanwhile, ms', lagMs, 50, 1),
      ...(watcherMb === undefined ? [] : [row('memory of the watching process, MB', watcherMb, 400, 1)]),
    ];
  } finally {
    rmSync(root, { recursive: true });
  }
}

function makeFiles(root: string, fileCount: number): void {
  for (let index = 0; index < fileCount; index++) {
    const folder = join(root, '2019', `day ${String(Math.floor(index / filesPerFolder))}`);
    if (index % filesPerFolder === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `IMG_${String((index * 7919) % 100_000)}.jpg`), '');
  }
  const hourAgo = Date.now() / 1_000 - 3_600;
  spawnSync('find', [root, '-exec', 'touch', '-d', `@${String(hourAgo)}`, '{}', '+']);
}

/** Where there is no `find`: the least that Node needs. */
function findAll(root: string): void {
  const { error, status } = spawnSync('find', [root, '-printf', '%s %T@ %i\\n'], { stdio: 'ignore' });
  if (error === undefined && status === 0) return;
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else statSync(path);
    }
  }
}

/** The rows of a first scan, with nothing around them. */
function insertBarely(db: Database, rootId: RootId, count: number): void {
  for (let start = 0; start < count; start += 1_000) {
    db.transact(() => {
      for (let index = start; index < Math.min(start + 1_000, count); index++) {
        const { lastId } = db.run(
          `INSERT INTO asset (kind, state, error, format, sort_ms, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)`,
          ['photo', 'found', null, 'jpeg', index, index],
        );
        db.run(
          `INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, reason, found_at_ms)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
          [
            rootId,
            lastId,
            `2019/day ${String(index)}/IMG_${String(index)}.jpg`,
            0,
            index,
            index,
            null,
            index,
          ],
        );
      }
    });
  }
}

async function withLibrary(
  action: (context: LibraryContext, db: Database) => Promise<void> | void,
): Promise<void> {
  const libraryFolder = mkdtempSync(join(tmpdir(), 'cutline-bench-library-'));
  const library = openForWriting(libraryFolder);
  const { db } = library;
  try {
    const transact: LibraryContext['transact'] = (work, durability) =>
      db.transact(() => work(db), durability);
    await action({ libraryFolder, clock: systemClock, log: silentLog, read: db, transact }, db);
  } finally {
    library.close();
    rmSync(libraryFolder, { recursive: true });
  }
}

/** Peak memory of the watching process when it is ready; `undefined` where the system does not tell. */
async function measureWatcher(context: LibraryContext): Promise<number | undefined> {
  const before = new Set(listChildren());
  const watcher = watchRoots(context, { onDirty: () => undefined, onError: () => undefined });
  await watcher.whenReady();
  const [pid] = listChildren().filter((child) => !before.has(child));
  const status = pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'utf8');
  await watcher.close();
  const peakKb = /^VmHWM:\s+(\d+) kB/m.exec(status)?.[1];
  return peakKb === undefined ? undefined : Number(peakKb) / 1_024;
}

function listChildren(): string[] {
  if (process.platform !== 'linux') return [];
  const pid = String(process.pid);
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter((child) => child !== '');
}

async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function timeOfSync(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function row(name: string, ours = Number.NaN, limit = Number.NaN, goal: number): ScanRow {
  return { name, ours, limit, ratio: ours / limit, goal };
}

function sum(...numbers: (number | undefined)[]): number {
  return numbers.reduce<number>((total, number) => total + (number ?? Number.NaN), 0);
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
