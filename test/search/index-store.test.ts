import { expect, test } from 'vitest';
import type { AssetId } from '../../app/contract/ids.ts';
import { insertDescription } from '../../app/captioning/description-store.ts';
import {
  indexAsset,
  indexAssets,
  indexStale,
  rebuildIndex,
  removeAsset,
} from '../../app/search/index-store.ts';
import { addFile, createShelf } from './photo-shelf.ts';

test('finds what an asset says now, and no longer what it said', () => {
  const shelf = createShelf();
  const id = shelf.add('one', { caption: 'A dog.' });
  insertDescription(shelf.db, { assetId: id, owner: 'model', fields: { caption: 'A cat.' } }, 1);
  indexAsset(shelf.db, id);
  expect([shelf.find('dog'), shelf.find('cat')]).toEqual([[], ['one']]);
  shelf.db.run("UPDATE file SET relative_path = 'new/name.jpg'");
  indexAsset(shelf.db, id);
  expect([shelf.find('folder:new'), shelf.find('name:one')]).toEqual([['one'], []]);
});

test('forgets an asset that is removed, deleted or gone', () => {
  const shelf = createShelf();
  const [removed, deleted] = [
    shelf.add('removed', { caption: 'dog' }),
    shelf.add('deleted', { caption: 'dog' }),
  ];
  shelf.add('kept', { caption: 'dog' });
  removeAsset(shelf.db, removed);
  shelf.db.run('DELETE FROM asset WHERE id = ?', [deleted]);
  indexAsset(shelf.db, deleted);
  expect(shelf.find('dog')).toEqual(['kept']);
  expect(shelf.find('', { sort: 'name' })).toEqual(['kept', 'removed']);
});

test('a rebuilt index finds the same', () => {
  const shelf = createShelf();
  for (let index = 0; index < 20; index += 1) {
    shelf.add(`IMG_${String(index)}`, { caption: index % 2 === 0 ? 'A dog.' : 'Zürich' });
  }
  const before = [
    shelf.find('dogs'),
    shelf.find('zurich'),
    shelf.find('img_7'),
    shelf.find('', { sort: 'name' }),
  ];
  shelf.db.run('DELETE FROM search_text');
  rebuildIndex(shelf.db);
  expect([
    shelf.find('dogs'),
    shelf.find('zurich'),
    shelf.find('img_7'),
    shelf.find('', { sort: 'name' }),
  ]).toEqual(before);
});

test('a photo that was just found is listed by name before it is indexed', () => {
  const shelf = createShelf();
  shelf.add('IMG_1');
  shelf.db.run('INSERT INTO asset (sort_ms, created_at_ms) VALUES (0, 0)');
  expect(shelf.find('', { sort: 'name' })).toEqual(['#2', 'IMG_1']);
});

test('knows which assets a scan has found or moved, and indexes them a few at a time', () => {
  const shelf = createShelf();
  const [kept, moved] = [shelf.add('kept'), shelf.add('moved')];
  expect(indexStale(shelf.db)).toBe(0);
  shelf.db.run("UPDATE file SET relative_path = 'elsewhere/renamed.jpg', mtime_ms = 2 WHERE asset_id = ?", [
    moved,
  ]);
  shelf.db.run('UPDATE file SET mtime_ms = 2 WHERE asset_id = ?', [kept]);
  const added = shelf.db.run('INSERT INTO asset (sort_ms, created_at_ms) VALUES (0, 0)').lastId as AssetId;
  addFile(shelf.db, { rootId: 1, assetId: added, relativePath: 'film.mp4' });
  expect([indexStale(shelf.db, 1), indexStale(shelf.db, 5), indexStale(shelf.db, 5)]).toEqual([1, 1, 0]);
  expect([shelf.find('renamed'), shelf.find('name:moved'), shelf.find('film')]).toEqual([
    ['moved'],
    [],
    ['#3'],
  ]);
  shelf.db.run("UPDATE root SET path = '/photos/Holidays'");
  expect(indexStale(shelf.db)).toBe(3);
  expect(shelf.find('folder:holidays elsewhere')).toEqual(['moved']);
});

test('pages on behind the 10 000 that are ranked, and says that it stopped counting', () => {
  const shelf = createShelf();
  const count = 10_020;
  shelf.db.transact(() => {
    for (let id = 1; id <= count; id += 1) {
      shelf.db.run('INSERT INTO asset (sort_ms, created_at_ms) VALUES (?, 0)', [id]);
      shelf.db.run(
        "INSERT INTO current_description (asset_id, caption, caption_owner, keywords, objects, baseline, updated_at_ms) VALUES (?, 'A dog.', 'model', '[]', '[]', 0, 0)",
        [id],
      );
    }
  });
  indexAssets(
    shelf.db,
    Array.from({ length: count }, (_, index) => (index + 1) as AssetId),
  );
  const seen = new Set<number>();
  let after: string | null = null;
  do {
    const page = shelf.search('dog', { limit: 500, ...(after === null ? {} : { after }) });
    expect(page).toMatchObject({ total: 10_000, totalIsCapped: true, leavesOutOthers: true });
    for (const item of page.items) seen.add(item.assetId);
    after = page.nextCursor;
  } while (after !== null);
  expect(seen.size).toBe(count);
});
