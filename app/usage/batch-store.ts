import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, ConnectionId, JobId, RequestId, RunId } from '../contract/ids.ts';
import type { BatchState } from '../contract/batch.ts';
import type { Price } from '../contract/models/usage.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** Requests of one run that are sent and paid together. See [Note: Batches]. */
export type Batch = {
  readonly id: number;
  readonly connectionId: ConnectionId;
  readonly runId: RunId;
  /** Of its file, here and at the service. */
  readonly name: string;
  readonly state: BatchState;
  readonly sizeBytes: number;
  readonly lines: number;
  readonly tokens: number;
  readonly endpoint: string;
  readonly remoteFileId: string | null;
  readonly remoteId: string | null;
  /** As the service last said it, in small letters. */
  readonly remoteState: string | null;
  readonly remoteDone: number | null;
  readonly outputFileId: string | null;
  readonly errorFileId: string | null;
  readonly sentAtMs: number | null;
  readonly expiresAtMs: number | null;
  readonly checkedAtMs: number | null;
  /** The service is not asked about it again before that. */
  readonly askAgainAtMs: number | null;
  readonly cancelAsked: 0 | 1;
};

const columns = `id, connection_id AS connectionId, run_id AS runId, name, state, size_bytes AS sizeBytes, lines, tokens, endpoint,
  remote_file_id AS remoteFileId, remote_id AS remoteId, remote_state AS remoteState, remote_done AS remoteDone,
  output_file_id AS outputFileId, error_file_id AS errorFileId, sent_at_ms AS sentAtMs, expires_at_ms AS expiresAtMs,
  checked_at_ms AS checkedAtMs, ask_again_at_ms AS askAgainAtMs, cancel_asked AS cancelAsked`;

export function insertBatch(
  db: WriteDb,
  batch: Pick<Batch, 'connectionId' | 'runId' | 'name' | 'endpoint'>,
  nowMs: number,
): number {
  return db.run(
    `INSERT INTO batch (connection_id, run_id, name, endpoint, state, created_at_ms)
     VALUES (@connectionId, @runId, @name, @endpoint, 'filling', @nowMs)`,
    { ...batch, nowMs },
  ).lastId;
}

/** Those that are not over, oldest first. */
export function listOpenBatches(db: ReadDb, filter: { runId?: RunId } = {}): Batch[] {
  const ofRun = filter.runId === undefined ? '' : 'AND run_id = @runId';
  return db.all<Batch>(`SELECT ${columns} FROM batch WHERE state <> 'done' ${ofRun} ORDER BY id`, filter);
}

export function findBatch(db: ReadDb, id: number): Batch | undefined {
  return db.get<Batch>(`SELECT ${columns} FROM batch WHERE id = ?`, [id]);
}

/** The one of a run that takes more lines. */
export function findFilling(db: ReadDb, connectionId: ConnectionId, runId: RunId): Batch | undefined {
  return db.get<Batch>(
    `SELECT ${columns} FROM batch WHERE state <> 'done' AND state = 'filling' AND run_id = ? AND connection_id = ? LIMIT 1`,
    [runId, connectionId],
  );
}

/** A line stands in its file, behind the others. */
export function addLine(
  db: WriteDb,
  id: number,
  line: { readonly sizeBytes: number; readonly tokens: number },
): void {
  db.run(
    'UPDATE batch SET size_bytes = size_bytes + @sizeBytes, lines = lines + 1, tokens = tokens + @tokens WHERE id = @id',
    { id, ...line },
  );
}

type Change = Partial<
  Pick<
    Batch,
    | 'state'
    | 'remoteFileId'
    | 'remoteId'
    | 'remoteState'
    | 'remoteDone'
    | 'outputFileId'
    | 'errorFileId'
    | 'sentAtMs'
    | 'expiresAtMs'
    | 'checkedAtMs'
    | 'askAgainAtMs'
  >
>;

const columnOf: Readonly<Record<keyof Change, string>> = {
  state: 'state',
  remoteFileId: 'remote_file_id',
  remoteId: 'remote_id',
  remoteState: 'remote_state',
  remoteDone: 'remote_done',
  outputFileId: 'output_file_id',
  errorFileId: 'error_file_id',
  sentAtMs: 'sent_at_ms',
  expiresAtMs: 'expires_at_ms',
  checkedAtMs: 'checked_at_ms',
  askAgainAtMs: 'ask_again_at_ms',
};

/** A step of its way. @param change at least one thing; what is left out stays */
export function changeBatch(db: WriteDb, id: number, change: Change): void {
  const names = Object.keys(change) as (keyof Change)[]; // why: the keys of this type
  db.run(
    `UPDATE batch SET ${names.map((name) => `${columnOf[name]} = @${name}`).join(', ')} WHERE id = @id`,
    {
      ...change,
      id,
    },
  );
}

