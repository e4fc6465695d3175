import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../../app/db/connection.ts';
import { insertAsset } from '../../app/library/asset-store.ts';
import { getRun } from '../../app/captioning/run-store.ts';
import { insertFile } from '../../app/library/file-store.ts';
import {
  absorbRoot,
  deleteFilesOfRoot,
  deleteRoot,
  getRoot,
  insertRoot,
  listRoots,
  setRootScanned,
  updateRoot,
} from '../../app/library/root-store.ts';
import type { AssetId, RootId } from '../../app/contract/ids.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { addConnection, addRun } from '../helpers/records.ts';

let db: Database;

beforeEach(() => {
  db = useTestDatabase();
});

const newAsset = {
  kind: 'photo',
  state: 'found',
  error: null,
  format: 'jpeg',
  sortMs: 0,
  createdAtMs: 0,
} as const;

function insert(rootId: RootId, relativePath: string, assetId: AssetId): void {
  const fingerprint = { sizeBytes: 1, mtimeMs: 1, inode: 1 };
  insertFile(db, { ...fingerprint, rootId, relativePath, assetId, reason: null, foundAtMs: 0 });
}

it('keeps what a person decided about a root, and changes only what is named', () => {
  const id = insertRoot(db, '/photos', 7);
  updateRoot(db, id, { rule: { kind: 'index' }, privacy: 'local-only', ignorePatterns: ['*.tmp'] });
  updateRoot(db, id, { path: '/pictures' });
  setRootScanned(db, id, { device: 2, inode: 3 }, 9);
  expect(getRoot(db, id)).toEqual({
    id,
    path: '/pictures',
    state: 'online',
    rule: { kind: 'index' },
    privacy: 'local-only',
    ignorePatterns: ['*.tmp'],
    scannedAtMs: 9,
    identity: { device: 2, inode: 3 },
  });
  expect(() => getRoot(db, (id + 1) as RootId)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

it('takes a root’s assets with it, except those that a file elsewhere carries too', () => {
  const [one, two] = [insertRoot(db, '/one', 0), insertRoot(db, '/two', 0)];
  const [own, shared] = [insertAsset(db, newAsset), insertAsset(db, newAsset)];
  insert(one, 'a.jpg', own);
  insert(one, 'b.jpg', shared);
  insert(two, 'b.jpg', shared);
  expect(deleteFilesOfRoot(db, one, 10)).toEqual({ files: 2, assetIds: [own] });
  deleteRoot(db, one);
  expect(db.pluck('SELECT id FROM asset')).toEqual([shared]);
  expect(db.pluck('SELECT relative_path FROM file')).toEqual(['b.jpg']);
  expect(listRoots(db).map((root) => root.path)).toEqual(['/two']);
});

it('gives what an inner root’s rule started to the root around it', () => {
  const [inner, outer] = [insertRoot(db, '/photos/trip', 0), insertRoot(db, '/photos', 0)];
  const runId = addRun(db, addConnection(db), { rootId: inner });
  absorbRoot(db, inner, outer, 'trip');
  expect(getRun(db, runId).rootId).toBe(outer);
});
