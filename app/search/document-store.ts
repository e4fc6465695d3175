import { cameraName } from '../contract/camera-name.ts';
import type { AssetId } from '../contract/ids.ts';
import type { DocumentField } from '../contract/match.ts';
import type { ReadDb } from '../db/open.ts';
import { dayAt, type Day } from './calendar.ts';

/** What can be found of an asset, as people read it. */
export type AssetDocument = {
  readonly assetId: AssetId;
  /** The day that the grid shows it under. */
  readonly day: Day;
  /** On its folders, in prose; a part of `folder` too. */
  readonly notes: string | null;
  readonly fields: Readonly<Record<DocumentField, string | null>>;
  /** Of a video, in order: where in `fields.moments`, in Unicode's form NFC, each has its text. */
  readonly moments: readonly DocumentMoment[];
};

export type DocumentMoment = { readonly startMs: number; readonly start: number; readonly end: number };

type Row = {
  assetId: AssetId;
  sortMs: number;
  title: string | null;
  caption: string | null;
  altText: string | null;
  keywords: string | null;
  recognizedText: string | null;
  otherText: string | null;
  moments: string;
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
       nullif(said.other_text, '') AS otherText,
       (SELECT json_group_array(json_array(moment.start_ms, moment.text) ORDER BY position)
         FROM moment WHERE moment.asset_id = asset.id) AS moments,
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
  return rows.map(({ assetId, sortMs, paths, notes, make, model, moments: listed, ...texts }) => {
    const { text, moments } = joinMoments(listed);
    return {
      assetId,
      day: dayAt(sortMs),
      notes,
      moments,
      fields: {
        ...texts,
        moments: text,
        camera:
          cameraName({
            ...(make !== null && { cameraMake: make }),
            ...(model !== null && { cameraModel: model }),
          }) ?? null,
        ...namesOf(paths, notes),
      },
    };
  });
}

/** The texts of moments as one, and where in it each stands. */
function joinMoments(listed: string): { text: string | null; moments: DocumentMoment[] } {
  const list = JSON.parse(listed) as [number, string][]; // why: the SQL above makes it
  const moments: DocumentMoment[] = [];
  let text = '';
  for (const [startMs, said] of list) {
    if (text !== '') text += '\n';
    const start = text.length;
    text += said.normalize('NFC');
    moments.push({ startMs, start, end: text.length });
  }
  return { text: text === '' ? null : text, moments };
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
