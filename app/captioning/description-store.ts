import type { AssetId, ConnectionId, DescriptionId, RequestId, RunId } from '../contract/ids.ts';
import type { PastDescription } from '../contract/history.ts';
import type {
  Description,
  DescriptionFields,
  Doubt,
  Moment,
  OwnedText,
  Owner,
  StatementFields,
} from '../contract/models/description.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { contentKeyOf, reviewStateOf, setReview } from './review-store.ts';
import { divideByShares } from '../usage/cost.ts';
import { mergeStatements, type CurrentDescription, type Statement } from './merge.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

export type NewDescription = {
  readonly assetId: AssetId;
  readonly owner: Owner;
  readonly fields: StatementFields;
  readonly baseline?: boolean;
  readonly connectionId?: ConnectionId | null;
  readonly runId?: RunId | null;
  readonly requestId?: RequestId | null;
  readonly promptVersion?: string | null;
  readonly modelAnswered?: string | null;
  readonly detail?: string | null;
  readonly sentWidthPx?: number | null;
  readonly sentHeightPx?: number | null;
  /** Of the picture that was described. */
  readonly imageDataHash?: string | null;
  readonly doubts?: readonly Doubt[];
};

/** Adds a statement and brings the current description up to date. The caller indexes the asset for search. */
export function insertDescription(db: WriteDb, description: NewDescription, nowMs: number): DescriptionId {
  const { lastId } = db.run(
    `INSERT INTO description (asset_id, owner, connection_id, run_id, request_id, baseline, fields, prompt_version,
       model_answered, detail, sent_width_px, sent_height_px, image_data_hash, doubts, created_at_ms)
     VALUES (@assetId, @owner, @connectionId, @runId, @requestId, @baseline, @fields, @promptVersion,
       @modelAnswered, @detail, @sentWidthPx, @sentHeightPx, @imageDataHash, @doubts, @nowMs)`,
    {
      assetId: description.assetId,
      owner: description.owner,
      connectionId: description.connectionId ?? null,
      runId: description.runId ?? null,
      requestId: description.requestId ?? null,
      baseline: description.baseline === true ? 1 : 0,
      fields: JSON.stringify(description.fields),
      promptVersion: description.promptVersion ?? null,
      modelAnswered: description.modelAnswered ?? null,
      detail: description.detail ?? null,
      sentWidthPx: description.sentWidthPx ?? null,
      sentHeightPx: description.sentHeightPx ?? null,
      imageDataHash: description.imageDataHash ?? null,
      doubts: JSON.stringify(description.doubts ?? []),
      nowMs,
    },
  );
  refreshCurrent(db, description.assetId, nowMs);
  return lastId as DescriptionId; // why: an id of this table
}

/** What the file itself says, as read at ingestion; the statement before it is no longer live. Nothing changes when it says the same. */
export function replaceFileStatement(
  db: WriteDb,
  assetId: AssetId,
  fields: DescriptionFields,
  nowMs: number,
): boolean {
  const before = db.get<{ fields: string }>(
    "SELECT fields FROM description WHERE asset_id = ? AND owner = 'file' AND live = 1 ORDER BY id DESC LIMIT 1",
    [assetId],
  );
  const isEmpty = Object.keys(fields).length === 0;
  if (before === undefined ? isEmpty : before.fields === JSON.stringify(fields)) return false;
  db.run("UPDATE description SET live = 0 WHERE asset_id = ? AND owner = 'file'", [assetId]);
  if (isEmpty) refreshCurrent(db, assetId, nowMs);
  else insertDescription(db, { assetId, owner: 'file', fields }, nowMs);
  return true;
}

/**
 * The file has another picture now: what models said was said of the old one. What a person said stays, and is put up for
 * review. The caller indexes the asset for search.
 */
export function retireStatements(db: WriteDb, assetId: AssetId, nowMs: number): void {
  db.run("UPDATE description SET live = 0 WHERE asset_id = ? AND owner = 'model'", [assetId]);
  setReview(db, assetId, null);
  refreshCurrent(db, assetId, nowMs);
}

