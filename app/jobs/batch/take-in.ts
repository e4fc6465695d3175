import { setImmediate as nextTurn } from 'node:timers/promises';
import { findCandidate } from '../../captioning/candidate-store.ts';
import type { WriteDb } from '../../captioning/description-store.ts';
import { responseSchema } from '../../captioning/response-schema.ts';
import type { ErrorInfo } from '../../contract/errors.ts';
import type { AssetId } from '../../contract/ids.ts';
import type { Price } from '../../contract/models/usage.ts';
import { readBatchAnswer, type BatchAnswer } from '../../providers/batch/batch-answer.ts';
import { toBatchBody } from '../../providers/batch/batch-line.ts';
import type { BatchTrouble } from '../../providers/batch/batch-service.ts';
import type { RefusedRequest } from '../../providers/errors.ts';
import type { Answer, FinishReason } from '../../providers/provider.ts';
import { createRedact } from '../../providers/redact.ts';
import { isLiveJob } from '../../queue/job-store.ts';
import { isParkedJob } from '../../queue/lane-job-store.ts';
import { getConnection, saveLearned } from '../../settings/connection-store.ts';
import { changeBatch, deleteUnsent, findAtService, listUnread } from '../../usage/batch-store.ts';
import { batchPrice } from '../../usage/prices.ts';
import { endRequest, findUnparsedAnswer, markParsed } from '../../usage/request-store.ts';
import { batchLaneOf, laneOf } from '../connection-lane.ts';
import { learnFromAnswer } from '../learn.ts';
import { bookingOf, errorOf, priceOf } from '../outcomes.ts';
import { settleAnswer } from '../settle-answer.ts';
import { batchPath, readLinePages } from './batch-file.ts';
import type { BatchContext, Tending } from './context.ts';
import { failLines, giveBack, waitForQuota } from './give-back.ts';

const takenAtOnce = 50;

/**
 * The batch has ended at the service: its answers are fetched to the disk, and stored raw in the ledger before any is read.
 * From there each photo goes on by itself. What the service did not come to is not paid, and goes on as its run wishes. Done
 * again after a crash, it finds what it took in, and takes in the rest.
 *
 * @returns what keeps it from it, for the time being
 */
export async function takeIn(context: BatchContext, tending: Tending): Promise<BatchTrouble | undefined> {
  const { batch, service, signal } = tending;
  if (batch.remoteState === 'failed') return takeRefusal(context, tending);
  let isLost = batch.remoteState === 'gone';
  for (const [kind, id] of [
    ['output', batch.outputFileId],
    ['errors', batch.errorFileId],
  ] as const) {
    if (id === null) continue;
    const path = batchPath(context.libraryFolder, batch.name, kind);
    const reply = await service.fetchFile(id, path, signal);
    if (reply.status === 'trouble') return reply;
    if (reply.status === 'gone') {
      isLost = true;
      continue;
    }
    for await (const page of readLinePages(path, takenAtOnce)) takePage(context, tending, page);
  }
  takeRest(context, tending, isLost);
  await settleCanceled(context, tending);
  context.transact((db) => {
    changeBatch(db, batch.id, { state: 'cleaning' });
  });
  return undefined;
}

function takePage(context: BatchContext, { batch, ...tending }: Tending, lines: readonly string[]): void {
  const connection = getConnection(context.read, tending.connection.id);
  const { run } = tending;
  const refused: RefusedRequest = {
    deployment: connection.batchDeployment ?? connection.deployment ?? undefined,
    learned: connection.learned,
    // What was sent is not kept: the names of its parameters are those that would be sent now.
    body: toBatchBody(
      {
        instructions: '',
        text: '',
        pictures: [],
        maxOutputTokens: 1,
        responseSchema: responseSchema(run.options.fields),
        // Only the built-in describer reads it.
        known: emptyFacts,
      },
      connection,
    ),
    hasResponses: connection.form !== 'dated',
    redact: createRedact(context.secretOf(connection)),
    nowMs: context.clock.now(),
  };
  const answers = lines.flatMap((line) => readBatchAnswer(line, refused) ?? []);
  let blocked: ErrorInfo | undefined;
  context.transact((db) => {
    for (const answer of answers) blocked = takeAnswer(context, db, { batch, ...tending }, answer) ?? blocked;
  });
  context.budgets.forget();
  const answered = answers.find(
    (answer): answer is BatchAnswer & { outcome: Answer } => answer.outcome.status === 'answered',
  );
  if (answered !== undefined) learnFromAnswer(context, connection, answered.outcome);
  if (blocked !== undefined && run.state === 'running') context.pauseRun(run.id, blocked);
}

const emptyFacts = {
  facts: {},
  fileName: '',
  folders: [],
  notes: [],
  widthPx: 1,
  heightPx: 1,
  frameCount: 1,
  colors: [],
  isMonochrome: false,
};

