import { beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../app/db/connection.ts';
import type { FileId, RootId } from '../../app/contract/ids.ts';
import {
  countPresentFiles,
  findFilesByInode,
  findMissingFiles,
  hasFilesUnder,
  insertFile,
  listKnownFiles,
  markFileMissing,
  updateFilePlace,
  type NewFile,
} from '../../app/library/file-store.ts';
import { comparePaths } from '../../app/library/paths.ts';
import { insertRoot } from '../../app/library/root-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';

let db: Database;
let rootId: RootId;

beforeEach(() => {
  db = useTestDatabase();
  rootId = insertRoot(db, '/photos', 0);
});

function insert(relativePath: string, more: Partial<NewFile> = {}): void {
  insertFile(db, {
    rootId,
    assetId: null,
    relativePath,
    sizeBytes: 1,
    mtimeMs: 2,
    inode: 3,
    reason: 'not-a-photo',
    foundAtMs: 4,
    ...more,
  });
}

const known = () => listKnownFiles(db, rootId, '', 100);

describe('known files', () => {
  it('come in pages in the order in which a walk meets them', () => {
    const paths = ['b', 'a/z', 'a.jpg', '🐕', 'ﬀ', 'a b', 'é', 'Z', 'e\u0301'];
    for (const path of paths) insert(path);
    const inOrder = paths.toSorted(comparePaths);
    expect(known().map((file) => file.relativePath)).toEqual(inOrder);
    expect(listKnownFiles(db, rootId, inOrder[3]!, 2).map((file) => file.relativePath)).toEqual(
      inOrder.slice(4, 6),
    );
  });

  it('do not hold two present files at one place, but any number of missing ones', () => {
    insert('a');
    expect(() => {
      insert('a');
    }).toThrow('UNIQUE');
    markFileMissing(db, known()[0]!);
    insert('a');
    markFileMissing(db, known()[0]!);
    insert('a');
    expect(findMissingFiles(db, rootId, 'a')).toHaveLength(2);
    expect(countPresentFiles(db, rootId)).toBe(1);
  });

  it('are not marked missing when they have been found elsewhere since', () => {
    insert('a');
    const before = known()[0]!;
    updateFilePlace(db, before.id, { ...before, relativePath: 'b' });
    expect(markFileMissing(db, before)).toBe(false);
    expect(known().map((file) => file.relativePath)).toEqual(['b']);
  });

  it('are found by inode in every root', () => {
    insert('a');
    insert('b', { rootId: insertRoot(db, '/other', 0) });
    insert('c', { inode: 4 });
    expect(findFilesByInode(db, 3).map((file) => file.relativePath)).toEqual(['a', 'b']);
  });

  it('are under a folder only when its whole name begins their path', () => {
    insert('2019/a');
    insert('2019-b/a');
    expect(
      ['2019', '2019-b', '201', '2019/a', 'x'].map((folder) => hasFilesUnder(db, rootId, folder)),
    ).toEqual([true, true, false, false, false]);
  });
});

it('looks files up by their indexes', () => {
  expect(
    explain(db, (noted) => {
      listKnownFiles(noted, rootId, 'a', 10);
      findMissingFiles(noted, rootId, 'a');
      hasFilesUnder(noted, rootId, 'a');
      markFileMissing(noted, { id: 1 as FileId, rootId, relativePath: 'a' });
    }),
  ).toEqual([
    'SEARCH file USING INDEX file_present (root_id=? AND relative_path>?)',
    'SEARCH file USING INDEX file_missing (root_id=? AND relative_path=?)',
    'SEARCH file USING COVERING INDEX file_present (root_id=? AND relative_path>? AND relative_path<?)',
    'SEARCH file USING INTEGER PRIMARY KEY (rowid=?)',
  ]);
  expect(explain(db, (noted) => findFilesByInode(noted, 1))[0]).toContain('USING INDEX file_inode');
});
