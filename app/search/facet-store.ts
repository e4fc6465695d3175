import type { ReadDb } from '../db/open.ts';
import type { Query } from './query.ts';
import { idsSql, toFullSelection } from './result-store.ts';

export type FacetField = 'camera' | 'year' | 'keyword' | 'folder' | 'format' | 'color' | 'rating' | 'label';

/** A value and how many of the found assets have it. */
export type FacetCount = { readonly value: string; readonly count: number };

/** `SELECT value` over `found`, which holds ids. One asset counts once per value. */
const facetSql: Readonly<Record<FacetField, string>> = {
  camera: 'SELECT camera_model AS value FROM found JOIN asset USING (id) WHERE camera_model IS NOT NULL',
  year: `SELECT strftime('%Y', sort_ms / 1000.0, 'unixepoch') AS value FROM found JOIN asset USING (id)`,
  format: 'SELECT format AS value FROM found JOIN asset USING (id) WHERE format IS NOT NULL',
  label: "SELECT label AS value FROM found JOIN asset USING (id) WHERE label <> ''",
  rating: 'SELECT CAST(rating AS TEXT) AS value FROM found JOIN asset USING (id) WHERE rating IS NOT NULL',
  color: `SELECT DISTINCT found.id, color.value FROM found JOIN asset USING (id), json_each(asset.colors, '$.names') AS color`,
  keyword: `SELECT keyword.name AS value FROM found JOIN asset_keyword ON asset_keyword.asset_id = found.id
    JOIN keyword ON keyword.id = asset_keyword.keyword_id`,
  // The path without what stands behind its last slash: SQLite has no function for it.
  folder: `SELECT DISTINCT file.asset_id, rtrim(rtrim(relative_path, replace(relative_path, '/', '')), '/') AS value
    FROM found JOIN file ON file.asset_id = found.id WHERE file.state = 'present' AND file.role = 'original'`,
};

/** Counts a result by the values of some fields, most first: all of it, not only a page. `folder` is relative to its root. */
export function countFacets<Field extends FacetField>(
  db: ReadDb,
  query: Query,
  options: { readonly fields: readonly Field[]; readonly limit?: number },
): Record<Field, FacetCount[]> {
  const { id, from } = idsSql(toFullSelection(db, query));
  const counts = options.fields.map((field) => [
    field,
    db.all<FacetCount>(
      `WITH found AS MATERIALIZED (SELECT ${id} AS id ${from.sql})
       SELECT value, count(*) AS count FROM (${facetSql[field]}) GROUP BY value ORDER BY count DESC, value LIMIT ?`,
      [...from.values, options.limit ?? 50],
    ),
  ]);
  return Object.fromEntries(counts) as Record<Field, FacetCount[]>; // why: one entry for each of `fields`
}
