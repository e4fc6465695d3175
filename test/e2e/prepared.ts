import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Database } from '../../app/db/connection.ts';
import { libraryFiles } from '../../app/db/open.ts';
import { drawAll, type Drawn } from './photos.ts';

/**
 * @file What stands in a library before the app is opened. Each is made once in a run of the suite, by an engine that does
 * all there is to do, and copied for each test: scanning and reading are tested where a person waits for them.
 */

const run = promisify(execFile);

export type Prepared = Drawn & {
  /** Whether the built-in connection has described them. Otherwise they are scanned. @default false */
  readonly isDescribed?: boolean;
  /** Whether ffmpeg can be found in PATH, where there is one. @default true */
  readonly hasFfmpeg?: boolean;
};

type Places = { readonly library: string; readonly photos: string };

/** Where a run of the suite keeps what it has made: `build/e2e.mjs` makes the folder and takes it away. */
function keptFolder(): string {
  const folder = process.env['CUTLINE_E2E_LIBRARIES'];
  if (folder === undefined) throw new Error('The end-to-end tests are started by `npm run e2e`.');
  return folder;
}

/** Fills a library, as a person could have. */
export async function prepareLibrary(
  wanted: Prepared,
  places: Places,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const { photos = 0, burst = 0, cut = 0, videos = [], isDescribed = false, hasFfmpeg = true } = wanted;
  if (photos + burst + cut + videos.length === 0) {
    await mkdir(places.photos, { recursive: true });
    return;
  }
  const name = JSON.stringify({ photos, burst, cut, videos, isDescribed, hasFfmpeg });
  const made = join(keptFolder(), createHash('sha256').update(name).digest('hex').slice(0, 16));
  if (!existsSync(made)) await make(made, wanted, env);
  for (const place of ['library', 'photos'] as const) {
    await cp(join(made, place), places[place], { recursive: true, preserveTimestamps: true });
  }
  settle(places);
}

async function make(made: string, wanted: Prepared, env: Readonly<Record<string, string>>): Promise<void> {
  const folder = await mkdtemp(join(keptFolder(), 'making-'));
  const [library, photos] = [join(folder, 'library'), join(folder, 'photos')];
  await drawAll(photos, wanted);
  await run(
    process.execPath,
    [
      join(import.meta.dirname, 'make-library-child.ts'),
      library,
      photos,
      wanted.isDescribed === true ? 'described' : 'scanned',
    ],
    { env },
  );
  // Another worker may have made the same meanwhile.
  await rename(folder, made).catch(() => rm(folder, { recursive: true }));
}

/** The copy is the library of its own photos, as if they had been scanned here. */
function settle({ library, photos }: Places): void {
  const db = new Database(join(library, libraryFiles.database));
  try {
    const { dev, ino } = statSync(photos);
    db.run('UPDATE root SET path = ?, device = ?, inode = ?', [photos, dev, ino]);
    for (const relativePath of db.pluck<string>('SELECT relative_path FROM file')) {
      const { ino: inode } = statSync(join(photos, relativePath));
      db.run('UPDATE file SET inode = ? WHERE relative_path = ?', [inode, relativePath]);
    }
  } finally {
    db.close();
  }
}
