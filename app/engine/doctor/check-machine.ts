import { constants } from 'node:fs';
import { access, readFile, readdir, stat, statfs } from 'node:fs/promises';
import type { Finding } from '../../contract/finding.ts';
import { countFolders, newestFileMs } from '../../library/health-store.ts';
import { listRoots } from '../../library/root-store.ts';
import { countLibrary } from '../../library/status-store.ts';
import { systemCode } from '../../platform/errors.ts';
import type { ReadContext } from '../handlers/context.ts';
import { toFinding } from './to-finding.ts';

/** Less is nearly full; and what thumbnails and rows of a photo take on the average. */
const nearlyFullBytes = 500_000_000;
const bytesPerPhoto = 60_000;
/** A file from tomorrow may come from another time zone. */
const dayMs = 86_400_000;
const firstReleaseMs = Date.UTC(2026, 0, 1);

export async function checkFolder({ libraryFolder: path }: ReadContext): Promise<Finding[]> {
  try {
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [toFinding('folder-not-writable', { path })];
  }
  const isOpen = process.platform !== 'win32' && ((await stat(path)).mode & 0o004) !== 0;
  return [toFinding(isOpen ? 'folder-open-to-others' : 'folder-writable', { path })];
}

export async function checkSpace({ libraryFolder, read }: ReadContext): Promise<Finding[]> {
  const { bavail, bsize } = await statfs(libraryFolder);
  const freeBytes = bavail * bsize;
  const { photos } = countLibrary(read);
  if (freeBytes < nearlyFullBytes) return [toFinding('space-nearly-none', { freeBytes })];
  const code = freeBytes < photos * bytesPerPhoto ? 'space-short' : 'space-enough';
  return [toFinding(code, { freeBytes, photos })];
}

/** Against the files that are known; the clocks of services come with the connections. */
export function checkClock({ read, now }: ReadContext): Finding[] {
  const nowMs = now();
  if (nowMs < firstReleaseMs) return [toFinding('clock-before-release', { now: dayOf(nowMs) })];
  const newestMs = newestFileMs(read);
  return newestMs !== null && newestMs > nowMs + dayMs
    ? [toFinding('clock-behind-files', { newest: dayOf(newestMs) })]
    : [toFinding('clock-plausible')];
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export async function checkRoots({ read }: ReadContext): Promise<Finding[]> {
  return Promise.all(
    listRoots(read).map(async ({ path }) => {
      try {
        await readdir(path);
        return toFinding('root-there', { path });
      } catch (error) {
        return systemCode(error) === 'ENOENT'
          ? toFinding('root-gone', { path })
          : toFinding('root-unreadable', { path, reason: systemCode(error) ?? String(error) });
      }
    }),
  );
}

/** Only Linux has such a limit. */
export async function checkWatchLimit({ read }: ReadContext): Promise<Finding[]> {
  if (process.platform !== 'linux') return [];
  const text = await readFile('/proc/sys/fs/inotify/max_user_watches', 'utf8').catch(() => undefined);
  if (text === undefined) return [];
  const limit = Number(text);
  const folders = countFolders(read);
  return [toFinding(folders * 1.25 > limit ? 'watch-limit-low' : 'watch-limit-enough', { folders, limit })];
}
