import { randomUUID } from 'node:crypto';
import { toAsker } from '../../captioning/asker.ts';
import { isDescribed } from '../../captioning/described-store.ts';
import { modelTerms, type ModelTerms, type RequestEstimate } from '../../captioning/plan.ts';
import { getRun, getRunVocabulary } from '../../captioning/run-store.ts';
import type { ErrorInfo } from '../../contract/errors.ts';
import type { Connection } from '../../contract/models/connection.ts';
import { fitsBatch } from '../../providers/batch/batch-limits.ts';
import { batchEndpoint, toBatchBody, toBatchLine } from '../../providers/batch/batch-line.ts';
import { takesBatches } from '../../providers/batch/takes-batches.ts';
import type { VisionRequest } from '../../providers/provider.ts';
import type { JobContext, JobResult } from '../../queue/job-handler.ts';
import { getConnection } from '../../settings/connection-store.ts';
import {
  addLine,
  changeBatch,
  countCut,
  findBatchSetback,
  findFilling,
  insertBatch,
  isOnItsWay,
  listOpenBatches,
  type Batch,
  type BatchSetback,
} from '../../usage/batch-store.ts';
import { upperCostMicroUsd } from '../../usage/cost.ts';
import { modelOf } from '../../usage/prices.ts';
import { insertRequest, markParsed } from '../../usage/request-store.ts';
import { exceededError, hasLimit, limitsOf } from '../budget-limits.ts';
import { nextLaneOf, sentLaneOf } from '../connection-lane.ts';
import type { JobsContext } from '../context.ts';
import { lookAgain } from '../obstacle.ts';
import type { Asking } from '../asking.ts';
import { renderEstimated } from '../render-estimated.ts';
import { secondLimitFactor, toRequest } from '../to-request.ts';
import { withPlace } from '../with-place.ts';
import { toRow } from '../send-request.ts';
import { batchPath, writeLine } from './batch-file.ts';

/** Files of one connection that wait on the disk to be sent; each may have 200 MB. */
const mostOnDisk = 3;

/**
 * [Note: Batches]
 * A photo of a run that goes as batches is rendered as any other, and its request becomes a line of a file: written to the
 * disk first, then to the ledger, as *at the service* and reserved at the price of a batch, in one transaction with the length
 * of the file. Its job is then parked ([Note: Parked jobs]). `tend-batch.ts` sends the file once it is full or nothing more
 * comes, and takes the answers in; each job whose answer is there goes on by the way of an answer that was stored before it was
 * read, which is the way of every other. Nothing is ever created at the service without having looked whether it is there
 * already: by the file's name, which nobody else has.
 */
export async function askByBatch(
  context: JobsContext,
  wish: Asking,
  jobContext: JobContext,
): Promise<JobResult> {
  const { job, run, connection } = wish;
  const setback = findBatchSetback(context.read, job.id);
  if (setback !== undefined) return resultOfSetback(setback);
  // The engine died after the line was written and before its job was parked.
  if (isOnItsWay(context.read, job.id, wish.candidate.assetId)) return parked(sentLaneOf(connection.id));
  const cut = countCut(context.read, job.id, wish.candidate.assetId);
  if (cut > 1) return { status: 'failed', error: { code: 'answer-truncated', details: {} } };
  if (!takesBatches(connection)) {
    return pause(context, wish, {
      code: 'provider-misconfigured',
      details: { reason: 'It does not take batches any more: name the deployment that answers them.' },
    });
  }
  if (!hasRoom(context, connection)) return parked(nextLaneOf(connection.id));

  const { signal } = jobContext;
  const asking = { ...wish, candidate: await withPlace(context, wish.candidate, signal) };
  const terms = modelTerms(connection, { isBatch: true });
  const vocabulary = getRunVocabulary(context.read, run.id);
  const rendered = await renderEstimated(context, asking, { terms, vocabulary }, signal);
  if (rendered.status === 'not-rendered') return rendered.result;
  const { estimate, pictures } = rendered.value;
  const request = toRequest(asking, { estimate, vocabulary, pictures });
  const maxOutputTokens = request.maxOutputTokens * (cut === 0 ? 1 : secondLimitFactor);
  const toAdd = { ...asking, terms, estimate, request: { ...request, maxOutputTokens } };
  return context.batchTurns.run(() => addToBatch(context, toAdd, jobContext));
}

type ToAdd = Asking & {
  readonly terms: ModelTerms;
  readonly estimate: RequestEstimate;
  readonly request: VisionRequest;
};

