import type { ErrorInfo } from '../contract/errors.ts';
import type { Point } from '../contract/places.ts';
import type { AssetId, RootId } from '../contract/ids.ts';
import type { OwnedKeyword } from '../contract/models/description.ts';
import type { ReadDb } from '../db/open.ts';
import { join } from 'node:path';

export type LibraryCounts = {
  readonly photos: number;
  /** By a model; a baseline does not count. */
  readonly described: number;
  readonly baseline: number;
  /** Unreadable. */
  readonly problems: number;
  readonly unsupported: number;
  readonly missing: number;
};

const isMissing = `NOT EXISTS (SELECT 1 FROM file WHERE file.asset_id = asset.id AND file.state = 'present'
  AND file.role IN ('original', 'alternate'))`;

/** What the library holds, in one pass. */
export function countLibrary(db: ReadDb): LibraryCounts {
  const row = db.get<LibraryCounts>(
    `SELECT count(*) AS photos,
       count(*) FILTER (WHERE current.baseline = 0 AND current.connection_id IS NOT NULL) AS described,
       count(*) FILTER (WHERE current.baseline = 1) AS baseline,
       count(*) FILTER (WHERE asset.state = 'unreadable') AS problems,
       count(*) FILTER (WHERE asset.state = 'unsupported') AS unsupported,
       count(*) FILTER (WHERE ${isMissing}) AS missing
     FROM asset LEFT JOIN current_description AS current ON current.asset_id = asset.id`,
  );
  if (row === undefined) throw new Error('an aggregate gives one row');
  return row;
}

/** Present photos of each root, and how many of them anybody described, baselines included. */
export function countRoots(db: ReadDb): Map<RootId, { readonly photos: number; readonly described: number }> {
  const rows = db.all<{ rootId: RootId; photos: number; described: number }>(
    `SELECT file.root_id AS rootId, count(*) AS photos, count(current.connection_id) AS described
     FROM file LEFT JOIN current_description AS current ON current.asset_id = file.asset_id
     WHERE file.state = 'present' AND file.role = 'original' AND file.asset_id IS NOT NULL GROUP BY file.root_id`,
  );
  return new Map(rows.map(({ rootId, ...counts }) => [rootId, counts]));
}

/** What a label or a list of picked assets shows of each, in the order asked for. */
export type AssetLine = {
  readonly id: AssetId;
  readonly path: string;
  readonly title: string | null;
  readonly caption: string | null;
  readonly altText: string | null;
  readonly keywords: string[];
  readonly focus: Point | null;
  readonly captureLocalMs: number | null;
  /** Of a video. */
  readonly durationMs: number | null;
  readonly error: ErrorInfo | null;
};

export function listAssetLines(db: ReadDb, assetIds: readonly AssetId[]): AssetLine[] {
  const rows = db.all<
    Omit<AssetLine, 'path' | 'keywords' | 'focus' | 'error'> & {
      focusX: number | null;
      focusY: number | null;
      rootPath: string | null;
      relativePath: string | null;
      keywords: string | null;
      error: string | null;
    }
  >(
    `SELECT asset.id, root.path AS rootPath, file.relative_path AS relativePath, current.title, current.caption,
       current.alt_text AS altText, current.keywords, current.focus_x AS focusX, current.focus_y AS focusY, asset.capture_local_ms AS captureLocalMs,
       (SELECT duration_ms FROM video WHERE video.asset_id = asset.id) AS durationMs, asset.error
     ${linesFrom} ORDER BY wanted.key`,
    { ids: JSON.stringify(assetIds) },
  );
  return rows.map(({ rootPath, relativePath, keywords, focusX, focusY, error, ...line }) => ({
    ...line,
    focus: focusX === null || focusY === null ? null : { x: focusX, y: focusY },
    path: rootPath === null || relativePath === null ? '' : join(rootPath, relativePath),
    keywords: keywords === null ? [] : keywordsOf(keywords),
    error: error === null ? null : (JSON.parse(error) as ErrorInfo), // why: only the asset store writes it
  }));
}

/** Each asked asset with its description and the file that stands for it. */
const linesFrom = `FROM json_each(@ids) AS wanted JOIN asset ON asset.id = wanted.value
  LEFT JOIN current_description AS current ON current.asset_id = asset.id
  LEFT JOIN file ON file.id = (
    SELECT id FROM file WHERE file.asset_id = asset.id AND file.role = 'original' ORDER BY file.state = 'present' DESC, file.id LIMIT 1)
  LEFT JOIN root ON root.id = file.root_id`;

export type Summary = { readonly path: string; readonly caption: string | null; readonly keywords: string[] };

/** What a list shows of each asset. */
export function listSummaries(db: ReadDb, assetIds: readonly AssetId[]): Map<AssetId, Summary> {
  const rows = db.all<{
    id: AssetId;
    rootPath: string | null;
    relativePath: string | null;
    caption: string | null;
    keywords: string | null;
  }>(
    `SELECT asset.id, root.path AS rootPath, file.relative_path AS relativePath, current.caption, current.keywords
     ${linesFrom}`,
    { ids: JSON.stringify(assetIds) },
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        path: row.rootPath === null || row.relativePath === null ? '' : join(row.rootPath, row.relativePath),
        caption: row.caption,
        keywords: row.keywords === null ? [] : keywordsOf(row.keywords),
      },
    ]),
  );
}

function keywordsOf(json: string): string[] {
  const owned = JSON.parse(json) as OwnedKeyword[]; // why: only the description store writes this JSON
  return owned.map(({ keyword }) => keyword);
}
