import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Database } from '../../app/db/connection.ts';
import type { LibraryContext } from '../../app/library/context.ts';
import { silentLog } from '../../app/platform/log.ts';
import { openTestDatabase } from './database.ts';
import { FakeClock } from './fake-clock.ts';

const dayMs = 86_400_000;

export type TestLibrary = {
  readonly context: LibraryContext;
  readonly db: Database;
  /** A day ahead, so that no file that a test writes looks unfinished. */
  readonly clock: FakeClock;
  /** An empty folder for photos, links resolved. */
  readonly photos: string;
  /** Writes a file in `photos`, and the folders above it. The content makes its size. Gives its path. */
  write(relativePath: string, content?: string | Uint8Array): string;
  close(): void;
};

/** A library over a real database and a real folder, both temporary. */
export function openTestLibrary(): TestLibrary {
  const database = openTestDatabase();
  const { db } = database;
  const photos = realpathSync.native(mkdtempSync(join(tmpdir(), 'cutline-photos-')));
  const clock = new FakeClock(Date.now() + dayMs);
  const context: LibraryContext = {
    libraryFolder: realpathSync.native(database.folder),
    clock,
    log: silentLog,
    read: db,
    transact: (action) => db.transact(() => action(db)),
  };
  return {
    context,
    db,
    clock,
    photos,
    write: (relativePath, content = `content of ${relativePath}`) => {
      const path = join(photos, relativePath);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      return path;
    },
    close: () => {
      database.close();
      rmSync(photos, { recursive: true, force: true });
    },
  };
}
