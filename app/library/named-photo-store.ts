import { join } from 'node:path';
import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

export type NamedPhoto = { readonly id: AssetId; readonly path: string };

type NamedFile = {
  readonly id: AssetId;
  readonly relativePath: string;
  readonly rootPath: string;
  readonly isPresent: 0 | 1;
};

/**
 * Photos one of whose files is called so, or whose path ends so at a folder's border: `IMG_1.jpg`, `2019/IMG_1.jpg`, and where
 * none is, without the ending: `IMG_1`. Case does not count, as on most people's disks, nor how an accent is written. Files
 * that are missing only where no other is called so. A photo of several files is one. By path.
 *
 * @param end with `/`, none at the start
 */
export function listPhotosNamed(db: ReadDb, end: string): NamedPhoto[] {
  const files = listFilesBeginning(db, end);
  const whole = files.filter(({ relativePath }) => hasEnd(relativePath, end));
  const found = whole.length > 0 ? whole : files;
  const present = found.filter(({ isPresent }) => isPresent === 1);
  const photos = new Map<AssetId, NamedPhoto>();
  for (const { id, rootPath, relativePath } of present.length > 0 ? present : found) {
    if (!photos.has(id)) photos.set(id, { id, path: join(rootPath, relativePath) });
  }
  return [...photos.values()];
}

/** With any ending, or none. */
function listFilesBeginning(db: ReadDb, end: string): NamedFile[] {
  const patterns = (form: 'NFC' | 'NFD') =>
    `%/${end.normalize(form).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const files = db.all<NamedFile>(
    `SELECT asset_id AS id, relative_path AS relativePath, root.path AS rootPath, file.state = 'present' AS isPresent
     FROM file JOIN root ON root.id = file.root_id
     WHERE file.asset_id IS NOT NULL
       AND ('/' || file.relative_path LIKE @composed ESCAPE '\\' OR '/' || file.relative_path LIKE @decomposed ESCAPE '\\')
     ORDER BY root.path, relative_path`,
    { composed: patterns('NFC'), decomposed: patterns('NFD') },
  );
  return files.filter(
    ({ relativePath }) => hasEnd(relativePath, end) || hasEnd(relativePath.replace(/\.[^./]*$/, ''), end),
  );
}

function hasEnd(path: string, end: string): boolean {
  return fold(path).endsWith(fold(end));
}

function fold(path: string): string {
  return `/${path.normalize('NFC').toLowerCase()}`;
}
