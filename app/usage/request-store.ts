import { hash } from 'node:crypto';
import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, ConnectionId, JobId, RequestId, RunId } from '../contract/ids.ts';
import type { Booking } from '../contract/booking.ts';
import type { Detail } from '../contract/models/detail.ts';
import type { Price, TokenUsage } from '../contract/models/usage.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

export type NewRequest = {
  readonly runId: RunId | null;
  readonly connectionId: ConnectionId;
  /** `null` for what a person waits for, which is no job. */
  readonly jobId: JobId | null;
  readonly kind: 'describe' | 'ask';
  readonly promptVersion: string;
  /** The exact words, kept so that they can be shown. */
  readonly sent?: SentText;
  readonly detail: Detail | null;
  readonly modelAsked: string | null;
  readonly estimatedInputTokens: number;
  /** Upper limit. */
  readonly estimatedOutputTokens: number;
  /** Features asked for; `null` for models, which count tokens. */
  readonly estimatedTransactions?: number | null;
  /** Upper estimate; `null` = price unknown. */
  readonly estimatedMicroUsd: number | null;
  readonly price: Price | null;
  /** It goes as a line of a batch: it is at the service until its answer is taken in. */
  readonly batch?: { readonly id: number; readonly customId: string };
  readonly assets: readonly {
    readonly assetId: AssetId;
    readonly sentWidthPx: number | null;
    readonly sentHeightPx: number | null;
    /** The picture as it is sent. */
    readonly bytes?: Uint8Array;
    /** Its own job, where it is sent together with others. See [Note: Together]. */
    readonly jobId?: JobId;
    /** How much of the request is for it, in tokens. @default all are for the same */
    readonly share?: number;
  }[];
};

export type SentText = {
  readonly instructions: string;
  readonly text: string;
  readonly responseSchema?: { readonly name: string; readonly schema: unknown } | undefined;
};

