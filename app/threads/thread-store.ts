import type { ErrorInfo } from '../contract/errors.ts';
import type { AnswerId, AssetId, ConnectionId, RequestId, ThreadId } from '../contract/ids.ts';
import type { Booking } from '../contract/booking.ts';
import type { Detail } from '../contract/models/detail.ts';
import type { Box } from '../contract/places.ts';
import type { AnswerFinish, ThreadAnswer, ThreadSummary } from '../contract/procedures/thread.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { AppError } from '../platform/errors.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

export type NewQuestion = {
  /** `undefined`: it begins a thread. */
  readonly threadId: ThreadId | undefined;
  readonly connectionId: ConnectionId;
  readonly question: string;
  readonly crop: Box | undefined;
  readonly moment: ThreadAnswer['moment'];
  readonly assetIds: readonly AssetId[];
};

/** A question that is about to be asked. */
export function insertQuestion(
  db: WriteDb,
  { threadId, connectionId, question, crop, moment, assetIds }: NewQuestion,
  nowMs: number,
): { threadId: ThreadId; answerId: AnswerId } {
  const inThread = threadId ?? insertThread(db, nowMs);
  touchThread(db, inThread, nowMs);
  const { lastId } = db.run(
    `INSERT INTO answer (thread_id, connection_id, question, crop, moment_start_ms, moment_end_ms, asked_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      inThread,
      connectionId,
      question,
      crop === undefined ? null : JSON.stringify(crop),
      moment?.startMs ?? null,
      moment?.endMs ?? null,
      nowMs,
    ],
  );
  assetIds.forEach((assetId, position) => {
    db.run('INSERT INTO answer_asset (answer_id, position, asset_id) VALUES (?, ?, ?)', [
      lastId,
      position,
      assetId,
    ]);
  });
  return { threadId: inThread, answerId: lastId as AnswerId }; // why: an id of this table
}

function insertThread(db: WriteDb, nowMs: number): ThreadId {
  const { lastId } = db.run('INSERT INTO thread (created_at_ms, updated_at_ms) VALUES (?, ?)', [
    nowMs,
    nowMs,
  ]);
  return lastId as ThreadId; // why: an id of this table
}

function touchThread(db: WriteDb, id: ThreadId, nowMs: number): void {
  db.run('UPDATE thread SET updated_at_ms = max(updated_at_ms, ?) WHERE id = ?', [nowMs, id]);
}

/** The request that a question went out with. Its usage and cost are the answer's. */
export function setAnswerRequest(db: WriteDb, id: AnswerId, requestId: RequestId): void {
  db.run('UPDATE answer SET request_id = ? WHERE id = ?', [requestId, id]);
}

export type AnswerEnd = {
  readonly state: 'answered' | 'partial' | 'failed';
  readonly answer: string | null;
  readonly finishReason: AnswerFinish | null;
  readonly error: ErrorInfo | null;
};

export function endAnswer(db: WriteDb, id: AnswerId, end: AnswerEnd, nowMs: number): void {
  db.run(
    `UPDATE answer SET state = ?, answer = ?, finish_reason = ?, error = ?, answered_at_ms = ?
     WHERE id = ? AND state = 'asking'`,
    [
      end.state,
      end.answer,
      end.finishReason,
      end.error === null ? null : JSON.stringify(end.error),
      nowMs,
      id,
    ],
  );
  db.run(
    'UPDATE thread SET updated_at_ms = max(updated_at_ms, ?) WHERE id = (SELECT thread_id FROM answer WHERE id = ?)',
    [nowMs, id],
  );
}

/** Takes a question back that never went out, with its thread when it was the only one. */
export function deleteQuestion(db: WriteDb, id: AnswerId): void {
  const [threadId] = db.pluck<ThreadId>('SELECT thread_id FROM answer WHERE id = ?', [id]);
  db.run('DELETE FROM answer WHERE id = ?', [id]);
  if (threadId === undefined) return;
  db.run('DELETE FROM thread WHERE id = @id AND NOT EXISTS (SELECT 1 FROM answer WHERE thread_id = @id)', {
    id: threadId,
  });
}

/** Gives how many questions it had. The ledger keeps what they cost. */
export function deleteThread(db: WriteDb, id: ThreadId): number {
  const { changes } = db.run('DELETE FROM answer WHERE thread_id = ?', [id]);
  db.run('DELETE FROM thread WHERE id = ?', [id]);
  return changes;
}

/** Of an engine that died: what is still being asked, with the answer that its request brought, if it did. */
export type LostQuestion = {
  readonly id: AnswerId;
  readonly requestId: RequestId | null;
  readonly text: string | null;
  readonly isRefusal: boolean;
  readonly finishReason: string | null;
};

export function listLostQuestions(db: ReadDb): LostQuestion[] {
  const rows = db.all<Omit<LostQuestion, 'isRefusal'> & { isRefusal: 0 | 1 }>(
    `SELECT answer.id, request.id AS requestId, request.answer_text AS text, request.error ->> 'code' IS 'refused' AS isRefusal,
       request.finish_reason AS finishReason
     FROM answer LEFT JOIN request ON request.id = answer.request_id
     WHERE answer.state = 'asking' ORDER BY answer.id`,
  );
  return rows.map((row) => ({ ...row, isRefusal: row.isRefusal === 1 }));
}

/** All photos that a thread is about. */
export function listThreadAssets(db: ReadDb, id: ThreadId): AssetId[] {
  return db.pluck(
    `SELECT asset_id FROM answer JOIN answer_asset ON answer_id = answer.id WHERE thread_id = ?
     GROUP BY asset_id ORDER BY min(answer_id), min(position)`,
    [id],
  );
}

type AnswerRow = {
  id: AnswerId;
  threadId: ThreadId;
  question: string;
  answer: string | null;
  state: ThreadAnswer['state'];
  error: string | null;
  finishReason: AnswerFinish | null;
  assetIds: string;
  crop: string | null;
  startMs: number | null;
  endMs: number | null;
  connectionId: ConnectionId;
  connection: string;
  modelAnswered: string | null;
  detail: Detail | null;
  requestId: RequestId | null;
  inputTokens: number | null;
  outputTokens: number | null;
  costMicroUsd: number | null;
  booking: Booking | null;
  askedAtMs: number;
  answeredAtMs: number | null;
};

const answerColumns = `answer.id, answer.thread_id AS threadId, answer.question, answer.answer, answer.state, answer.error,
  answer.finish_reason AS finishReason, answer.crop, answer.moment_start_ms AS startMs, answer.moment_end_ms AS endMs,
  answer.connection_id AS connectionId, coalesce(connection.own_name, connection.name) AS connection,
  (SELECT json_group_array(asset_id ORDER BY position) FROM answer_asset WHERE answer_id = answer.id) AS assetIds,
  request.model_answered AS modelAnswered, request.detail, request.id AS requestId, request.input_tokens AS inputTokens,
  request.output_tokens AS outputTokens, request.booking,
  CASE WHEN request.booking = 'pending' THEN request.estimated_micro_usd ELSE request.cost_micro_usd END AS costMicroUsd,
  answer.asked_at_ms AS askedAtMs, answer.answered_at_ms AS answeredAtMs`;

const answersWithRequests = `FROM answer JOIN connection ON connection.id = answer.connection_id
  LEFT JOIN request ON request.id = answer.request_id`;

/** @throws {AppError} `not-found` */
export function getAnswer(db: ReadDb, id: AnswerId): ThreadAnswer {
  const row = db.get<AnswerRow>(`SELECT ${answerColumns} ${answersWithRequests} WHERE answer.id = ?`, [id]);
  if (row === undefined) throw new AppError('not-found', { what: `Answer ${String(id)}` });
  return toAnswer(row);
}

/** A thread's questions and answers, oldest first. */
export function listAnswers(db: ReadDb, threadId: ThreadId): ThreadAnswer[] {
  return db
    .all<AnswerRow>(
      `SELECT ${answerColumns} ${answersWithRequests} WHERE answer.thread_id = ? ORDER BY answer.id`,
      [threadId],
    )
    .map(toAnswer);
}

/** All that was asked about a photo, alone or among others, oldest first. */
export function listAnswersAbout(db: ReadDb, assetId: AssetId): ThreadAnswer[] {
  return db
    .all<AnswerRow>(
      `SELECT ${answerColumns} ${answersWithRequests}
       WHERE answer.id IN (SELECT answer_id FROM answer_asset WHERE asset_id = ?) ORDER BY answer.id`,
      [assetId],
    )
    .map(toAnswer);
}

function toAnswer({ inputTokens, outputTokens, startMs, endMs, ...row }: AnswerRow): ThreadAnswer {
  return {
    ...row,
    error: row.error === null ? null : (JSON.parse(row.error) as ErrorInfo), // why: only endAnswer writes it
    assetIds: JSON.parse(row.assetIds) as AssetId[], // why: made by the SQL above
    crop: row.crop === null ? null : (JSON.parse(row.crop) as Box), // why: only insertQuestion writes it
    moment: startMs === null || endMs === null ? null : { startMs, endMs },
    usage: inputTokens === null || outputTokens === null ? null : { inputTokens, outputTokens },
  };
}

/** Photos of a thread that its summary names. */
const namedPhotos = 100;
/** Of the last answer, for a list. */
const answerBeginning = 300;

type ThreadRow = Omit<ThreadSummary, 'assetIds' | 'isAsking'> & { assetIds: string; isAsking: 0 | 1 };

/** One grouping of a thread's photos for both their number and their names. */
const threadColumns = `thread.id, thread.created_at_ms AS createdAtMs, thread.updated_at_ms AS updatedAtMs,
  (SELECT question FROM answer WHERE thread_id = thread.id ORDER BY id LIMIT 1) AS question,
  (SELECT substr(answer, 1, ${String(answerBeginning)}) FROM answer WHERE thread_id = thread.id AND answer IS NOT NULL
    ORDER BY id DESC LIMIT 1) AS answer,
  (SELECT count(*) FROM answer WHERE thread_id = thread.id) AS questions,
  EXISTS (SELECT 1 FROM answer WHERE thread_id = thread.id AND state = 'asking') AS isAsking,
  (SELECT count(DISTINCT asset_id) FROM answer JOIN answer_asset ON answer_id = answer.id
    WHERE thread_id = thread.id) AS photos,
  (SELECT json_group_array(asset_id) FROM (SELECT asset_id FROM answer JOIN answer_asset ON answer_id = answer.id
    WHERE thread_id = thread.id GROUP BY asset_id ORDER BY min(answer_id), min(position)
    LIMIT ${String(namedPhotos)})) AS assetIds,
  (SELECT CASE count(*) WHEN 0 THEN 0 ELSE sum(CASE WHEN booking = 'pending' THEN estimated_micro_usd ELSE cost_micro_usd END) END
    FROM answer JOIN request ON request.id = answer.request_id WHERE thread_id = thread.id) AS costMicroUsd`;

/** @throws {AppError} `not-found` */
export function getThread(db: ReadDb, id: ThreadId): ThreadSummary {
  const row = db.get<ThreadRow>(`SELECT ${threadColumns} FROM thread WHERE thread.id = ?`, [id]);
  if (row === undefined) throw new AppError('not-found', { what: `Thread ${String(id)}` });
  return toSummary(row);
}

/** Where a page of threads ends: what changes moves to the front, and is not missed by who reads on. */
export type ThreadCursor = { readonly updatedAtMs: number; readonly id: number };

/** Newest first; with `assetId` only those about this photo. */
export function listThreads(
  db: ReadDb,
  filter: {
    readonly assetId?: AssetId | undefined;
    readonly after?: ThreadCursor | undefined;
    readonly limit: number;
  },
): ThreadSummary[] {
  const { assetId, after, limit } = filter;
  const conditions = [
    'TRUE',
    ...(assetId === undefined
      ? []
      : [
          `thread.id IN (SELECT thread_id FROM answer_asset JOIN answer ON answer.id = answer_id
             WHERE answer_asset.asset_id = @assetId)`,
        ]),
    ...(after === undefined ? [] : ['(thread.updated_at_ms, thread.id) < (@updatedAtMs, @id)']),
  ];
  return db
    .all<ThreadRow>(
      `SELECT ${threadColumns} FROM thread WHERE ${conditions.join(' AND ')}
       ORDER BY thread.updated_at_ms DESC, thread.id DESC LIMIT @limit`,
      { limit, ...(assetId === undefined ? {} : { assetId }), ...after },
    )
    .map(toSummary);
}

function toSummary(row: ThreadRow): ThreadSummary {
  return {
    ...row,
    assetIds: JSON.parse(row.assetIds) as AssetId[], // why: made by the SQL above
    isAsking: row.isAsking === 1,
  };
}