/** @returns why nothing of the kind will be answered until a person does something */
function takeAnswer(
  context: BatchContext,
  db: WriteDb,
  { batch, connection }: Tending,
  { customId, isExpired, outcome }: BatchAnswer,
): ErrorInfo | undefined {
  const request = isExpired ? undefined : findAtService(db, batch.id, customId);
  if (request === undefined) return undefined;
  const isParked = isParkedJob(db, request.jobId);
  const price = request.price ?? asBatch(priceOf(connection, outcome, undefined));
  const end = bookingOf(outcome, request.estimatedMicroUsd, price);
  endRequest(db, request.id, end, context.clock.now());
  if (outcome.status === 'adapted') saveLearned(db, connection.id, outcome.learned);
  // An answer is read by its job, a refusal ends it; what is nobody's fault is simply asked for again.
  const isForJob = outcome.status !== 'adapted' && outcome.status !== 'blocked';
  if (!isForJob || (outcome.status !== 'answered' && !isParked)) markParsed(db, request.id);
  context.unpark(db, [request.jobId], batchLaneOf(connection.id));
  return outcome.status === 'blocked' ? errorOf(outcome) : undefined;
}

/** What no file says anything of. */
function takeRest(context: BatchContext, tending: Tending, isLost: boolean): void {
  const { batch, run, connection } = tending;
  const nowMs = context.clock.now();
  if (isLost || batch.remoteState === 'completed') {
    giveBack(context, tending, (db, requests) => {
      for (const { id, jobId, estimatedMicroUsd } of requests) {
        const isParked = isParkedJob(db, jobId);
        const error: ErrorInfo = { code: 'answer-lost', details: {} };
        const booked = { booking: 'estimate', costMicroUsd: estimatedMicroUsd } as const;
        endRequest(db, id, { state: 'unanswered', ...booked, error }, nowMs);
        if (!isParked) markParsed(db, id);
      }
    });
    return;
  }
  const isExpired = batch.remoteState === 'expired';
  const lane =
    isExpired && run.options.batch?.rest === 'live' ? laneOf(connection.id) : batchLaneOf(connection.id);
  const reason = isExpired ? 'The service did not come to it within a day.' : 'The batch was canceled.';
  const error: ErrorInfo = { code: isExpired ? 'provider-timeout' : 'canceled', details: { reason } };
  giveBack(
    context,
    tending,
    (db, requests) => {
      for (const { id } of requests) {
        endRequest(db, id, { state: 'unanswered', booking: 'free', costMicroUsd: 0, error }, nowMs);
        markParsed(db, id);
      }
    },
    lane,
  );
}

/** Photos of a run that was canceled have no job any more; what was done of them was paid, and is kept. */
async function settleCanceled(context: BatchContext, { batch, run, connection }: Tending): Promise<void> {
  const described: AssetId[] = [];
  for (const { id, jobId, assetId } of listUnread(context.read, batch.id)) {
    const stored = findUnparsedAnswer(context.read, jobId);
    if (stored?.id !== id || isLiveJob(context.read, jobId)) continue;
    const candidate = findCandidate(context.read, assetId);
    const finishReason = stored.finishReason as FinishReason | null; // why: endRequest stored it
    const answer = {
      ...stored,
      requestId: id,
      text: stored.answerText,
      refused: stored.refused === 1,
      finishReason,
    };
    const result =
      candidate === undefined ? undefined : settleAnswer(context, { run, connection, candidate }, answer);
    context.transact((db) => {
      if (result?.status === 'finished') result.commit?.(db);
      markParsed(db, id);
    });
    if (result?.status === 'finished') described.push(assetId);
    await nextTurn();
  }
  if (described.length > 0) context.tellDescribed(run.id, described);
}

/** The service did not take the file as it is. */
async function takeRefusal(context: BatchContext, tending: Tending): Promise<BatchTrouble | undefined> {
  const { batch, run, connection, service, signal } = tending;
  const reply = await service.getBatch(batch.remoteId ?? '', signal);
  if (reply.status === 'trouble') return reply;
  const errors = reply.status === 'ok' ? reply.value.errors : [];
  const [first] = errors;
  const reason = first?.message ?? first?.code ?? 'The service refused the batch and did not say why.';
  const has = (...codes: readonly string[]): boolean => errors.some(({ code }) => codes.includes(code ?? ''));
  context.log.warn('the service refused a batch', {
    batch: batch.id,
    codes: errors.map(({ code }) => code).join(' '),
  });
  if (has('token_limit_exceeded', 'too_many_tasks')) waitForQuota(context, tending);
  else if (has('model_not_found', 'input_no_permissions')) {
    const deployment = connection.batchDeployment ?? connection.deployment ?? undefined;
    const error: ErrorInfo = { code: 'provider-deployment-not-found', details: { deployment, reason } };
    if (run.state === 'running') context.pauseRun(run.id, error);
    undo(context, tending);
  } else {
    const lines = errors.flatMap(({ line }) => (line === undefined ? [] : [line]));
    failLines(context, tending, lines, reason);
  }
  return undefined;
}

function undo(context: BatchContext, tending: Tending): void {
  giveBack(context, tending, (db, requests) => {
    deleteUnsent(
      db,
      requests.map(({ id }) => id),
    );
  });
  context.transact((db) => {
    changeBatch(db, tending.batch.id, { state: 'cleaning' });
  });
}

function asBatch(price: Price | undefined): Price | undefined {
  return price === undefined ? undefined : batchPrice(price);
}
