import BetterSqlite from 'better-sqlite3';
import { AppError, systemCode } from '../platform/errors.ts';

/** A lock that nobody refers to would be collected as garbage, and let go: held ones are kept from that. */
const held = new Set<BetterSqlite.Database>();

/**
 * One engine per library: an exclusive transaction, held for as long as the engine lives, on a small database of its own
 * beside the library's. The system drops it the moment the process ends, also by kill -9, so no stale lock can remain
 * (LIBRARIES §8).
 *
 * @throws {AppError} `library-in-use` when another process holds it.
 */
export function acquireLock(path: string): { release(): void } {
  const sqlite = new BetterSqlite(path, { timeout: 0 });
  try {
    sqlite.pragma('journal_mode = DELETE');
    sqlite.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    sqlite.close();
    if (systemCode(error)?.startsWith('SQLITE_BUSY') === true) {
      throw new AppError('library-in-use', {}, { cause: error });
    }
    throw error;
  }
  held.add(sqlite);
  return {
    release: () => {
      held.delete(sqlite);
      sqlite.close();
    },
  };
}
