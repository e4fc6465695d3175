import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AssetId, RootId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { insertAsset } from '../../app/library/asset-store.ts';
import { insertFile, listKnownFiles, markFileMissing } from '../../app/library/file-store.ts';
import { listPhotosNamed } from '../../app/library/named-photo-store.ts';
import { insertRoot } from '../../app/library/root-store.ts';
import { useTestDatabase } from '../helpers/database.ts';

let db: Database;
let rootId: RootId;

beforeEach(() => {
  db = useTestDatabase();
  rootId = insertRoot(db, '/photos', 0);
});

function addPhoto(...relativePaths: readonly string[]): AssetId {
  const facts = {
    kind: 'photo',
    state: 'found',
    error: null,
    format: 'jpeg',
    sortMs: 5,
    createdAtMs: 0,
  } as const;
  const assetId = insertAsset(db, facts);
  for (const relativePath of relativePaths) {
    const fingerprint = { sizeBytes: 1, mtimeMs: 1, inode: 1 };
    insertFile(db, { ...fingerprint, rootId, relativePath, assetId, reason: null, foundAtMs: 0 });
  }
  return assetId;
}

const pathsOf = (name: string) => listPhotosNamed(db, name).map(({ path }) => path);

describe('photos by the name of a file', () => {
  it('are found by name, end of path and name without ending, whole names first, and never by half a name', () => {
    addPhoto('2019/IMG_1.jpg');
    addPhoto('2020/IMG_1.JPG');
    addPhoto('2020/IMG_1.jpg.png');
    addPhoto('2020/MYIMG_1.jpg');
    addPhoto('2020/IMGX1.jpg');
    const [nineteen, twenty] = [join('/photos', '2019/IMG_1.jpg'), join('/photos', '2020/IMG_1.JPG')];
    expect(pathsOf('img_1.jpg')).toEqual([nineteen, twenty]);
    expect(pathsOf('2020/IMG_1.jpg')).toEqual([twenty]);
    expect(pathsOf('IMG_1')).toEqual([nineteen, twenty]);
    expect(pathsOf('G_1.jpg')).toEqual([]);
    expect(pathsOf('%')).toEqual([]);
    expect(pathsOf('2019')).toEqual([]);
  });

  it('are one photo with all its files, by any of them', () => {
    const pair = addPhoto('a/DSC_7.NEF', 'a/DSC_7.JPG');
    for (const name of ['DSC_7', 'dsc_7.nef', 'DSC_7.JPG']) {
      expect(listPhotosNamed(db, name).map(({ id }) => id)).toEqual([pair]);
    }
  });

  it('are found however an accent is written, on disk and by whoever types', () => {
    addPhoto('Zürich.jpg'.normalize('NFD'));
    addPhoto('Genève.jpg'.normalize('NFC'));
    for (const form of ['NFC', 'NFD']) {
      expect(pathsOf('zürich.jpg'.normalize(form))).toHaveLength(1);
      expect(pathsOf('Genève'.normalize(form))).toHaveLength(1);
    }
  });

  it('that are missing count only where no other is called so', () => {
    addPhoto('old/a.jpg');
    const lost = listKnownFiles(db, rootId, '', 10)[0];
    markFileMissing(db, lost!); // why: it was just put in
    expect(pathsOf('a.jpg')).toHaveLength(1);
    addPhoto('new/a.jpg');
    expect(pathsOf('a.jpg')).toEqual([join('/photos', 'new/a.jpg')]);
  });
});
