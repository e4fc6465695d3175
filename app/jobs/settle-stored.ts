import { findTwinDescription, isDescribed } from '../captioning/described-store.ts';
import { copyDescription, type WriteDb } from '../captioning/description-store.ts';
import { toAsker } from '../captioning/asker.ts';
import { splitAnswer } from '../captioning/together-answer.ts';
import type { JobResult } from '../queue/job-handler.ts';
import { getConnection } from '../settings/connection-store.ts';
import { markLooked } from '../usage/batch-store.ts';
import { findUnparsedAnswer, markParsed, type StoredAnswer } from '../usage/request-store.ts';
import { findUnreadPart, settlePart } from '../usage/shared-request-store.ts';
import type { Asking } from './asking.ts';
import type { JobsContext } from './context.ts';
import { settleAnswer, type AnswerToSettle } from './settle-answer.ts';

/** Everything that needs no new request. */
export function settleWithoutAsking(context: JobsContext, asking: Asking): JobResult | undefined {
  const { run, candidate } = asking;
  const asker = toAsker(getConnection(context.read, run.connectionId), run.options, run.id);
  if (isDescribed(context.read, asker, candidate)) {
    return { status: 'skipped', reason: 'described already' };
  }
  const twin = findTwinDescription(context.read, asker, candidate);
  if (twin !== undefined) {
    return {
      status: 'finished',
      data: { assetIds: [candidate.assetId] },
      commit: (db) => {
        copyDescription(db, twin.descriptionId, candidate.assetId, run.id, context.clock.now());
        context.indexAsset(db, candidate.assetId);
      },
    };
  }
  return settleStored(context, asking) ?? settlePartStored(context, asking);
}

function settleStored(
  context: JobsContext,
  { job, run, connection, candidate }: Asking,
): JobResult | undefined {
  const stored = findUnparsedAnswer(context.read, job.id);
  if (stored === undefined) return undefined;
  const answer = toSettleStored(stored);
  const result = settleAnswer(context, { run, connection, candidate }, answer);
  if (stored.isNew === 1) return settleNew(stored, result);
  if (result.status !== 'failed' || result.error.code !== 'provider-bad-response') return result;
  // Still unreadable, and somebody asked for another try: this answer is given up, and a new one is asked for.
  context.transact((db) => {
    markParsed(db, stored.id);
  });
  return undefined;
}

/** An answer that a batch brought is looked at for the first time: one that was cut off is asked for once more. */
function settleNew(stored: StoredAnswer, result: JobResult): JobResult {
  if (result.status !== 'failed') return result;
  const isUnreadable = result.error.code === 'provider-bad-response';
  if (stored.finishReason !== 'length' || stored.refused === 1) {
    const commit = (db: WriteDb): void => {
      markLooked(db, stored.id);
    };
    return isUnreadable ? { ...result, commit } : result;
  }
  const commit = (db: WriteDb): void => {
    markParsed(db, stored.id);
  };
  return { status: 'released', commit };
}

/** What was paid for together with others, by an engine that died before it had read this photo's part. */
function settlePartStored(context: JobsContext, asking: Asking): JobResult | undefined {
  const stored = findUnreadPart(context.read, asking.job.id);
  if (stored === undefined) return undefined;
  const answer = toSettleStored(stored);
  const parts = splitAnswer(answer.text, stored.photos, answer.finishReason === 'length');
  const result = settlePartOf(context, asking, answer, parts.get(stored.number));
  if (result !== undefined) return result;
  context.transact((db) => {
    settlePart(db, stored.id, asking.job.id);
  });
  return undefined;
}

/**
 * Makes a description of a photo's part of an answer about several. `undefined`: nothing came of it, so the photo is to be
 * asked about alone. See [Note: Together].
 */
export function settlePartOf(
  context: JobsContext,
  { job, run, connection, candidate }: Asking,
  answer: AnswerToSettle,
  part: string | undefined,
): JobResult | undefined {
  if (part === undefined || answer.refused || answer.finishReason === 'content-filter') return undefined;
  const result = settleAnswer(
    context,
    { run, connection, candidate },
    { ...answer, text: part, partOf: job.id },
  );
  return result.status === 'finished' ? result : undefined;
}

function toSettleStored(stored: StoredAnswer): AnswerToSettle {
  return {
    ...stored,
    requestId: stored.id,
    text: stored.answerText,
    refused: stored.refused === 1,
    finishReason: stored.finishReason as AnswerToSettle['finishReason'], // why: endRequest stored it
  };
}
