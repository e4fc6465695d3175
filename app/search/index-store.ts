import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { refreshBurst } from './burst-store.ts';
import type { DocumentField } from '../contract/match.ts';
import { readDocuments, type AssetDocument } from './document-store.ts';
import { dayTokens } from './day-tokens.ts';
import { toIndexText, toNameText } from './index-text.ts';
import { languagesOf } from './language.ts';
import { addWords } from './vocabulary-store.ts';
import { splitText, toNameKey, type SplitText } from './words.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/** Each column of the index with where its text comes from, and what a match in it is worth (bm25). */
const columns: readonly {
  column: string;
  field: DocumentField;
  /** Found in this column too. */
  also?: DocumentField;
  as: 'prose' | 'words' | 'name';
  weight: number;
}[] = [
  { column: 'title', field: 'title', as: 'prose', weight: 10 },
  { column: 'caption', field: 'caption', as: 'prose', weight: 10 },
  { column: 'alt_text', field: 'altText', as: 'prose', weight: 6 },
  { column: 'keywords', field: 'keywords', as: 'prose', weight: 10 },
  { column: 'recognized_text', field: 'recognizedText', as: 'prose', weight: 4 },
  { column: 'other_text', field: 'otherText', also: 'moments', as: 'prose', weight: 3 },
  { column: 'answers', field: 'answers', as: 'prose', weight: 3 },
  { column: 'place', field: 'place', as: 'words', weight: 6 },
  { column: 'camera', field: 'camera', as: 'words', weight: 1 },
  { column: 'lens', field: 'lens', as: 'words', weight: 1 },
  { column: 'file_name', field: 'fileName', as: 'name', weight: 0.5 },
  { column: 'folders', field: 'folder', as: 'name', weight: 0.5 },
];

/** `bm25(search_text, …)` with our weights; smaller is better. */
export const scoreSql = `bm25(search_text, ${columns.map(({ weight }) => String(weight)).join(', ')})`;

const insertSql = `INSERT OR REPLACE INTO search_text (rowid, ${columns.map(({ column }) => column).join(', ')})
  VALUES (?, ${columns.map(() => '?').join(', ')})`;

/** So many at a time in a rebuild: large enough to be quick, small enough for the write-ahead log. */
const chunkSize = 5_000;

/** Brings the index up to date for one asset, from what the tables say now. Call it in the transaction that changed them. */
export function indexAsset(db: WriteDb, assetId: AssetId): void {
  indexAssets(db, [assetId]);
}

/** The same for many, in one transaction: ten times as fast as one by one. An asset that is gone is removed. */
export function indexAssets(db: WriteDb, assetIds: readonly AssetId[]): void {
  db.transact(() => {
    const gone = new Set(assetIds);
    const words = new Set<string>();
    for (const document of readDocuments(db, assetIds)) {
      gone.delete(document.assetId);
      const split = splitFields(document);
      writeDocument(db, document, split);
      refreshBurst(db, document.assetId);
      addWordsOf(split, words);
    }
    addWords(db, words);
    for (const assetId of gone) {
      removeAsset(db, assetId);
    }
  });
}

/**
 * Indexes assets that a scan found, moved or renamed, at most `limit`, and gives their number: call it until that is 0. What
 * is left is kept in the library, also over a crash.
 */
export function indexStale(db: WriteDb, limit = 500): number {
  const ids = db.pluck<AssetId>(
    'SELECT asset_id FROM search_entry WHERE is_stale = 1 ORDER BY asset_id LIMIT ?',
    [limit],
  );
  indexAssets(db, ids);
  return ids.length;
}

/** Takes an asset out of the index. An asset whose row is deleted goes by itself. */
export function removeAsset(db: WriteDb, assetId: AssetId): void {
  db.run('DELETE FROM search_text WHERE rowid = ?', [assetId]);
}

/** Makes the whole index anew, in one go: about 7 000 assets a second, with captions of 60 words. */
export function rebuildIndex(db: WriteDb): void {
  db.run("INSERT INTO search_text (search_text) VALUES ('delete-all')");
  for (let chunk = nextIds(db, 0); chunk.length > 0; chunk = nextIds(db, chunk.at(-1) ?? 0)) {
    indexAssets(db, chunk);
  }
  // One segment: a search then looks in one place for each word.
  db.run("INSERT INTO search_text (search_text) VALUES ('optimize')");
}

function nextIds(db: ReadDb, after: number): AssetId[] {
  return db.pluck<AssetId>('SELECT id FROM asset WHERE id > ? ORDER BY id LIMIT ?', [after, chunkSize]);
}

function writeDocument(
  db: WriteDb,
  { assetId, day, notes, fields }: AssetDocument,
  split: SplitFields,
): void {
  const noted = notes === null ? undefined : splitText(notes);
  const languages = languagesOf([split.get('caption'), split.get('title'), split.get('altText'), noted]);
  const texts = columns.map(({ field, as }) => {
    const text = split.get(field);
    if (text === undefined) return null;
    return as === 'name' ? toNameText(text) : toIndexText(text, as === 'prose' ? languages : []);
  });
  // The day stands behind the folders, the last column: what is marked is never met by what is typed.
  const note = noted === undefined ? [] : [toIndexText(noted, languages)];
  const folders = [texts.at(-1) ?? '', ...note, ...dayTokens(day)].join(' ');
  db.run(insertSql, [assetId, ...texts.slice(0, -1), folders]);
  db.run('UPDATE search_entry SET name_key = ?, is_stale = 0 WHERE asset_id = ?', [
    toNameKey(fields.fileName ?? ''),
    assetId,
  ]);
}

type SplitFields = ReadonlyMap<DocumentField, SplitText>;

/** The words of each column that has any, by its field. */
function splitFields({ fields }: AssetDocument): SplitFields {
  const split = new Map<DocumentField, SplitText>();
  for (const { field, also } of columns) {
    const texts = [fields[field], also === undefined ? null : fields[also]].filter((text) => text !== null);
    if (texts.length > 0) split.set(field, splitText(texts.join('\n')));
  }
  return split;
}

/** The words that a slip of the finger may have meant: of what was said, not of file names. */
function addWordsOf(split: SplitFields, words: Set<string>): void {
  for (const { field, as } of columns) {
    if (as === 'name') continue;
    for (const { folded } of split.get(field)?.words ?? []) words.add(folded);
  }
}