/** What models said of an asset holds for the picture that it has now: another file of the same shot. */
export function rebindStatements(db: WriteDb, assetId: AssetId, imageDataHash: string): void {
  db.run(
    `UPDATE description SET image_data_hash = ? WHERE asset_id = ? AND owner = 'model' AND live = 1
       AND image_data_hash IS (SELECT image_data_hash FROM asset WHERE id = asset_id)`,
    [imageDataHash, assetId],
  );
}

/**
 * Undo: what a run said is no longer live; what was current before it is current again. Gives the assets that changed:
 * none once there is nothing left to take back.
 *
 * @param limit most descriptions to take back now. @default all
 */
export function retractRun(db: WriteDb, runId: RunId, nowMs: number, limit?: number): AssetId[] {
  const said = db.all<{ id: DescriptionId; assetId: AssetId }>(
    'SELECT id, asset_id AS assetId FROM description WHERE run_id = ? AND live = 1 LIMIT ?',
    [runId, limit ?? -1],
  );
  db.run('UPDATE description SET live = 0 WHERE id IN (SELECT value FROM json_each(?))', [
    JSON.stringify(said.map(({ id }) => id)),
  ]);
  const assets = [...new Set(said.map(({ assetId }) => assetId))];
  for (const assetId of assets) refreshCurrent(db, assetId, nowMs);
  return assets;
}

/** How many photos a run has said something of that still stands. */
export function countStatements(db: ReadDb, runId: RunId): number {
  const row = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM description WHERE run_id = ? AND live = 1',
    [runId],
  );
  return row?.count ?? 0; // why 0: the type of an aggregate's one row does not say that there is one
}

/** How many photos each connection described in a run, its own one first. */
export function countByConnection(db: ReadDb, runId: RunId): { connection: string; photos: number }[] {
  return db.all(
    `SELECT coalesce(c.own_name, c.name) AS connection, count(DISTINCT d.asset_id) AS photos
     FROM description AS d JOIN connection AS c ON c.id = d.connection_id
     WHERE d.run_id = ? AND d.live = 1 GROUP BY c.id
     ORDER BY c.id = (SELECT connection_id FROM run WHERE run.id = d.run_id) DESC`,
    [runId],
  );
}

/** The latest of what the built-in describer says of a photo as it is now. */
export type Baseline = {
  readonly id: DescriptionId;
  readonly connectionId: ConnectionId | null;
  readonly runId: RunId | null;
  readonly imageDataHash: string | null;
};

export function findBaseline(db: ReadDb, assetId: AssetId): Baseline | undefined {
  return db.get<Baseline>(
    `SELECT id, connection_id AS connectionId, run_id AS runId, image_data_hash AS imageDataHash FROM description
     WHERE asset_id = ? AND live = 1 AND baseline = 1 ORDER BY id DESC LIMIT 1`,
    [assetId],
  );
}

/** Runs that were undone, and still say something: their engine died on the way. */
export function listHalfUndoneRuns(db: ReadDb): RunId[] {
  return db.pluck(
    `SELECT id FROM run WHERE state = 'undone'
       AND EXISTS (SELECT 1 FROM description WHERE run_id = run.id AND live = 1)`,
  );
}

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
       recognized_text, text_lines, objects, focus_x, focus_y, other_text, baseline, model_answered, connection_id, review_state, updated_at_ms)
     VALUES (@assetId, @title, @titleOwner, @caption, @captionOwner, @altText, @altTextOwner, @keywords,
       @recognizedText, @textLines, @objects, @focusX, @focusY, @otherText, @baseline, @modelAnswered, @connectionId, @reviewState, @nowMs)
     ON CONFLICT (asset_id) DO UPDATE SET title = @title, title_owner = @titleOwner, caption = @caption,
       caption_owner = @captionOwner, alt_text = @altText, alt_text_owner = @altTextOwner, keywords = @keywords,
       recognized_text = @recognizedText, text_lines = @textLines, objects = @objects, focus_x = @focusX, focus_y = @focusY, other_text = @otherText, baseline = @baseline,
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

