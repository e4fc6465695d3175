import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { gridFlags } from '../../app/contract/grid-order.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { formatFolder } from '../../app/search/folder-value.ts';
import { listMatchParts } from '../../app/search/match-store.ts';
import { findMatches } from '../../app/search/matches.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { speaksOfMissing } from '../../app/search/result-store.ts';
import { countField, countFolders, countMonths } from '../../app/search/roster-facets.ts';
import { parseFolderKey } from '../../app/search/roster-codes.ts';
import { Roster } from '../../app/search/roster.ts';
import { openMemoryDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';
import { addFile, createShelf } from './photo-shelf.ts';

type Photo = {
  readonly sortMs: number;
  readonly state: 'found' | 'ready' | 'unsupported' | 'unreadable';
  readonly format: string | null;
  readonly rating: number | null;
  readonly isExcluded: boolean;
  readonly said: 'nothing' | 'baseline' | 'file' | 'file-and-baseline' | 'model';
  readonly review: 'draft' | 'accepted' | 'edited' | 'rejected';
  readonly isDoubtful: boolean;
  readonly file: 'present' | 'missing' | 'offline' | 'none';
  readonly folder: string;
};

const photo: fc.Arbitrary<Photo> = fc.record({
  sortMs: fc.integer({ min: Date.UTC(2017, 11, 30), max: Date.UTC(2020, 1, 3) }),
  state: fc.constantFrom('found', 'ready', 'unsupported', 'unreadable'),
  format: fc.constantFrom('jpeg', 'cr3', 'heic', null),
  rating: fc.constantFrom(null, -1, 0, 1, 3, 5),
  isExcluded: fc.boolean(),
  said: fc.constantFrom('nothing', 'baseline', 'file', 'file-and-baseline', 'model'),
  review: fc.constantFrom('draft', 'accepted', 'edited', 'rejected'),
  isDoubtful: fc.boolean(),
  file: fc.constantFrom('present', 'missing', 'offline', 'none'),
  folder: fc.constantFrom('', 'a/', 'a/b/', 'ab/', 'ä/', 'a b/'),
});

const queries = [
  '', 'is:described', 'is:undescribed', '-is:described', 'is:baseline', 'is:problem', 'is:unsupported', 'is:missing',
  'is:offline', 'is:doubtful', '-is:doubtful', 'is:excluded', '-is:excluded', 'review:draft', 'review:accepted', '-review:draft is:described',
  'format:raw', 'format:jpeg', 'kind:photo', 'kind:video', 'rating:>=3', 'rating:0', 'rating:-1', 'rating:<0', 'rating:1..3',
  'year:2018', 'year:>2018', 'date:2018-01..2019-03', 'date:<=2018-05-02', 'date:2019',
  formatFolder('/one'), formatFolder('/one/a'), formatFolder('/one/a b'), formatFolder('/one/ä'), `-${formatFolder('/one/a')}`,
  formatFolder('/'), formatFolder('/nowhere'), '(is:described OR rating:5) year:2018', '-(is:baseline OR is:problem) is:missing',
]; // prettier-ignore

function fill(db: Database, photos: readonly Photo[]): void {
  db.exec(
    `INSERT INTO root (id, path, state, added_at_ms) VALUES (1, '/one', 'online', 0), (2, '/two', 'offline', 0)`,
  );
  db.exec(
    `INSERT INTO connection (id, kind, name, concurrency, created_at_ms) VALUES (1, 'built-in', 'built-in', 1, 0)`,
  );
  photos.forEach((one, index) => {
    put(db, index + 1, one);
  });
}

function put(db: Database, id: number, one: Photo): void {
  db.run('DELETE FROM file WHERE asset_id = ?', [id]);
  db.run(
    `INSERT OR REPLACE INTO asset (id, state, format, rating, is_excluded, sort_ms, created_at_ms) VALUES (?, ?, ?, ?, ?, ?, 0)`,
    [id, one.state, one.format, one.rating, one.isExcluded ? 1 : 0, one.sortMs],
  );
  if (one.said !== 'nothing') {
    db.run(
      `INSERT OR REPLACE INTO current_description (asset_id, keywords, objects, baseline, is_said, connection_id, review_state, updated_at_ms)
       VALUES (?, '[]', '[]', ?, ?, ?, ?, 0)`,
      [
        id,
        one.said.endsWith('baseline') ? 1 : 0,
        one.said === 'baseline' ? 0 : 1,
        one.said === 'file' ? null : 1,
        one.review,
      ],
    );
  }
  db.run('DELETE FROM description WHERE asset_id = ?', [id]);
  if (one.said === 'model') {
    db.run(
      `INSERT INTO description (asset_id, owner, fields, doubts, created_at_ms) VALUES (?, 'model', '{}', ?, 0)`,
      [id, one.isDoubtful ? '["few-keywords"]' : '[]'],
    );
  }
  if (one.file === 'none') return;
  addFile(db, {
    rootId: one.file === 'offline' ? 2 : 1,
    assetId: id as AssetId, // why: the rowid that was just inserted
    relativePath: `${one.folder}${String(id)}.jpg`,
    state: one.file === 'missing' ? 'missing' : 'present',
  });
}

async function byRoster(db: Database, roster: Roster, text: string): Promise<number[]> {
  const { isFound, count } = await findMatches(db, roster, parseQuery(text));
  const ids = [...isFound].flatMap((mark, id) => (mark === 1 ? [id] : []));
  expect(ids).toHaveLength(count);
  return ids;
}

function bySql(db: Database, text: string): number[] {
  const query = parseQuery(text);
  expect(query.notes).toEqual([]);
  const parts = listMatchParts(db, query, { onlyPresent: !speaksOfMissing(query.node) });
  return [...parts].flat().toSorted((a, b) => a - b);
}

it('finds by each filter what SQL finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(photo, { minLength: 1, maxLength: 25 }), async (photos) => {
      const db = openMemoryDatabase();
      try {
        fill(db, photos);
        const roster = new Roster(db);
        for (const query of queries) {
          expect({ query, ids: await byRoster(db, roster, query) }).toEqual({ query, ids: bySql(db, query) });
        }
      } finally {
        db.close();
      }
    }),
    { numRuns: 40 },
  );
});