/** Its turn has come: everything is read anew, as before a request is sent. */
async function addToBatch(context: JobsContext, wish: ToAdd, jobContext: JobContext): Promise<JobResult> {
  if (jobContext.signal.aborted || jobContext.draining.aborted) return { status: 'released' };
  const connection = getConnection(context.read, wish.connection.id);
  const { job, run, terms, estimate, request } = wish;
  const seen = lookAgain(context, { ...wish, connection });
  if (seen.status === 'obstacle') return seen.result;
  if (isDescribed(context.read, toAsker(connection, run.options, run.id), seen.candidate)) {
    return { status: 'skipped', reason: 'described already' };
  }
  const limits = limitsOf(context, getRun(context.read, run.id));
  const outputTokens = request.maxOutputTokens;
  const upper =
    terms.price === undefined
      ? null
      : upperCostMicroUsd({ inputTokens: estimate.inputTokens, outputTokens }, terms.price);
  if (hasLimit(limits) && upper === null) {
    return pause(context, wish, { code: 'price-unknown', details: { model: modelOf(connection) } });
  }
  const exceeded = context.budgets.findExceeded(limits, upper ?? 0); // why 0: without limits nothing is compared
  if (exceeded !== undefined) {
    // Most of what is reserved for a batch is given back when it is there.
    const mayFreeUp = listOpenBatches(context.read, { runId: run.id }).length > 0;
    return mayFreeUp ? parked(nextLaneOf(connection.id)) : pause(context, wish, exceededError(exceeded));
  }
  const customId = randomUUID();
  const endpoint = batchEndpoint(connection);
  const line = toBatchLine(customId, endpoint, toBatchBody(request, connection));
  const size = { sizeBytes: line.byteLength, tokens: estimate.inputTokens + outputTokens };
  const batch = openBatch(context, { ...wish, connection }, endpoint, size);
  if (batch === undefined) return parked(nextLaneOf(connection.id));
  await writeLine(batchPath(context.libraryFolder, batch.name), line, batch.sizeBytes);
  context.transact((db) => {
    const row = toRow({ ...wish, connection, candidate: seen.candidate, job }, upper);
    insertRequest(db, { ...row, batch: { id: batch.id, customId } }, context.clock.now());
    addLine(db, batch.id, size);
  });
  context.budgets.count(limits, upper ?? 0); // why 0: as above
  return parked(sentLaneOf(connection.id));
}

/** The batch that takes this line: the open one, or, where it is full, the next one; `undefined` when there is no room for one. */
function openBatch(
  context: JobsContext,
  { run, connection }: Pick<ToAdd, 'run' | 'connection'>,
  endpoint: string,
  size: { readonly sizeBytes: number; readonly tokens: number },
): Batch | undefined {
  const filling = findFilling(context.read, connection.id, run.id);
  const limits = context.batchLimitsOf(connection);
  if (filling?.endpoint === endpoint && fitsBatch(filling, size, limits)) return filling;
  if (filling !== undefined) {
    context.transact((db) => {
      changeBatch(db, filling.id, { state: 'sealed' });
    });
    context.wakeBatches();
  }
  if (!hasRoom(context, connection)) return undefined;
  return context.transact((db) => {
    const name = `cutline-${randomUUID()}.jsonl`;
    const batch = { connectionId: connection.id, runId: run.id, name, endpoint };
    insertBatch(db, batch, context.clock.now());
    return findFilling(db, connection.id, run.id);
  });
}

function hasRoom(context: JobsContext, { id }: Connection): boolean {
  const waiting = listOpenBatches(context.read).filter(
    ({ connectionId, state }) => connectionId === id && ['sealed', 'uploading', 'uploaded'].includes(state),
  );
  return waiting.length < mostOnDisk;
}

/** What makes no sense to ask for again ends the photo; everything else is one of its tries. */
const finalCodes: ReadonlySet<ErrorInfo['code']> = new Set([
  'content-filtered',
  'provider-image-refused',
  'provider-request-too-large',
  'provider-bad-request',
]);

function resultOfSetback({ id, error }: BatchSetback): JobResult {
  const status = finalCodes.has(error.code) ? 'failed' : 'retry';
  return {
    status,
    error,
    commit: (db) => {
      markParsed(db, id);
    },
  };
}

function parked(lane: string): JobResult {
  return { status: 'parked', lane };
}

function pause(context: JobsContext, { run }: Pick<Asking, 'run'>, error: ErrorInfo): JobResult {
  context.pauseRun(run.id, error);
  return { status: 'released' };
}
