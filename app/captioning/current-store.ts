import type { AssetId } from '../contract/ids.ts';
import type {
  Description,
  Moment,
  OwnedText,
  Owner,
  StatementFields,
} from '../contract/models/description.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { contentKeyOf, reviewStateOf } from './review-store.ts';
import { mergeStatements, type CurrentDescription, type Statement } from './merge.ts';

/** The current description: what is shown and searched, made of all live statements (decision 4). */

/** Recomputes an asset's current description from its live statements. */
export function refreshCurrent(db: WriteDb, assetId: AssetId, nowMs: number): void {
  const rows = db.all<StatementRow>(
    `SELECT owner, baseline, fields, model_answered, connection_id, prompt_version FROM description
     WHERE asset_id = ? AND live = 1 ORDER BY id`,
    [assetId],
  );
  const current = mergeStatements(rows.map(toStatement));
  const models = rows.filter((row) => row.owner === 'model' && (row.baseline === 0 || current.baseline));
  // Who recognised text described nothing.
  const model = models.findLast((row) => row.prompt_version !== null) ?? models.at(-1);
  if (rows.length === 0) db.run('DELETE FROM current_description WHERE asset_id = ?', [assetId]);
  else writeCurrent(db, assetId, current, model, nowMs);
  replaceKeywords(db, assetId, current);
  replaceMoments(db, assetId, current);
}

type StatementRow = {
  owner: Owner;
  baseline: 0 | 1;
  fields: string;
  model_answered: string | null;
  prompt_version: string | null;
  connection_id: number | null;
};

function toStatement(row: StatementRow): Statement {
  return {
    owner: row.owner,
    baseline: row.baseline === 1,
    fields: JSON.parse(row.fields) as StatementFields, // why: only insertDescription writes it
  };
}

function writeCurrent(
  db: WriteDb,
  assetId: AssetId,
  current: CurrentDescription,
  model: StatementRow | undefined,
  nowMs: number,
): void {
  db.run(
    `INSERT INTO current_description (asset_id, title, title_owner, caption, caption_owner, alt_text, alt_text_owner, keywords,
       recognized_text, text_lines, objects, focus_x, focus_y, other_text, baseline, is_said, model_answered, connection_id, review_state, updated_at_ms)
     VALUES (@assetId, @title, @titleOwner, @caption, @captionOwner, @altText, @altTextOwner, @keywords,
       @recognizedText, @textLines, @objects, @focusX, @focusY, @otherText, @baseline, @isSaid, @modelAnswered, @connectionId, @reviewState, @nowMs)
     ON CONFLICT (asset_id) DO UPDATE SET title = @title, title_owner = @titleOwner, caption = @caption,
       caption_owner = @captionOwner, alt_text = @altText, alt_text_owner = @altTextOwner, keywords = @keywords,
       recognized_text = @recognizedText, text_lines = @textLines, objects = @objects, focus_x = @focusX, focus_y = @focusY, other_text = @otherText, baseline = @baseline, is_said = @isSaid,
       model_answered = @modelAnswered, connection_id = @connectionId, review_state = @reviewState,
       updated_at_ms = @nowMs`,
    {
      assetId,
      title: current.title?.text ?? null,
      titleOwner: current.title?.owner ?? null,
      caption: current.caption?.text ?? null,
      captionOwner: current.caption?.owner ?? null,
      altText: current.altText?.text ?? null,
      altTextOwner: current.altText?.owner ?? null,
      keywords: JSON.stringify(current.keywords),
      recognizedText: current.recognizedText,
      textLines: JSON.stringify(current.textLines),
      objects: JSON.stringify(current.objects),
      focusX: current.focus?.x ?? null,
      focusY: current.focus?.y ?? null,
      otherText: current.otherText,
      baseline: current.baseline ? 1 : 0,
      isSaid: current.isSaid ? 1 : 0,
      modelAnswered: model?.model_answered ?? null,
      connectionId: model?.connection_id ?? null,
      reviewState: reviewStateOf(db, assetId, contentKeyOf(current)),
      nowMs,
    },
  );
}

/** Keeps an asset's keywords in step. How many assets have each is counted by triggers, also when an asset is deleted. */
function replaceKeywords(db: WriteDb, assetId: AssetId, current: CurrentDescription): void {
  db.run('DELETE FROM asset_keyword WHERE asset_id = ?', [assetId]);
  for (const { keyword, owner } of current.keywords) {
    db.run('INSERT OR IGNORE INTO keyword (name) VALUES (?)', [keyword]);
    db.run(
      'INSERT OR IGNORE INTO asset_keyword (asset_id, keyword_id, owner) SELECT ?, id, ? FROM keyword WHERE name = ?',
      [assetId, owner, keyword],
    );
  }
}

function replaceMoments(db: WriteDb, assetId: AssetId, { moments }: CurrentDescription): void {
  db.run('DELETE FROM moment WHERE asset_id = ?', [assetId]);
  for (const [position, { startMs, endMs, text }] of moments.entries()) {
    db.run('INSERT INTO moment (asset_id, position, start_ms, end_ms, text) VALUES (?, ?, ?, ?, ?)', [
      assetId,
      position,
      startMs,
      endMs,
      text,
    ]);
  }
}

function listMoments(db: ReadDb, assetId: AssetId): Moment[] {
  return db.all<Moment>(
    'SELECT start_ms AS startMs, end_ms AS endMs, text FROM moment WHERE asset_id = ? ORDER BY position',
    [assetId],
  );
}

/** The current description, or `undefined` when nobody has said anything. */
export function findCurrentDescription(db: ReadDb, assetId: AssetId): Description | undefined {
  const row = db.get<CurrentRow>('SELECT * FROM current_description WHERE asset_id = ?', [assetId]);
  if (row === undefined) return undefined;
  return {
    title: toOwnedText(row.title, row.title_owner),
    caption: toOwnedText(row.caption, row.caption_owner),
    altText: toOwnedText(row.alt_text, row.alt_text_owner),
    keywords: JSON.parse(row.keywords) as Description['keywords'], // why: only writeCurrent writes it
    recognizedText: row.recognized_text,
    textLines: JSON.parse(row.text_lines) as Description['textLines'], // why: only writeCurrent writes it
    objects: JSON.parse(row.objects) as Description['objects'], // why: only writeCurrent writes it
    moments: listMoments(db, assetId),
    baseline: row.baseline === 1,
    reviewState: row.review_state,
  };
}

function toOwnedText(text: string | null, owner: Owner | null): OwnedText | null {
  return text === null || owner === null ? null : { text, owner };
}

type CurrentRow = {
  title: string | null;
  title_owner: Owner | null;
  caption: string | null;
  caption_owner: Owner | null;
  alt_text: string | null;
  alt_text_owner: Owner | null;
  keywords: string;
  recognized_text: string | null;
  text_lines: string;
  objects: string;
  baseline: 0 | 1;
  review_state: Description['reviewState'];
};