type PastRow = Omit<PastDescription, 'fields' | 'baseline' | 'live' | 'doubts'> & {
  fields: string;
  doubts: string;
  baseline: 0 | 1;
  live: 0 | 1;
  shares: string | null;
};

/** Everything that anybody said about an asset, newest first, with its provenance. */
export function listDescriptions(db: ReadDb, assetId: AssetId): PastDescription[] {
  const rows = db.all<PastRow>(
    `SELECT d.id, d.owner, d.fields, d.doubts, d.baseline, d.live, coalesce(c.own_name, c.name) AS connection,
       coalesce(d.model_answered, r.model_answered) AS modelAnswered,
       d.prompt_version AS promptVersion, d.detail, d.sent_width_px AS sentWidthPx, d.sent_height_px AS sentHeightPx,
       d.request_id AS requestId, d.run_id AS runId, r.input_tokens AS inputTokens, r.output_tokens AS outputTokens,
       r.cost_micro_usd AS costMicroUsd, d.created_at_ms AS createdAtMs,
       CASE WHEN d.owner = 'person' AND d.request_id IS NOT NULL THEN
         (SELECT answer.thread_id FROM answer_asset JOIN answer ON answer.id = answer_id
          WHERE answer_asset.asset_id = d.asset_id AND answer.request_id = d.request_id) END AS threadId,
       (SELECT json_group_array(json_array(asset_id, share) ORDER BY position) FROM request_asset WHERE request_id = r.id) AS shares
     FROM description AS d LEFT JOIN request AS r ON r.id = d.request_id
       LEFT JOIN connection AS c ON c.id = coalesce(d.connection_id, r.connection_id)
     WHERE d.asset_id = ? ORDER BY d.id DESC`,
    [assetId],
  );
  return rows.map(({ shares, ...row }) => ({
    ...row,
    ...itsPart(row, assetId, JSON.parse(shares ?? '[]') as Shares), // why: the SQL above makes it
    fields: JSON.parse(row.fields) as StatementFields, // why: only insertDescription writes this JSON
    doubts: JSON.parse(row.doubts) as Doubt[], // why: only insertDescription writes this JSON
    baseline: row.baseline === 1,
    live: row.live === 1,
  }));
}

/** Each asset of a request, and how much of it was for it. */
type Shares = readonly (readonly [asset: AssetId, share: number])[];
type Charged = Pick<PastDescription, 'inputTokens' | 'outputTokens' | 'costMicroUsd'>;

/** What is due to one photo of a request about several: [Note: Together]. A copy that was not sent has no part in it. */
function itsPart(row: Charged, assetId: AssetId, shares: Shares): Charged {
  if (shares.length < 2) return row;
  const index = shares.findIndex(([asset]) => asset === assetId);
  const weights = shares.map(([, share]) => share);
  const partOf = (whole: number | null): number | null =>
    whole === null ? null : (divideByShares(whole, weights)[index] ?? 0); // why 0: not one of those that were sent
  return {
    inputTokens: partOf(row.inputTokens),
    outputTokens: partOf(row.outputTokens),
    costMicroUsd: partOf(row.costMicroUsd),
  };
}

/** The same statement for another asset with the same bytes: same provenance and request, paid once. */
export function copyDescription(
  db: WriteDb,
  descriptionId: number,
  assetId: AssetId,
  runId: RunId | null,
  nowMs: number,
): void {
  db.run(
    `INSERT INTO description (asset_id, owner, connection_id, run_id, request_id, baseline, fields, prompt_version,
       model_answered, detail, sent_width_px, sent_height_px, image_data_hash, doubts, created_at_ms)
     SELECT @assetId, owner, connection_id, @runId, request_id, baseline, fields, prompt_version,
       model_answered, detail, sent_width_px, sent_height_px, image_data_hash, doubts, @nowMs
     FROM description WHERE id = @descriptionId`,
    { descriptionId, assetId, runId, nowMs },
  );
  refreshCurrent(db, assetId, nowMs);
}
