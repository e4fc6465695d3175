import { expect, test } from 'vitest';
import type { Database } from '../../app/db/connection.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { idsSql, fromAssets, toSelection } from '../../app/search/result-store.ts';
import { rankedPage, sortedPage, type ReadDb } from '../../app/search/search-store.ts';
import { createShelf } from './photo-shelf.ts';

/** The steps SQLite takes for every statement that `action` runs. */
function stepsOf(db: Database, action: (spy: ReadDb) => unknown): string[] {
  const steps: string[] = [];
  const explain = (sql: string, values: Parameters<ReadDb['all']>[1]) => {
    for (const row of db.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, values)) steps.push(row.detail);
  };
  action({
    get: (sql, values) => (explain(sql, values), db.get(sql, values)),
    all: (sql, values) => (explain(sql, values), db.all(sql, values)),
    iterate: (sql, values) => (explain(sql, values), db.iterate(sql, values)),
    pluck: (sql, values) => (explain(sql, values), db.pluck(sql, values)),
    rows: (sql, values) => (explain(sql, values), db.rows(sql, values)),
  });
  return steps;
}

const select = (text: string) => toSelection(parseQuery(text));

test('ranking reads the index backwards, and never the asset table as a whole', () => {
  const { db } = createShelf();
  const steps = stepsOf(db, (spy) => rankedPage(spy, select('dog beach'), 10, undefined));
  expect(steps.filter((step) => step.startsWith('SCAN asset'))).toEqual([]);
  expect(steps.some((step) => /SCAN search_text VIRTUAL TABLE INDEX .*M/.test(step))).toBe(true);
});

test.each([
  ['newest', 'SCAN asset USING INDEX asset_sort'],
  ['oldest', 'SCAN asset USING INDEX asset_sort'],
  ['rating', 'SCAN asset USING COVERING INDEX asset_rating'],
  ['name', 'SCAN entry USING COVERING INDEX search_entry_name'],
] as const)('a page by %s walks its index and sorts nothing', (sort, step) => {
  const { db } = createShelf();
  const steps = stepsOf(db, (spy) => sortedPage(spy, select(''), sort, 10, undefined));
  expect(steps).toContain(step);
  expect(steps.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
});

test.each([
  ['newest', '{"order":"newest","sortMs":7,"id":3}', 'SEARCH asset USING INDEX asset_sort (sort_ms<?)'],
  [
    'rating',
    '{"order":"rating","rating":1,"sortMs":7,"id":3}',
    'SEARCH asset USING COVERING INDEX asset_rating (<expr><?)',
  ],
  [
    'name',
    '{"order":"name","nameKey":"a","id":3}',
    'SEARCH entry USING COVERING INDEX search_entry_name (name_key>?)',
  ],
] as const)('a later page by %s begins in the middle of its index', (sort, position, step) => {
  const { db } = createShelf();
  expect(stepsOf(db, (spy) => sortedPage(spy, select(''), sort, 10, `[5,${position}]`))).toContain(step);
});

test('looking for missing files and dates uses indexes', () => {
  const { db } = createShelf();
  const { id, from } = idsSql(select('dog'));
  const steps = stepsOf(db, (spy) => spy.all(`SELECT ${id} ${from.sql}`, from.values));
  expect(steps).toContain('SEARCH gone USING COVERING INDEX file_missing_asset (asset_id=?)');
  const dated = fromAssets(select('date:2019-05'));
  const dateSteps = stepsOf(db, (spy) => spy.all(`SELECT id ${dated.sql}`, dated.values));
  expect(dateSteps).toContain('SEARCH asset USING COVERING INDEX asset_sort (sort_ms>? AND sort_ms<?)');
});
