import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readGridOrder } from '../../app/contract/grid-order.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import type { GridSort } from '../../app/contract/procedures/shared.ts';
import type { Database } from '../../app/db/connection.ts';
import { beginGridOrder, toGridOrder } from '../../app/search/grid-rows.ts';
import { rebuildIndex } from '../../app/search/index-store.ts';
import { findMatches } from '../../app/search/matches.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { Roster } from '../../app/search/roster.ts';
import { searchAssets } from '../../app/search/search.ts';
import { openMemoryDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';
import { addFile, createShelf } from './photo-shelf.ts';

type Asked = { readonly text: string; readonly asYouType?: boolean; readonly sort?: GridSort };

function idsOf(buffer: ArrayBuffer): number[] {
  const order = readGridOrder(buffer);
  if (order === undefined) throw new Error('this is no order');
  return [...order.ids];
}

async function whole(
  db: Database,
  { text, asYouType = false, sort = 'relevance' }: Asked,
): Promise<number[]> {
  const roster = new Roster(db);
  const query = parseQuery(text, { asYouType });
  const found = await findMatches(db, roster, query);
  return idsOf((await toGridOrder(db, roster, found, { query, sort })).buffer);
}

/** With a roster that has been read, or none yet. */
async function begun(
  db: Database,
  roster: Roster,
  { text, asYouType = false, sort = 'relevance' }: Asked,
): Promise<{ ids: number[]; isWhole: boolean; found: number } | undefined> {
  const order = await beginGridOrder(db, roster, { query: parseQuery(text, { asYouType }), sort });
  return order && { ids: idsOf(order.buffer), isWhole: order.isWhole, found: order.found };
}

async function readRoster(db: Database): Promise<Roster> {
  const roster = new Roster(db);
  await roster.catchUp();
  return roster;
}

const words = ['dog', 'dogs', 'poodle', 'beach', 'harbour', 'night'];
const caption = fc.array(fc.constantFrom(...words), { maxLength: 4 }).map((some) => some.join(' '));
const photo = fc.record({
  caption,
  facts: fc.record({
    rating: fc.constantFrom(null, 0, 3, 5),
    sort_ms: fc.integer({ min: 0, max: 5 }).map((day) => day * 86_400_000),
  }),
  fileState: fc.constantFrom('present', 'present', 'present', 'missing'),
});
const asked = fc.record({
  text: fc.constantFrom('', 'dog', 'do', 'dog beach', 'dog -night', 'harb*', 'hrbour', 'rating:>=3', 'dog rating:5', 'is:missing'),
  asYouType: fc.boolean(),
  sort: fc.constantFrom<GridSort>('relevance', 'newest', 'oldest', 'name', 'rating'),
}); // prettier-ignore

describe('the first photos of what a query finds', () => {
  test('are all of a small result, in the order of the whole, also while the library is being read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(photo, { minLength: 1, maxLength: 12 }), asked, async (photos, question) => {
        const shelf = createShelf(openMemoryDatabase());
        const { db } = shelf;
        try {
          for (const [index, { caption: text, ...rest }] of photos.entries()) {
            shelf.add(`p${String(index)}`, { ...rest, ...(text === '' ? {} : { caption: text }) });
          }
          const ids = await whole(db, question);
          const expected = { ids, isWhole: true, found: ids.length };
          expect(await begun(db, await readRoster(db), question)).toEqual(expected);
          expect(await begun(db, new Roster(db), question)).toEqual(expected);
        } finally {
          db.close();
        }
      }),
    );
  });

  test('are not taken for all when the library has changed since it was read', async () => {
    const shelf = createShelf();
    const { db } = shelf;
    shelf.add('one', { caption: 'A dog.' });
    const roster = new Roster(db);
    roster.follow(db, () => undefined);
    await roster.catchUp();
    shelf.add('two', { caption: 'A dog.' });
    expect(await begun(db, roster, { text: 'dog' })).toMatchObject({ ids: [1], isWhole: false });
    await roster.catchUp();
    expect(await begun(db, roster, { text: 'dog' })).toMatchObject({ ids: [2, 1], isWhole: true });
  });

  test('of what is described last are no quicker than all', async () => {
    const shelf = createShelf();
    const { db } = shelf;
    shelf.add('one', { caption: 'A dog.' });
    expect(await begun(db, await readRoster(db), { text: 'dog', sort: 'described' })).toBeUndefined();
  });
});

/** More than anybody counts; every third one has the other word too. Times go up and down. */
const many = 10_300;

function createHarbours(): Database {
  const { db } = createShelf();
  db.transact(() => {
    for (let id = 1; id <= many; id += 1) {
      const sortMs = ((id * 7_919) % many) * 1_000;
      db.run(`INSERT INTO asset (id, state, sort_ms, created_at_ms) VALUES (?, 'ready', ?, 0)`, [id, sortMs]);
      addFile(db, { rootId: 1, assetId: id as AssetId, relativePath: `${String(id)}.jpg` });
      db.run(
        `INSERT INTO current_description (asset_id, caption, keywords, objects, baseline, updated_at_ms) VALUES (?, ?, '[]', '[]', 0, 0)`,
        [id, id % 3 === 0 ? 'A harbour at night, with a harbour wall.' : 'A harbour.'],
      );
    }
    rebuildIndex(db);
  });
  return db;
}

test('a large result begins with the photos that the whole begins with, and says that it is not all', async () => {
  const db = createHarbours();
  const roster = await readRoster(db);
  for (const question of [
    { text: 'ha', asYouType: true },
    { text: 'harbo', asYouType: true },
    { text: 'harbour' },
    { text: 'harb*', sort: 'newest' },
    { text: 'harbour', sort: 'rating' },
  ] satisfies Asked[]) {
    const ids = await whole(db, question);
    const first = await begun(db, roster, question);
    expect(ids).toHaveLength(many);
    expect(first).toEqual({ ids: ids.slice(0, 500), isWhole: false, found: 10_000 });
    expect((await begun(db, new Roster(db), question))?.ids).toEqual(first?.ids);
  }
  // A beginning that thousands have: the newest of the last 10 001. A whole word: what speaks of it most.
  const newest = (await whole(db, { text: '', sort: 'newest' })).filter((id) => id > many - 10_001);
  expect((await begun(db, roster, { text: 'harb', asYouType: true }))?.ids).toEqual(newest.slice(0, 500));

  // To ask the index of each photo in turn would join all words that begin so anew each time.
  const steps = (text: string) =>
    explain(db, (spy) => searchAssets(spy, parseQuery(text), { sort: 'newest' }));
  const walk = 'SCAN asset USING INDEX asset_sort';
  expect(steps('harb*')).not.toContain(walk);
  expect(steps('har*')).toContain(walk);
}, 60_000);
