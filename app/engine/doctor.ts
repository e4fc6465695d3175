import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, readdir, stat, statfs } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Finding } from '../contract/finding.ts';
import { messageFor } from '../contract/messages/en.ts';
import { findStartProblem } from '../metadata/exiftool-process.ts';
import { toAppError } from '../platform/errors.ts';
import { listRoots } from '../library/root-store.ts';
import { checkTable, countFolders, countStale, listTables, newestFileMs } from '../library/health-store.ts';
import { countLibrary } from '../library/status-store.ts';
import { listConnections } from '../settings/connection-store.ts';
import type { ReadContext } from './handlers/context.ts';

/** Less is nearly full; and what thumbnails and rows of a photo take on the average. */
const nearlyFullBytes = 500_000_000;
const bytesPerPhoto = 60_000;
/** A file from tomorrow may come from another time zone. */
const dayMs = 86_400_000;
const firstReleaseMs = Date.UTC(2026, 0, 1);

/** Looks at everything that has to be well, one thing after the other, with a turn for others between them. */
export async function* examine(context: ReadContext, signal: AbortSignal): AsyncGenerator<Finding> {
  const checks = [
    checkFolder,
    checkSpace,
    checkClock,
    checkRoots,
    checkWatchLimit,
    checkTools,
    checkConnections,
    checkIndex,
    checkDatabase,
  ];
  for (const check of checks) {
    if (signal.aborted) return;
    for (const finding of await check(context)) yield finding;
    await nextTurn();
  }
}

const finding = (
  check: Finding['check'],
  level: Finding['level'],
  facts: Finding['facts'] = {},
): Finding => ({
  check,
  level,
  facts,
});

async function checkFolder({ libraryFolder: path }: ReadContext): Promise<Finding[]> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    return [finding('library-folder', 'problem', { path, reason: toAppError(error).code })];
  }
  const isOpen = process.platform !== 'win32' && ((await stat(path)).mode & 0o004) !== 0;
  return [finding('library-folder', isOpen ? 'warning' : 'ok', { path })];
}

async function checkSpace({ libraryFolder, read }: ReadContext): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(libraryFolder);
  const freeBytes = bavail * bsize;
  const { photos } = countLibrary(read);
  const level =
    freeBytes < nearlyFullBytes ? 'problem' : freeBytes < photos * bytesPerPhoto ? 'warning' : 'ok';
  return [finding('free-space', level, { freeBytes, photos })];
}

function checkClock({ read, now }: ReadContext): Finding[] {
  const nowMs = now();
  if (nowMs < firstReleaseMs) return [finding('clock', 'problem', { now: dayOf(nowMs) })];
  const newestMs = newestFileMs(read);
  return newestMs !== null && newestMs > nowMs + dayMs
    ? [finding('clock', 'warning', { newest: dayOf(newestMs) })]
    : [finding('clock', 'ok')];
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

async function checkRoots({ read }: ReadContext): Promise<Finding[]> {
  return Promise.all(
    listRoots(read).map(async ({ path }) => {
      try {
        await readdir(path);
        return finding('root', 'ok', { path });
      } catch (error) {
        const { code } = toAppError(error);
        const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        return finding('root', isGone ? 'warning' : 'problem', {
          path,
          reason: messageFor({ code, details: {} }),
        });
      }
    }),
  );
}

/** Only Linux has such a limit. */
async function checkWatchLimit({ read }: ReadContext): Promise<Finding[]> {
  if (process.platform !== 'linux') return [];
  const text = await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const limit = Number(text);
  const folders = countFolders(read);
  return [finding('watch-limit', folders * 1.25 > limit ? 'warning' : 'ok', { folders, limit })];
}

async function checkTools(): Promise<Finding[]> {
  const options = { maxProcesses: 1, timeoutMs: 15_000, perl: 'perl' };
  const reason = await findStartProblem(options);
  if (reason !== undefined) return [finding('exiftool', 'warning', { reason })];
  if (process.platform === 'win32') return [finding('exiftool', 'ok')];
  const hasDigest = await promisify(execFile)(options.perl, ['-MDigest::MD5', '-e', '1'], {
    timeout: options.timeoutMs,
  }).then(
    () => true,
    () => false,
  );
  return [finding('exiftool', 'ok'), finding('digest', hasDigest ? 'ok' : 'warning')];
}

function checkConnections({ read }: ReadContext): Finding[] {
  return listConnections(read).map(({ name, state, error }) => {
    const reason = error === null ? '' : messageFor(error);
    const level = state === 'blocked' ? 'problem' : state === 'offline' ? 'warning' : 'ok';
    return finding('connection', level, { name, reason });
  });
}

function checkIndex({ read }: ReadContext): Finding[] {
  const photos = countStale(read);
  return [finding('index', photos === 0 ? 'ok' : 'warning', { photos })];
}

/** Table by table, the index of words among them. */
async function checkDatabase({ read }: ReadContext): Promise<Finding[]> {
  try {
    for (const table of listTables(read)) {
      const reason = checkTable(read, table);
      if (reason !== 'ok') return [finding('database', 'problem', { reason })];
      await nextTurn();
    }
  } catch (error) {
    return [
      finding('database', 'problem', { reason: error instanceof Error ? error.message : String(error) }),
    ];
  }
  return [finding('database', 'ok')];
}
