import { cameraName } from '../contract/camera-name.ts';
import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import { dayAt, type Day } from './calendar.ts';

/** Fields of an asset that hold text, in the order in which a reader would rather see a match. */
export const documentFields = [
  'caption',
  'title',
  'keywords',
  'altText',
  'recognizedText',
  'otherText',
  'answers',
  'place',
  'camera',
  'lens',
  'fileName',
  'folder',
] as const;
export type DocumentField = (typeof documentFields)[number];

/** What can be found of an asset, as people read it. */
export type AssetDocument = {
  readonly assetId: AssetId;
  /** The day that the grid shows it under. */
  readonly day: Day;
  /** On its folders, in prose; a part of `folder` too. */
  readonly notes: string | null;
  readonly fields: Readonly<Record<DocumentField, string | null>>;
};

type Row = {
  assetId: AssetId;
  sortMs: number;
  title: string | null;
  caption: string | null;
  altText: string | null;
  keywords: string | null;
  recognizedText: string | null;
  otherText: string | null;
  answers: string | null;
  place: string | null;
  make: string | null;
  model: string | null;
  lens: string | null;
  paths: string;
  notes: string | null;
};

/** The text of some assets, in no order. The ids of assets that are gone are left out. */
export function readDocuments(db: ReadDb, assetIds: readonly AssetId[]): AssetDocument[] {
  const rows = db.all<Row>(
    `SELECT asset.id AS assetId, said.title, said.caption, said.alt_text AS altText,
       (SELECT group_concat(json_extract(value, '$.keyword'), ', ') FROM json_each(said.keywords)) AS keywords,
       said.recognized_text AS recognizedText,
       nullif(trim(coalesce(said.other_text, '') || char(10) || coalesce((SELECT group_concat(moment.text, char(10) ORDER BY position)
         FROM moment WHERE moment.asset_id = asset.id), ''), char(10)), '') AS otherText,
       (SELECT group_concat(answer.question || char(10) || answer.answer, char(10) ORDER BY answer.id) FROM answer_asset
         JOIN answer ON answer.id = answer_asset.answer_id
         WHERE answer_asset.asset_id = asset.id AND answer.answer IS NOT NULL) AS answers, asset.place,
       asset.sort_ms AS sortMs, asset.camera_make AS make, asset.camera_model AS model, asset.lens,
       (SELECT json_group_array(json_array(root.path, file.relative_path) ORDER BY file.role = 'original' DESC, file.id)
         FROM file JOIN root ON root.id = file.root_id
         WHERE file.asset_id = asset.id AND file.role IN ('original', 'alternate')) AS paths,
       (SELECT group_concat(DISTINCT noted.note) FROM folder_note AS noted JOIN file ON file.root_id = noted.root_id
         WHERE file.asset_id = asset.id AND (noted.relative_path = '' OR (file.relative_path >= noted.relative_path || '/'
           AND file.relative_path < noted.relative_path || '0'))) AS notes
     FROM json_each(?) AS wanted
     JOIN asset ON asset.id = wanted.value
     LEFT JOIN current_description AS said ON said.asset_id = asset.id`,
    [JSON.stringify(assetIds)],
  );
  return rows.map(({ assetId, sortMs, paths, notes, make, model, ...texts }) => ({
    assetId,
    day: dayAt(sortMs),
    notes,
    fields: {
      ...texts,
      camera:
        cameraName({
          ...(make !== null && { cameraMake: make }),
          ...(model !== null && { cameraModel: model }),
        }) ?? null,
      ...namesOf(paths, notes),
    },
  }));
}

/** Names of the files, and of the folders from the root's own down; each once. */
function namesOf(paths: string, notes: string | null): { fileName: string | null; folder: string | null } {
  const fileNames = new Set<string>();
  const folders = new Set<string>();
  const list = JSON.parse(paths) as [string, string][]; // why: the SQL above makes it
  for (const [rootPath, relativePath] of list) {
    const parts = relativePath.split('/');
    fileNames.add(parts.at(-1) ?? relativePath);
    const rootName = rootPath.split(/[\\/]/).findLast((part) => part !== '');
    folders.add([rootName, ...parts.slice(0, -1)].filter((part) => part !== undefined).join('/'));
  }
  const folder = [...folders, ...(notes === null ? [] : [notes])].join(' ');
  return { fileName: [...fileNames].join(' ') || null, folder: folder || null };
}