/** Nothing of it is left to be done, here or at the service. */
export function endBatch(db: WriteDb, id: number, nowMs: number): void {
  db.run("UPDATE batch SET state = 'done', ended_at_ms = ? WHERE id = ?", [nowMs, id]);
}

/** Their run is over: those at the service are canceled there, the others are not sent. */
export function askToCancel(db: WriteDb, runId: RunId): void {
  db.run("UPDATE batch SET cancel_asked = 1 WHERE state <> 'done' AND run_id = ?", [runId]);
}

export type BatchRequest = {
  readonly id: RequestId;
  readonly jobId: JobId;
  readonly customId: string;
  readonly assetId: AssetId;
  readonly estimatedMicroUsd: number | null;
  readonly price: Price | null;
};

/** Requests of a batch whose answers have not been taken in, in the order of its lines. */
export function listAtService(
  db: ReadDb,
  batchId: number,
  { limit, afterId = 0 }: { readonly limit: number; readonly afterId?: number },
): BatchRequest[] {
  return toRequests(
    db.all<RequestRow>(
      `${requestColumns} WHERE r.state IN ('sent', 'at-service') AND r.state = 'at-service' AND r.batch_id = @batchId
         AND r.id > @afterId ORDER BY r.id LIMIT @limit`,
      { batchId, limit, afterId },
    ),
  );
}

/** One of them by its name in the batch. */
export function findAtService(db: ReadDb, batchId: number, customId: string): BatchRequest | undefined {
  const rows = db.all<RequestRow>(
    `${requestColumns} WHERE r.batch_id IS NOT NULL AND r.batch_id = ? AND r.custom_id = ? AND r.state = 'at-service'`,
    [batchId, customId],
  );
  return toRequests(rows)[0];
}

/** Answers of a batch that no job has made a description of yet. */
export function listUnread(db: ReadDb, batchId: number): BatchRequest[] {
  return toRequests(
    db.all<RequestRow>(
      `${requestColumns} WHERE r.batch_id IS NOT NULL AND r.batch_id = ? AND r.state = 'answered' AND r.parsed = 0
         AND r.answer_text IS NOT NULL ORDER BY r.id`,
      [batchId],
    ),
  );
}

type RequestRow = Omit<BatchRequest, 'price'> & { readonly price: string | null };

const requestColumns = `SELECT r.id, r.job_id AS jobId, r.custom_id AS customId, asset_id AS assetId,
  r.estimated_micro_usd AS estimatedMicroUsd, r.price FROM request AS r JOIN request_asset ON request_id = r.id AND position = 0`;

function toRequests(rows: readonly RequestRow[]): BatchRequest[] {
  return rows.map((row) => ({
    ...row,
    price: row.price === null ? null : (JSON.parse(row.price) as Price), // why: insertRequest stored it
  }));
}

/** Never sent, so never paid. */
export function deleteUnsent(db: WriteDb, ids: readonly RequestId[]): void {
  db.run(
    "DELETE FROM request WHERE state IN ('sent', 'at-service') AND state = 'at-service' AND id IN (SELECT value FROM json_each(?))",
    [JSON.stringify(ids)],
  );
}

/** What a batch brought a job instead of an answer. */
export type BatchSetback = { readonly id: RequestId; readonly error: ErrorInfo };

export function findBatchSetback(db: ReadDb, jobId: JobId): BatchSetback | undefined {
  const row = db.get<{ id: RequestId; error: string | null }>(
    `SELECT id, error FROM request WHERE job_id = ? AND batch_id IS NOT NULL AND parsed = 0 AND answer_text IS NULL
       AND state IN ('answered', 'unanswered') ORDER BY id DESC LIMIT 1`,
    [jobId],
  );
  if (row?.error === undefined || row.error === null) return undefined;
  return { id: row.id, error: JSON.parse(row.error) as ErrorInfo }; // why: endRequest stored it
}

/** How often a job's answer was cut off at its limit. */
export function countCut(db: ReadDb, jobId: JobId, assetId: AssetId): number {
  const row = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM request_asset JOIN request ON request.id = request_id
     WHERE asset_id = ? AND request.job_id = ? AND request.batch_id IS NOT NULL AND request.finish_reason = 'length'`,
    [assetId, jobId],
  );
  return row?.count ?? 0; // why 0: the type of an aggregate's one row does not say that there is one
}

export function markLooked(db: WriteDb, id: RequestId): void {
  db.run('UPDATE request SET looked = 1 WHERE id = ?', [id]);
}

/** Whether a line of this job waits in a batch or at the service. */
export function isOnItsWay(db: ReadDb, jobId: JobId, assetId: AssetId): boolean {
  return (
    db.get(
      `SELECT 1 FROM request_asset JOIN request ON request.id = request_id
       WHERE asset_id = ? AND request.job_id = ? AND request.state = 'at-service'`,
      [assetId, jobId],
    ) !== undefined
  );
}
