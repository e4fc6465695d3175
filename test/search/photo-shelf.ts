import { insertDescription } from '../../app/captioning/description-store.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import type { DescriptionFields, Owner } from '../../app/contract/models/description.ts';
import type { Database } from '../../app/db/connection.ts';
import { indexAsset } from '../../app/search/index-store.ts';
import { parseQuery, type ParseOptions } from '../../app/search/parse-query.ts';
import { searchAssets, type SearchOptions, type SearchResult } from '../../app/search/search.ts';
import { useTestDatabase } from '../helpers/database.ts';

export type ShelfPhoto = DescriptionFields & {
  readonly path?: string;
  /** The camera's wall clock, `2019-05-17T12:00`. @default one minute after the photo before */
  readonly taken?: string;
  readonly owner?: Owner;
  readonly baseline?: boolean;
  readonly fileState?: 'present' | 'missing';
  /** Columns of `asset`. */
  readonly facts?: Readonly<Record<string, string | number | null>>;
};

/** A library of rows without files, to search in. Photos are known by their file names without extension. */
export type Shelf = {
  readonly db: Database;
  add(name: string, photo?: ShelfPhoto): AssetId;
  /** Names of what a search finds, in order. */
  find(query: string, options?: SearchOptions & ParseOptions): string[];
  search(query: string, options?: SearchOptions & ParseOptions): SearchResult;
  nameOf(id: AssetId): string;
};

export function createShelf(db: Database = useTestDatabase()): Shelf {
  const rootId = db.run('INSERT INTO root (path, added_at_ms) VALUES (?, 0)', ['/photos/Archive']).lastId;
  const names = new Map<AssetId, string>();
  let lastTakenMs = Date.UTC(2000, 0, 1);
  const search: Shelf['search'] = (text, { asYouType = false, dates, ...options } = {}) =>
    searchAssets(db, parseQuery(text, { asYouType, ...(dates && { dates }) }), options);
  const nameOf = (id: AssetId) => names.get(id) ?? `#${String(id)}`;
  return {
    db,
    search,
    nameOf,
    find: (text, options) => search(text, options).items.map((item) => nameOf(item.assetId)),
    add: (name, photo = {}) => {
      const {
        path = '',
        taken,
        owner = 'model',
        baseline = false,
        fileState = 'present',
        facts = {},
        ...fields
      } = photo;
      lastTakenMs = taken === undefined ? lastTakenMs + 60_000 : Date.parse(`${taken}Z`);
      const columns = {
        state: 'ready',
        capture_local_ms: lastTakenMs,
        sort_ms: lastTakenMs,
        created_at_ms: 0,
        ...facts,
      };
      const id = db.run(
        `INSERT INTO asset (${Object.keys(columns).join(', ')}) VALUES (${Object.keys(columns)
          .map(() => '?')
          .join(', ')})`,
        Object.values(columns),
      ).lastId as AssetId;
      names.set(id, name);
      addFile(db, { rootId, assetId: id, relativePath: `${path}${name}.jpg`, state: fileState });
      if (Object.keys(fields).length > 0) insertDescription(db, { assetId: id, owner, baseline, fields }, 0);
      indexAsset(db, id);
      return id;
    },
  };
}

export function addFile(
  db: Database,
  file: {
    rootId: number;
    assetId: AssetId;
    relativePath: string;
    state?: 'present' | 'missing';
    role?: string;
  },
): void {
  db.run(
    `INSERT INTO file (root_id, asset_id, relative_path, role, size_bytes, mtime_ms, inode, state, found_at_ms)
     VALUES (@rootId, @assetId, @relativePath, @role, 1, 1, 1, @state, 0)`,
    { role: 'original', state: 'present', ...file },
  );
}