it('follows every change as if it had been read anew', async () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant('put' as const), id: fc.integer({ min: 1, max: 12 }), photo }),
    fc.record({ kind: fc.constant('delete' as const), id: fc.integer({ min: 1, max: 12 }) }),
    fc.record({ kind: fc.constant('root' as const), state: fc.constantFrom('online', 'offline') }),
    fc.record({ kind: fc.constant('look' as const) }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(photo, { maxLength: 10 }),
      fc.array(change, { minLength: 1, maxLength: 12 }),
      async (photos, changes) => {
        const db = openMemoryDatabase();
        try {
          fill(db, photos);
          const roster = new Roster(db);
          roster.follow(db, () => undefined);
          await roster.catchUp();
          for (const step of changes) {
            if (step.kind === 'put') put(db, step.id, step.photo);
            else if (step.kind === 'delete') {
              db.run('DELETE FROM file WHERE asset_id = ?', [step.id]);
              db.run('DELETE FROM asset WHERE id = ?', [step.id]);
            } else if (step.kind === 'root') db.run('UPDATE root SET state = ? WHERE id = 1', [step.state]);
            else await roster.catchUp();
          }
          await roster.catchUp();
          const anew = new Roster(db);
          await anew.catchUp();
          expect([...(await roster.newest())]).toEqual([...(await anew.newest())]);
          for (const id of await anew.newest()) expect(shown(roster, id)).toEqual(shown(anew, id));
        } finally {
          db.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});

it('is right again after it could not be read once', async () => {
  const shelf = createShelf();
  const { db } = shelf;
  const ids = ['one', 'two'].map((name) => shelf.add(name));
  const roster = new Roster(db);
  const cannotRead = async (): Promise<void> => {
    db.exec('ALTER TABLE burst_photo RENAME TO unreadable');
    await expect(roster.catchUp()).rejects.toThrow(/burst_photo/);
    db.exec('ALTER TABLE unreadable RENAME TO burst_photo');
  };
  await cannotRead();
  await roster.catchUp();
  expect([...(await roster.newest())].toReversed()).toEqual(ids);
  roster.follow(db, () => undefined);
  db.run('DELETE FROM file');
  db.run('DELETE FROM asset WHERE id = ?', [ids[0] ?? 0]);
  await cannotRead();
  await roster.catchUp();
  expect([...(await roster.newest())]).toEqual(ids.slice(1));
});

function shown(roster: Roster, id: number): unknown {
  const { bits, months, folders, formats, aspects } = roster.columns;
  return {
    bits: bits[id],
    month: months[id],
    folder: roster.codes.folders.textOf(folders[id] ?? 0),
    format: roster.codes.formats.textOf(formats[id] ?? 0),
    aspect: aspects[id],
  };
}

it('counts what was found by camera, place, folder and month', async () => {
  const shelf = createShelf();
  const { db } = shelf;
  shelf.add('one', {
    path: '2019/Iceland/',
    taken: '2019-07-14T12:00',
    facts: { camera_model: 'X100', place: 'Vík' },
  });
  shelf.add('two', { path: '2019/', taken: '2019-07-30T12:00', facts: { camera_model: 'X100', rating: 4 } });
  shelf.add('three', {
    path: '2020/',
    taken: '2020-01-01T00:30',
    facts: { camera_model: 'D40' },
    caption: 'A puffin',
  });
  const roster = new Roster(db);
  const all = await findMatches(db, roster, parseQuery(''));
  expect(countField(roster, all, 'camera', 10)).toEqual({
    values: [
      { value: 'X100', count: 2, query: 'camera:"X100"' },
      { value: 'D40', count: 1, query: 'camera:"D40"' },
    ],
    distinct: 2,
  });
  expect(countField(roster, all, 'camera', 1).values).toHaveLength(1);
  expect(countMonths(roster, all)).toEqual([
    { month: '2019-07', photos: 2 },
    { month: '2020-01', photos: 1 },
  ]);
  const rated = await findMatches(db, roster, parseQuery('rating:4'));
  expect(countField(roster, rated, 'place', 10)).toEqual({ values: [], distinct: 0 });
  const folders = [...countFolders(roster, all)].flatMap((photos, code) =>
    photos === 0 ? [] : [[parseFolderKey(roster.codes.folders.textOf(code)).relativePath, photos]],
  );
  expect(Object.fromEntries(folders)).toEqual({ '2019': 1, '2019/Iceland': 1, '2020': 1 });
});

it('finds by words and filters together', async () => {
  const shelf = createShelf();
  const { db } = shelf;
  shelf.add('seen', { caption: 'A dog on a beach', facts: { rating: 5 } });
  shelf.add('unrated', { caption: 'A dog in a car' });
  shelf.add('cat', { caption: 'A cat', facts: { rating: 5 } });
  shelf.add('gone', { caption: 'A dog, gone', facts: { rating: 5 }, fileState: 'missing' });
  const roster = new Roster(db);
  const ids = await byRoster(db, roster, 'dog rating:>=4');
  expect(ids.map((id) => shelf.nameOf(id as AssetId))).toEqual(['seen']); // why: ids of this shelf
});

it('is read by the keys of its tables, without sorting', async () => {
  const shelf = createShelf();
  const { db } = shelf;
  shelf.add('one');
  let work: Promise<void> | undefined;
  const plans = explain(db, (reading) => {
    work = new Roster(reading).catchUp();
  });
  await work;
  expect(plans.filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
  expect(plans).toContain(
    'SEARCH current_description USING COVERING INDEX current_description_state (asset_id>?)',
  );
});

it('knows which photos belong together: a burst before near-duplicates', async () => {
  const shelf = createShelf();
  const { db } = shelf;
  const ids = ['one', 'two', 'three', 'alone'].map((name) => shelf.add(name));
  const roster = new Roster(db);
  roster.follow(db, () => undefined);
  const groups = async (of: Roster): Promise<(number | undefined)[]> => {
    await of.catchUp();
    return ids.map((id) => of.columns.groups[id]);
  };
  expect(await groups(roster)).toEqual([0, 0, 0, 0]);
  db.run('INSERT INTO near_photo (asset_id, near_id) VALUES (?, 1), (?, 1)', ids.slice(1, 3));
  const [, two, three] = await groups(roster);
  expect(two).toBe(three);
  db.run('INSERT INTO burst_photo (asset_id, burst_id) VALUES (?, 1), (?, 1)', ids.slice(0, 2));
  const now = await groups(roster);
  expect(now[0]).toBe(now[1]);
  expect(new Set(now).size).toBe(3);
  expect(now[3]).toBe(0);
  expect(await groups(new Roster(db))).toEqual(now);
});

it('knows the photos of a burst, also after one has left it', async () => {
  const shelf = createShelf();
  const { db } = shelf;
  const ids = ['one', 'two', 'three'].map((name) => shelf.add(name));
  const roster = new Roster(db);
  roster.follow(db, () => undefined);
  const inBurst = async (): Promise<boolean[]> => {
    await roster.catchUp();
    return ids.map((id) => ((roster.columns.bits[id] ?? 0) & gridFlags.burst) !== 0);
  };
  db.run('INSERT INTO burst_photo (asset_id, burst_id) VALUES (?, 1), (?, 1)', ids.slice(0, 2));
  expect(await inBurst()).toEqual([true, true, false]);
  db.run('DELETE FROM burst_photo WHERE asset_id = ?', [ids[0] ?? 0]);
  expect(await inBurst()).toEqual([false, true, false]);
});
