import type { SavedSearchId } from '../contract/ids.ts';
import type { Output } from '../contract/procedures.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { AppError } from '../platform/errors.ts';

type SavedSearch = Output<'savedSearch.list'>[number];

/** By name, whatever its case. */
export function listSavedSearches(db: ReadDb): SavedSearch[] {
  return db.all('SELECT id, name, query, sort FROM saved_search ORDER BY name COLLATE NOCASE, id');
}

/** @throws {AppError} `not-found`. */
export function getSavedSearch(db: ReadDb, id: SavedSearchId): SavedSearch {
  const found = db.get<SavedSearch>('SELECT id, name, query, sort FROM saved_search WHERE id = ?', [id]);
  if (found === undefined) throw new AppError('not-found', { what: 'saved search' });
  return found;
}

/** Under a name that is taken, the new search takes the place of the old one. */
export function saveSearch(
  db: WriteDb,
  { name, query, sort }: Pick<SavedSearch, 'name' | 'query' | 'sort'>,
  nowMs: number,
): SavedSearch {
  const id = db.pluck<SavedSearchId>(
    `INSERT INTO saved_search (name, query, sort, created_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET name = excluded.name, query = excluded.query, sort = excluded.sort
     RETURNING id`,
    [name, query, sort, nowMs],
  )[0];
  if (id === undefined) throw new Error('an insert that returns gives one row');
  return getSavedSearch(db, id);
}

/** @throws {AppError} `not-found`; `conflict` when another one has that name. */
export function renameSavedSearch(db: WriteDb, id: SavedSearchId, name: string): SavedSearch {
  getSavedSearch(db, id);
  const other = db.pluck('SELECT id FROM saved_search WHERE name = ? AND id <> ?', [name, id])[0];
  if (other !== undefined) throw new AppError('conflict', { reason: `Another search is called “${name}”.` });
  db.run('UPDATE saved_search SET name = ? WHERE id = ?', [name, id]);
  return getSavedSearch(db, id);
}

export function deleteSavedSearch(db: WriteDb, id: SavedSearchId): void {
  db.run('DELETE FROM saved_search WHERE id = ?', [id]);
}
