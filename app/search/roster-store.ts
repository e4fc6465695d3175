import type { AssetId, RootId } from '../contract/ids.ts';
import type { AssetState } from '../contract/models/asset.ts';
import type { ReviewState } from '../contract/models/description.ts';
import type { RootState } from '../contract/models/root.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { isDoubtfulSql } from './condition-store.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/** What the roster takes of an asset; in the order of `assetColumns`. */
export type AssetRow = readonly [
  id: AssetId,
  sortMs: number,
  widthPx: number | null,
  heightPx: number | null,
  isVideo: 0 | 1,
  state: AssetState,
  format: string | null,
  camera: string | null,
  lens: string | null,
  place: string | null,
  label: string | null,
  rating: number | null,
  colors: string | null,
  averageColor: number | null,
  /** Four hexadecimal digits that change with the picture. */
  pictureKey: string | null,
  hasThumbnail: 0 | 1,
  isExcluded: 0 | 1,
];

const assetColumns = `id, sort_ms, width_px, height_px, kind = 'video', state, format, camera_model, lens, place, label, rating,
  colors, average_color, substr(image_data_hash, 1, 4), has_thumbnail, is_excluded`;

export type DescriptionRow = readonly [
  assetId: AssetId,
  isBaseline: 0 | 1,
  isByModel: 0 | 1,
  /** By anybody but the built-in describer. */
  isSaid: 0 | 1,
  reviewState: ReviewState,
];

const descriptionColumns = 'asset_id, baseline, connection_id IS NOT NULL, is_said, review_state';

export type FileRow = readonly [
  fileId: number,
  assetId: AssetId,
  rootId: RootId,
  relativePath: string,
  isPresent: 0 | 1,
];

export type GroupRow = readonly [assetId: AssetId, groupId: number];

const fileColumns = "id, asset_id, root_id, relative_path, state = 'present'";
const showsAsset = "asset_id IS NOT NULL AND role IN ('original', 'alternate')";

/** Pages of whole tables, by their keys: a table that is read from end to end is read fastest. */
export function listAssetRows(db: ReadDb, afterId: number, limit: number): AssetRow[] {
  return db.rows(`SELECT ${assetColumns} FROM asset WHERE id > ? ORDER BY id LIMIT ?`, [afterId, limit]);
}

export function listDescriptionRows(db: ReadDb, afterId: number, limit: number): DescriptionRow[] {
  return db.rows(
    `SELECT ${descriptionColumns} FROM current_description WHERE asset_id > ? ORDER BY asset_id LIMIT ?`,
    [afterId, limit],
  );
}

export function listFileRows(db: ReadDb, afterId: number, limit: number): FileRow[] {
  return db.rows(`SELECT ${fileColumns} FROM file WHERE id > ? AND ${showsAsset} ORDER BY id LIMIT ?`, [
    afterId,
    limit,
  ]);
}

/** 0 where there is none. */
export function highestAssetId(db: ReadDb): number {
  return db.pluck<number | null>('SELECT max(id) FROM asset')[0] ?? 0;
}

/** The same of some assets. */
export function findRows(
  db: ReadDb,
  assetIds: readonly AssetId[],
): {
  readonly assets: AssetRow[];
  readonly descriptions: DescriptionRow[];
  readonly files: FileRow[];
  readonly doubtful: (readonly [assetId: AssetId])[];
  readonly near: GroupRow[];
  readonly inBursts: GroupRow[];
} {
  const ids = [JSON.stringify(assetIds)];
  const asked = 'IN (SELECT value FROM json_each(?))';
  return {
    assets: db.rows(`SELECT ${assetColumns} FROM asset WHERE id ${asked}`, ids),
    descriptions: db.rows(
      `SELECT ${descriptionColumns} FROM current_description WHERE asset_id ${asked}`,
      ids,
    ),
    files: db.rows(
      `SELECT ${fileColumns} FROM file WHERE asset_id ${asked} AND ${showsAsset} ORDER BY id`,
      ids,
    ),
    doubtful: db.rows(
      `SELECT asset_id FROM current_description WHERE asset_id ${asked} AND ${isDoubtfulSql('current_description.asset_id')}`,
      ids,
    ),
    near: db.rows(`SELECT asset_id, near_id FROM near_photo WHERE asset_id ${asked}`, ids),
    inBursts: db.rows(`SELECT asset_id, burst_id FROM burst_photo WHERE asset_id ${asked}`, ids),
  };
}

