import { closeSync, fsyncSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';

/**
 * What is written beside a library's database when it is closed: how the file was left, and when all of it was read last. A
 * library that is found as it was left need not be read through again, which takes seconds for a million photos
 * (`app/decisions/0105`).
 */
type CloseNote = {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly inode: number;
  readonly checkedAtMs: number;
};

/** A disk that loses bits by itself is found after this time. */
const trustedMs = 7 * 86_400_000;

/**
 * Takes the note away, so that one who crashes leaves none. @returns when the file was read through last, if it is as it was
 * left and that is not long ago
 */
export function takeCloseNote(notePath: string, databasePath: string, nowMs: number): number | undefined {
  const left = readNote(notePath);
  // A note that cannot be taken away is worth nothing; SQLite says better why this folder cannot be written.
  if (!remove(notePath)) return undefined;
  // What stands in a write-ahead log was written by one who did not close.
  const logBytes = statSync(`${databasePath}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (left === undefined || logBytes > 0) return undefined;
  const now = stateOf(databasePath);
  const isSame =
    left.sizeBytes === now.sizeBytes && left.modifiedMs === now.modifiedMs && left.inode === now.inode;
  if (!isSame || typeof left.checkedAtMs !== 'number') return undefined;
  const ageMs = nowMs - left.checkedAtMs;
  return ageMs >= 0 && ageMs < trustedMs ? left.checkedAtMs : undefined;
}

/** Never fails: without a note, the library is read through when it is opened next. */
export function leaveCloseNote(notePath: string, databasePath: string, checkedAtMs: number): void {
  try {
    const file = openSync(notePath, 'w', 0o600);
    try {
      writeFileSync(file, JSON.stringify({ ...stateOf(databasePath), checkedAtMs }));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch {
    remove(notePath);
  }
}

function remove(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}

type State = Omit<CloseNote, 'checkedAtMs'>;

function stateOf(path: string): State {
  const { size, mtimeMs, ino } = statSync(path);
  return { sizeBytes: size, modifiedMs: Math.round(mtimeMs), inode: ino };
}

/** What is no note compares as unlike any file: each number is compared before one is believed. */
function readNote(path: string): Partial<CloseNote> | undefined {
  try {
    const left: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof left === 'object' && left !== null ? left : undefined;
  } catch {
    return undefined;
  }
}
