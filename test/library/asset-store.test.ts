import { beforeEach, expect, it } from 'vitest';
import type { AssetId, RootId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import {
  findAssetByPath,
  findDuplicates,
  findOriginal,
  getAsset,
  ingestKey,
  insertAsset,
  listAssetsToIngest,
  resetUnsupported,
  setAssetError,
  setAssetFacts,
} from '../../app/library/asset-store.ts';
import { insertFile, listKnownFiles, markFileMissing } from '../../app/library/file-store.ts';
import { insertRoot, setRootState } from '../../app/library/root-store.ts';
import { insertJobs } from '../../app/queue/job-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';

let db: Database;
let rootId: RootId;

beforeEach(() => {
  db = useTestDatabase();
  rootId = insertRoot(db, '/photos', 0);
});

function insertPhoto(relativePath: string, format = 'jpeg'): AssetId {
  const assetId = insertAsset(db, {
    kind: 'photo',
    state: 'found',
    error: null,
    format,
    sortMs: 5,
    createdAtMs: 0,
  });
  insertFileOf(assetId, rootId, relativePath);
  return assetId;
}

function insertFileOf(assetId: AssetId, root: RootId, relativePath: string): void {
  const fingerprint = { sizeBytes: 1, mtimeMs: 1, inode: 1 };
  insertFile(db, { ...fingerprint, rootId: root, relativePath, assetId, reason: null, foundAtMs: 0 });
}

function lose(relativePath: string): void {
  const file = listKnownFiles(db, rootId, '', 100).find(
    (candidate) => candidate.relativePath === relativePath,
  );
  markFileMissing(db, file!);
}

it('lists what is to be read in pages, and not what cannot be read now', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'].map((name) => insertPhoto(`${name}.jpg`));
  lose('b.jpg');
  setAssetError(db, ids[2]!, { code: 'file-damaged', details: {} });
  expect(listAssetsToIngest(db, 0, 2).map(({ id }) => id)).toEqual([ids[0], ids[3]]);
  expect(listAssetsToIngest(db, ids[3]!, 2).map(({ id }) => id)).toEqual([ids[4]]);
  setRootState(db, rootId, 'offline');
  expect(listAssetsToIngest(db, 0, 10)).toEqual([]);
});

it('says of what is to be read whether that waits in the queue already', () => {
  const [first, second] = [insertPhoto('a.jpg'), insertPhoto('b.jpg')];
  insertJobs(db, [{ kind: 'ingest-file', lane: 'ingest', payload: {}, dedupeKey: ingestKey(first) }], 0);
  expect(listAssetsToIngest(db, 0, 10)).toEqual([
    { id: first, isQueued: 1 },
    { id: second, isQueued: 0 },
  ]);
});

it('gives the original that can be read, before one that cannot', () => {
  const assetId = insertPhoto('a.jpg');
  lose('a.jpg');
  expect(findOriginal(db, assetId)).toMatchObject({ absolutePath: '/photos/a.jpg', isPresent: false });
  const offlineId = insertRoot(db, '/offline', 0);
  setRootState(db, offlineId, 'offline');
  insertFileOf(assetId, offlineId, 'b.jpg');
  expect(findOriginal(db, assetId)).toMatchObject({ rootState: 'offline', isPresent: true });
  const onlineId = insertRoot(db, '/online', 0);
  insertFileOf(assetId, onlineId, 'x/c.jpg');
  expect(findOriginal(db, assetId)).toMatchObject({ absolutePath: '/online/x/c.jpg', rootId: onlineId });
});

it('knows the asset at a path, also when its file is missing, and prefers the file that is there', () => {
  const old = insertPhoto('a.jpg');
  lose('a.jpg');
  expect(findAssetByPath(db, rootId, 'a.jpg')?.id).toBe(old);
  const current = insertPhoto('a.jpg');
  expect(findAssetByPath(db, rootId, 'a.jpg')?.id).toBe(current);
  expect(findAssetByPath(db, rootId, 'b.jpg')).toBeUndefined();
});

it('orders by the capture time once it is known', () => {
  const assetId = insertPhoto('a.jpg');
  setAssetFacts(db, assetId, { rating: 3 }, 'head');
  expect(getAsset(db, assetId)).toMatchObject({ sortMs: 5, facts: { rating: 3 } });
  setAssetFacts(db, assetId, { captureLocalMs: 1_000 }, 'exiftool');
  expect(getAsset(db, assetId)).toMatchObject({ sortMs: 1_000, facts: { captureLocalMs: 1_000 } });
});

it('tries a format again as soon as a release can decode it, and nothing else', () => {
  const [heic, raw, broken] = [
    insertPhoto('a.heic', 'heic'),
    insertPhoto('b.cr3', 'cr3'),
    insertPhoto('c.jpg'),
  ];
  for (const id of [heic, raw]) {
    setAssetError(db, id, { code: 'unsupported-format', details: { format: 'HEIC' } });
  }
  setAssetError(db, broken, { code: 'file-damaged', details: {} });
  expect(resetUnsupported(db, ['jpeg', 'heic'])).toBe(1);
  expect([heic, raw, broken].map((id) => getAsset(db, id).state)).toEqual([
    'found',
    'unsupported',
    'unreadable',
  ]);
  expect(getAsset(db, heic).error).toBeNull();
});

it('finds what is to be read, and duplicates, by their indexes', () => {
  expect(explain(db, (noted) => listAssetsToIngest(noted, 0, 100))[0]).toContain('INDEX asset_state');
  const plans = explain(db, (noted) => findDuplicates(noted, 1 as AssetId));
  expect(plans.some((plan) => plan.includes('asset_content_hash'))).toBe(true);
});