/** Step 2 of the money rule: the row that makes a request visible before it is sent. See [Note: Paid results]. */
export function insertRequest(db: WriteDb, request: NewRequest, nowMs: number): RequestId {
  const { lastId } = db.run(
    `INSERT INTO request (run_id, connection_id, job_id, kind, state, booking, sent_at_ms, prompt_version, detail, model_asked,
       estimated_input_tokens, estimated_output_tokens, estimated_transactions, estimated_micro_usd, price, prompt_text_id, user_text, batch_id, custom_id)
     VALUES (@runId, @connectionId, @jobId, @kind, @state, 'pending', @nowMs, @promptVersion, @detail, @modelAsked,
       @estimatedInputTokens, @estimatedOutputTokens, @estimatedTransactions, @estimatedMicroUsd, @price, @promptTextId, @userText, @batchId, @customId)`,
    {
      runId: request.runId,
      connectionId: request.connectionId,
      jobId: request.jobId,
      kind: request.kind,
      nowMs,
      promptVersion: request.promptVersion,
      detail: request.detail,
      modelAsked: request.modelAsked,
      estimatedInputTokens: request.estimatedInputTokens,
      estimatedOutputTokens: request.estimatedOutputTokens,
      estimatedTransactions: request.estimatedTransactions ?? null,
      estimatedMicroUsd: request.estimatedMicroUsd,
      price: request.price === null ? null : JSON.stringify(request.price),
      promptTextId: request.sent === undefined ? null : keepPromptText(db, request.sent, nowMs),
      userText: request.sent?.text ?? null,
      state: request.batch === undefined ? 'sent' : 'at-service',
      batchId: request.batch?.id ?? null,
      customId: request.batch?.customId ?? null,
    },
  );
  request.assets.forEach((asset, position) => {
    db.run(
      `INSERT INTO request_asset (request_id, position, asset_id, sent_width_px, sent_height_px, sent_bytes, sent_sha256, job_id, share)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        lastId,
        position,
        asset.assetId,
        asset.sentWidthPx,
        asset.sentHeightPx,
        asset.bytes?.byteLength ?? null,
        asset.bytes === undefined ? null : hash('sha256', asset.bytes, 'hex'),
        asset.jobId ?? null,
        asset.share ?? 1,
      ],
    );
  });
  return lastId as RequestId; // why: an id of this table
}

/** Thousands of requests share one wording: it is kept once. */
function keepPromptText(db: WriteDb, { instructions, responseSchema }: SentText, nowMs: number): number {
  const schema = responseSchema === undefined ? '' : JSON.stringify(responseSchema);
  db.run(
    'INSERT OR IGNORE INTO prompt_text (instructions, response_schema, first_used_at_ms) VALUES (?, ?, ?)',
    [instructions, schema, nowMs],
  );
  const row = db.get<{ id: number }>(
    'SELECT id FROM prompt_text WHERE instructions = ? AND response_schema = ?',
    [instructions, schema],
  );
  if (row === undefined) throw new Error('a prompt text was not kept');
  return row.id;
}

export type RequestEnd = {
  readonly state: 'answered' | 'unanswered';
  readonly booking: Exclude<Booking, 'pending'>;
  /** `null` = price unknown. */
  readonly costMicroUsd: number | null;
  readonly usage?: TokenUsage | undefined;
  readonly httpStatus?: number | undefined;
  readonly error?: ErrorInfo | undefined;
  readonly modelAnswered?: string | undefined;
  readonly serviceRequestId?: string | undefined;
  readonly finishReason?: string | undefined;
  readonly contentFilter?: unknown;
  readonly rawAnswer?: string | undefined;
  /** The model's text in the raw answer, or its refusal. */
  readonly answerText?: string | undefined;
};

/** Step 4 of the money rule: what came back, stored before anything of it is parsed. */
export function endRequest(db: WriteDb, id: RequestId, end: RequestEnd, nowMs: number): void {
  db.run(
    `UPDATE request SET state = @state, booking = @booking, ended_at_ms = @nowMs, http_status = @httpStatus, error = @error,
       model_answered = @modelAnswered, service_request_id = @serviceRequestId, finish_reason = @finishReason,
       content_filter = @contentFilter, input_tokens = @inputTokens, output_tokens = @outputTokens,
       cached_input_tokens = @cachedInputTokens, image_tokens = @imageTokens, reasoning_tokens = @reasoningTokens, transactions = @transactions,
       cost_micro_usd = @cost, raw_answer = @rawAnswer, answer_text = @answerText
     WHERE id = @id AND state IN ('sent', 'at-service')`,
    {
      id,
      state: end.state,
      booking: end.booking,
      nowMs,
      httpStatus: end.httpStatus ?? null,
      error: end.error === undefined ? null : JSON.stringify(end.error),
      modelAnswered: end.modelAnswered ?? null,
      serviceRequestId: end.serviceRequestId ?? null,
      finishReason: end.finishReason ?? null,
      contentFilter: end.contentFilter === undefined ? null : JSON.stringify(end.contentFilter),
      inputTokens: end.usage?.inputTokens ?? null,
      outputTokens: end.usage?.outputTokens ?? null,
      cachedInputTokens: end.usage?.cachedInputTokens ?? null,
      imageTokens: end.usage?.imageTokens ?? null,
      reasoningTokens: end.usage?.reasoningTokens ?? null,
      transactions: end.usage?.features?.length ?? null,
      cost: end.costMicroUsd,
      rawAnswer: end.rawAnswer ?? null,
      answerText: end.answerText ?? null,
    },
  );
}

/**
 * At open: a request that is still *sent* belonged to an engine that died between sending and storing. Nobody knows
 * whether it was charged, so it is booked at its upper estimate and listed.
 */
export function bookLostRequests(db: WriteDb, nowMs: number): number {
  return db.run(
    `UPDATE request SET state = 'unanswered', booking = 'estimate', cost_micro_usd = estimated_micro_usd, ended_at_ms = ?,
       error = '{"code":"answer-lost","details":{}}'
     -- Both states together are those of the index: the ledger, with every raw answer, is not read at each open.
     WHERE state IN ('sent', 'at-service') AND state = 'sent'`,
    [nowMs],
  ).changes;
}

/** How many requests of a job lost their engine: each time, its picture had been decoded well. */
export function countLostRequests(db: ReadDb, jobId: JobId): number {
  const row = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM request WHERE error ->> 'code' = 'answer-lost'
       AND (job_id = @jobId OR id IN (SELECT request_id FROM request_asset WHERE job_id = @jobId))`,
    { jobId },
  );
  return row?.count ?? 0; // why 0: the type of an aggregate's one row does not say that there is one
}

/** An answer whose text became a description (or was understood as a refusal). */
export function markParsed(db: WriteDb, id: RequestId): void {
  db.run('UPDATE request SET parsed = 1 WHERE id = ?', [id]);
}

export type StoredAnswer = {
  readonly id: RequestId;
  readonly answerText: string;
  /** The text is the model's refusal. */
  readonly refused: 0 | 1;
  readonly finishReason: string | null;
  readonly promptVersion: string;
  readonly modelAnswered: string | null;
  readonly detail: string | null;
  readonly sentWidthPx: number | null;
  readonly sentHeightPx: number | null;
  /** It came with a batch, and its job has not looked at it yet. */
  readonly isNew: 0 | 1;
};

/** A paid answer for a job that was stored but not yet turned into a description: it is parsed again for free. */
export function findUnparsedAnswer(db: ReadDb, jobId: JobId): StoredAnswer | undefined {
  return db.get<StoredAnswer>(
    `SELECT id, answer_text AS answerText, error ->> 'code' IS 'refused' AS refused, finish_reason AS finishReason, prompt_version AS promptVersion,
       model_answered AS modelAnswered, detail, sent_width_px AS sentWidthPx, sent_height_px AS sentHeightPx,
       batch_id IS NOT NULL AND looked = 0 AS isNew
     FROM request JOIN request_asset ON request_id = id AND position = 0
     WHERE request.job_id = ? AND state = 'answered' AND parsed = 0 AND answer_text IS NOT NULL AND request_asset.job_id IS NULL
     ORDER BY id DESC LIMIT 1`,
    [jobId],
  );
}

/** For a request that never left this machine. */
export function deleteRequest(db: WriteDb, id: RequestId): void {
  db.run("DELETE FROM request WHERE id = ? AND state = 'sent'", [id]);
}
