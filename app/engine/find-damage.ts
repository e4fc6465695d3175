import { setImmediate as nextTurn } from 'node:timers/promises';
import { openForReading } from '../db/open.ts';
import { checkTable, listTables } from '../library/health-store.ts';
import { AppError } from '../platform/errors.ts';

/** Reads every page of a library's database, table by table; `undefined` when it is sound. */
export async function findDamage(libraryFolder: string, signal: AbortSignal): Promise<string | undefined> {
  const library = openForReading(libraryFolder);
  if (library === undefined) throw new AppError('not-found', { what: `A library in ${libraryFolder}` });
  try {
    for (const table of listTables(library.db)) {
      if (signal.aborted) throw new AppError('canceled');
      const reason = checkTable(library.db, table);
      if (reason !== 'ok') return reason;
      await nextTurn();
    }
    return undefined;
  } catch (error) {
    if (error instanceof AppError) throw error;
    return error instanceof Error ? error.message : String(error);
  } finally {
    library.close();
  }
}