/** Assets of which `is:doubtful` is true: few, and found by an index of their own. */
export function listDoubtfulIds(db: ReadDb, afterId: number, limit: number): (readonly [assetId: AssetId])[] {
  return db.rows(
    `SELECT DISTINCT asset_id FROM description WHERE doubts <> '[]' AND live = 1 AND asset_id > ?
       AND ${isDoubtfulSql('description.asset_id')} ORDER BY asset_id LIMIT ?`,
    [afterId, limit],
  );
}

/** Assets that stand in a burst with others, each with its burst. */
export function listBurstRows(db: ReadDb, afterId: number, limit: number): GroupRow[] {
  return db.rows('SELECT asset_id, burst_id FROM burst_photo WHERE asset_id > ? ORDER BY asset_id LIMIT ?', [
    afterId,
    limit,
  ]);
}

/** Assets that have near-duplicates, each with their group. */
export function listNearRows(db: ReadDb, afterId: number, limit: number): GroupRow[] {
  return db.rows('SELECT asset_id, near_id FROM near_photo WHERE asset_id > ? ORDER BY asset_id LIMIT ?', [
    afterId,
    limit,
  ]);
}

export function listRootStates(db: ReadDb): { id: RootId; path: string; state: RootState }[] {
  return db.all('SELECT id, path, state FROM root ORDER BY path');
}

/** A page of all assets by the names of their files; `after` is the last row of the page before. */
export function listByName(
  db: ReadDb,
  after: readonly [assetId: number, nameKey: string],
  limit: number,
): (readonly [assetId: AssetId, nameKey: string])[] {
  return db.rows(
    `SELECT asset_id, name_key FROM search_entry WHERE (name_key, asset_id) > (?, ?) ORDER BY name_key, asset_id LIMIT ?`,
    [after[1], after[0], limit],
  );
}

/** Triggers of this connection's own. */
const note = (table: string, column: string): string => `
  CREATE TEMP TRIGGER note_${table}_insert AFTER INSERT ON main.${table} BEGIN SELECT note_asset(new.${column}); END;
  CREATE TEMP TRIGGER note_${table}_delete AFTER DELETE ON main.${table} BEGIN SELECT note_asset(old.${column}); END;
  CREATE TEMP TRIGGER note_${table}_update AFTER UPDATE ON main.${table} BEGIN
    SELECT note_asset(old.${column});
    SELECT note_asset(new.${column});
  END;`;

/**
 * Tells of every asset that this connection changes, from now on: there is one writer, so these are all changes. The
 * triggers are the connection's own and go with it. What a rolled back transaction would have changed is told too.
 */
export function followAssets(
  db: WriteDb,
  tell: { readonly asset: (id: AssetId) => void; readonly everything: () => void },
): void {
  db.defineAction('note_asset', (id: AssetId | null) => {
    if (id !== null) tell.asset(id);
  });
  db.defineAction('note_everything', () => {
    tell.everything();
  });
  db.exec(`
    ${note('asset', 'id')}
    ${note('current_description', 'asset_id')}
    ${note('file', 'asset_id')}
    ${note('burst_photo', 'asset_id')}
    ${note('near_photo', 'asset_id')}
    CREATE TEMP TRIGGER note_root_update AFTER UPDATE OF state, path ON main.root
    WHEN old.state <> new.state OR old.path <> new.path BEGIN SELECT note_everything(); END;
  `);
}
