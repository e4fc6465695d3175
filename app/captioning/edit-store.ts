import { z } from 'zod';
import {
  descriptionId,
  editId,
  type AssetId,
  type DescriptionId,
  type EditId,
  type RequestId,
} from '../contract/ids.ts';
import { reviewState, type StatementFields } from '../contract/models/description.ts';
import { edit as editShape, type Edit } from '../contract/procedures/edit.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

const review = z.object({ state: reviewState.exclude(['draft']), contentKey: z.string() }).nullable();

/** What an edit did to one photo, so that it can be taken back and done again. */
const editChange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('description'),
    /** The person's statement that it made; `null`: they say nothing any more. */
    added: descriptionId.nullable(),
    /** Those that it took the place of. */
    retired: z.array(descriptionId),
    reviewBefore: review,
    reviewAfter: review,
  }),
  z.object({ kind: z.literal('review'), before: review, after: review }),
  z.object({ kind: z.literal('exclude'), before: z.boolean(), after: z.boolean() }),
]);
export type EditChange = z.infer<typeof editChange>;

/** Edits that can be undone; older ones stay as they are. */
const keptEdits = 500;

/** Begins an edit: what was undone before cannot be done again any more. */
export function insertEdit(
  db: WriteDb,
  { kind, label }: Pick<Edit, 'kind' | 'label'>,
  nowMs: number,
): EditId {
  db.run("DELETE FROM edit WHERE state = 'undone'");
  const { lastId } = db.run('INSERT INTO edit (kind, label, created_at_ms) VALUES (?, ?, ?)', [
    kind,
    JSON.stringify(label),
    nowMs,
  ]);
  db.run('DELETE FROM edit WHERE id <= (SELECT id FROM edit ORDER BY id DESC LIMIT 1 OFFSET ?)', [keptEdits]);
  return lastId as EditId; // why: an id of this table
}

export function insertStep(db: WriteDb, id: EditId, assetId: AssetId, change: EditChange): void {
  db.run('INSERT INTO edit_step (edit_id, asset_id, change) VALUES (?, ?, ?)', [
    id,
    assetId,
    JSON.stringify(change),
  ]);
}

/** The one that was done last, or the one that was undone last. */
export function findNextEdit(db: ReadDb, direction: 'undo' | 'redo'): Edit | undefined {
  const row = db.get<{ id: number; kind: string; label: string; photos: number; createdAtMs: number }>(
    `SELECT id, kind, label, created_at_ms AS createdAtMs,
       (SELECT count(*) FROM edit_step WHERE edit_id = edit.id) AS photos
     FROM edit WHERE state = ? ORDER BY id ${direction === 'undo' ? 'DESC' : 'ASC'} LIMIT 1`,
    [direction === 'undo' ? 'done' : 'undone'],
  );
  return row === undefined ? undefined : editShape.parse({ ...row, label: JSON.parse(row.label) as unknown }); // why: parsed right here
}

export function setEditState(db: WriteDb, id: EditId, state: 'done' | 'undone'): void {
  db.run('UPDATE edit SET state = ? WHERE id = ?', [state, id]);
}

/** Edits whose engine died while they were undone or done again, with what they are to be. */
export function listHalfDoneEdits(db: ReadDb): { readonly id: EditId; readonly state: 'done' | 'undone' }[] {
  return db
    .all<{ id: number; state: 'done' | 'undone' }>(
      `SELECT id, state FROM edit WHERE EXISTS (SELECT 1 FROM edit_step
         WHERE edit_id = edit.id AND is_applied = CASE edit.state WHEN 'done' THEN 0 ELSE 1 END)`,
    )
    .map(({ id, state }) => ({ id: editId.parse(id), state }));
}

export type EditStep = { readonly assetId: AssetId; readonly change: EditChange };

/** Some of an edit's steps that are not yet as they are to be. */
export function listSteps(db: ReadDb, id: EditId, isApplied: boolean, limit: number): EditStep[] {
  return db
    .all<{ assetId: AssetId; change: string }>(
      'SELECT asset_id AS assetId, change FROM edit_step WHERE edit_id = ? AND is_applied = ? LIMIT ?',
      [id, isApplied ? 1 : 0, limit],
    )
    .map(({ assetId, change }) => ({ assetId, change: editChange.parse(JSON.parse(change)) }));
}

export function markStep(db: WriteDb, id: EditId, assetId: AssetId, isApplied: boolean): void {
  db.run('UPDATE edit_step SET is_applied = ? WHERE edit_id = ? AND asset_id = ?', [
    isApplied ? 1 : 0,
    id,
    assetId,
  ]);
}

export type OwnStatement = {
  readonly id: DescriptionId;
  readonly fields: StatementFields;
  /** Whose answer the person took over in it. */
  readonly requestId: RequestId | null;
};

/** What a person says of an asset now, oldest first. */
export function listOwnStatements(db: ReadDb, assetId: AssetId): OwnStatement[] {
  return db
    .all<OwnStatementRow>(
      `SELECT id, fields, request_id AS requestId FROM description
       WHERE asset_id = ? AND owner = 'person' AND live = 1 ORDER BY id`,
      [assetId],
    )
    .map(toOwnStatement);
}

/** What a statement took the place of, as far as the edit is still known. */
export function listReplaced(db: ReadDb, assetId: AssetId, id: DescriptionId): OwnStatement[] {
  return db
    .all<OwnStatementRow>(
      `SELECT description.id, fields, request_id AS requestId
       FROM edit_step JOIN json_each(edit_step.change, '$.retired') AS retired
         JOIN description ON description.id = retired.value
       WHERE edit_step.asset_id = ? AND edit_step.change ->> 'added' = ? AND description.id < ?`,
      [assetId, id, id],
    )
    .map(toOwnStatement);
}

type OwnStatementRow = Omit<OwnStatement, 'fields'> & { readonly fields: string };

function toOwnStatement({ fields, ...row }: OwnStatementRow): OwnStatement {
  return { ...row, fields: JSON.parse(fields) as StatementFields }; // why: only the description store writes it
}

/** The caller brings the current description up to date. */
export function setLive(db: WriteDb, ids: readonly DescriptionId[], isLive: boolean): void {
  db.run('UPDATE description SET live = ? WHERE id IN (SELECT value FROM json_each(?))', [
    isLive ? 1 : 0,
    JSON.stringify(ids),
  ]);
}

/** Whether a person took it out of whatever is described; `undefined` for no asset. */
export function findExcluded(db: ReadDb, assetId: AssetId): boolean | undefined {
  const [isExcluded] = db.pluck<0 | 1>('SELECT is_excluded FROM asset WHERE id = ?', [assetId]);
  return isExcluded === undefined ? undefined : isExcluded === 1;
}

export function setExcluded(db: WriteDb, assetId: AssetId, isExcluded: boolean): void {
  db.run('UPDATE asset SET is_excluded = ? WHERE id = ?', [isExcluded ? 1 : 0, assetId]);
}
