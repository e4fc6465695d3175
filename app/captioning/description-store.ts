import type { AssetId, ConnectionId, DescriptionId, RequestId, RunId } from '../contract/ids.ts';
import type { DescriptionFields, Doubt, Owner, StatementFields } from '../contract/models/description.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { setReview } from './review-store.ts';
import { refreshCurrent } from './current-store.ts';

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

/** `d` is text that was read in a photo beside what the built-in describer said, with no prompt: it describes nothing. */
export const isRecognizedText = '(d.baseline = 1 AND d.prompt_version IS NULL)';

/**
 * The same statement for another asset with the same bytes: same provenance and request, paid once. What the built-in
 * describer said takes with it the text that was read in the photo since.
 */
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
     FROM description WHERE id = @descriptionId OR id = (
       SELECT max(d.id) FROM description AS said JOIN description AS d ON d.asset_id = said.asset_id
       WHERE said.id = @descriptionId AND said.baseline = 1 AND d.id > said.id AND d.live = 1
         AND ${isRecognizedText} AND d.image_data_hash IS said.image_data_hash)
     ORDER BY id`,
    { descriptionId, assetId, runId, nowMs },
  );
  refreshCurrent(db, assetId, nowMs);
}
