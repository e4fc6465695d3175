import { z } from 'zod';
import { findCandidate } from '../captioning/candidate-store.ts';
import { estimateRequest, modelTerms } from '../captioning/plan.ts';
import { getRun, getRunVocabulary } from '../captioning/run-store.ts';
import { assetId, type AssetId } from '../contract/ids.ts';
import { AppError } from '../platform/errors.ts';
import type { JobContext, JobHandler, JobResult } from '../queue/job-handler.ts';
import { getConnection } from '../settings/connection-store.ts';
import { markParsed } from '../usage/request-store.ts';
import { toSettle, type Asking } from './asking.ts';
import { askByBatch } from './batch/ask-by-batch.ts';
import { captionTogether } from './caption-together.ts';
import { companionsOf } from './companions.ts';
import type { JobsContext } from './context.ts';
import { fallbackFor, fallbackOf, isSentOn } from './fallback.ts';
import { connectionOfLane, isBatchLane, laneOf } from './connection-lane.ts';
import { learnFromAnswer } from './learn.ts';
import { lookFirst } from './look-first.ts';
import { lookAgain } from './obstacle.ts';
import { errorOf, resultOf } from './outcomes.ts';
import { isUnfetched, withAddress, withoutAddresses } from './pass-address.ts';
import { renderEstimated } from './render-estimated.ts';
import { renderForGrid } from './render-picture.ts';
import { sendRequest } from './send-request.ts';
import { settleAnswer } from './settle-answer.ts';
import { settleWithoutAsking } from './settle-stored.ts';
import { secondLimitFactor, toRequest } from './to-request.ts';
import { withPlace } from './with-place.ts';

export const captionAssetPayload = z.object({ assetId });

const described = z.object({ assetIds: z.array(assetId) });

/** The assets that a finished job described: the photo and its exact duplicates. */
export function describedBy(result: JobResult): AssetId[] | undefined {
  return result.status === 'finished' ? described.safeParse(result.data).data?.assetIds : undefined;
}

/** A deployment may refuse one parameter after the other; each refusal is free and teaches us one (AZURE §1.5). */
const mostAdaptations = 4;

/** Describes one photo by the run's connection: render, ask, store, index. The money rule is [Note: Paid results]. */
export function captionAsset(context: JobsContext): JobHandler {
  return {
    maxAttempts: 5,
    // The answer is stored by then: a description that a power cut undoes is made of it once more.
    isRepeatable: 'when-finished',
    // Each photo is a line of its own.
    companionsOf: (job) => (isBatchLane(job.lane) ? [] : companionsOf(context, job)),
    handle: async (job, jobContext) => {
      const payload = captionAssetPayload.safeParse(job.payload);
      if (!payload.success || job.runId === null) {
        return { status: 'failed', error: { code: 'internal', details: { reason: 'unreadable payload' } } };
      }
      const run = getRun(context.read, job.runId);
      // The lane says who is asked: the run's connection, or its fallback.
      const connection = getConnection(context.read, connectionOfLane(job.lane) ?? run.connectionId);
      const seen = lookAgain(context, { run, connection, candidate: payload.data });
      if (seen.status === 'obstacle') return seen.result;
      const asking = { job, run, connection, candidate: seen.candidate };
      if (connection.id !== run.connectionId && fallbackOf(context, run)?.id !== connection.id) {
        return { status: 'skipped', reason: 'its fallback was withdrawn' };
      }
      const settled = settleWithoutAsking(context, asking);
      if (settled !== undefined) return sendOn(context, asking, settled);
      const setback = await lookFirst(context, connection, jobContext.signal);
      if (setback !== undefined && isBatchLane(job.lane)) {
        // Its run waits for a person: nobody looks at what a batch's lane waits for.
        context.pauseRun(run.id, errorOf(setback));
        return { status: 'released' };
      }
      if (setback !== undefined) return resultOf(setback);
      if (isBatchLane(job.lane)) {
        return sendOn(context, asking, await askByBatch(context, asking, jobContext));
      }
      if (job.companions !== undefined) {
        const together = await captionTogether(context, asking, job.companions, jobContext);
        if (together !== 'alone') return together;
      }
      return sendOn(context, asking, await ask(context, asking, jobContext));
    },
  };
}

/** What the connection filtered or declined to say goes to the run's fallback, if there is one. See [Note: Fallback]. */
function sendOn(context: JobsContext, asking: Asking, result: JobResult): JobResult {
  if (result.status !== 'failed' || !isSentOn(result.error.code)) return result;
  const second = fallbackFor(context, asking);
  return second === undefined ? result : { ...result, status: 'moved', lane: laneOf(second.id) };
}

async function ask(context: JobsContext, wish: Asking, jobContext: JobContext): Promise<JobResult> {
  const { signal } = jobContext;
  const asking = { ...wish, candidate: await withPlace(context, wish.candidate, signal) };
  const { run, connection, candidate } = asking;
  if (connection.kind === 'built-in') return describeLocally(context, asking, signal);
  const terms = modelTerms(connection);
  const vocabulary = getRunVocabulary(context.read, run.id);
  const rendered = await renderEstimated(context, asking, { terms, vocabulary }, signal);
  if (rendered.status === 'not-rendered') return rendered.result;
  const { estimate, pictures: whole } = rendered.value;
  const { size: planned } = estimate;
  const mayPass = run.options.sendsAddresses === true && candidate.known.video === undefined;
  const pictures =
    mayPass && planned !== undefined
      ? whole.map((picture) =>
          withAddress(context, picture, {
            connection,
            assetId: candidate.assetId,
            size: candidate.known,
            sizeRule: terms.sizeRule,
            planned,
          }),
        )
      : whole;
  let request = toRequest(asking, { estimate, vocabulary, pictures });

  let isSecondLimit = false;
  for (let adaptations = 0; adaptations <= mostAdaptations;) {
    const sending = await sendRequest(context, { ...asking, terms, estimate, request }, jobContext);
    if (sending.status === 'not-sent') return sending.result;
    const { outcome, requestId } = sending;
    if (outcome.status === 'adapted') {
      adaptations += 1;
      continue;
    }
    if (isUnfetched(outcome, request.pictures)) {
      adaptations += 1;
      request = { ...request, pictures: withoutAddresses(request.pictures) };
      continue;
    }
    if (outcome.status !== 'answered') return resultOf(outcome);
    learnFromAnswer(context, getConnection(context.read, connection.id), outcome);
    const isCut = outcome.finishReason === 'length' && outcome.refusal === undefined;
    const result = settleAnswer(
      context,
      { run, connection, candidate },
      toSettle(outcome, requestId, asking, estimate),
    );
    if (!isCut || result.status === 'finished') return result;
    context.transact((db) => {
      markParsed(db, requestId);
    });
    if (isSecondLimit) return { status: 'failed', error: { code: 'answer-truncated', details: {} } };
    isSecondLimit = true;
    request = { ...request, maxOutputTokens: request.maxOutputTokens * secondLimitFactor };
  }
  return {
    status: 'failed',
    error: { code: 'provider-bad-request', details: { reason: 'It refused one parameter after the other.' } },
  };
}

/** The built-in describer sends nothing, so there is no request, no gate and no money. It needs the photo's colours. */
async function describeLocally(
  context: JobsContext,
  asking: Asking,
  signal: AbortSignal,
): Promise<JobResult> {
  const { job, run, connection } = asking;
  let { candidate } = asking;
  if (!candidate.hasThumbnail) {
    const rendered = await renderForGrid(context, job, candidate.assetId, signal);
    // A video has facts to be told of, also where no frame can be taken out of it.
    if (rendered.status === 'not-rendered' && candidate.known.video === undefined) return rendered.result;
    candidate = findCandidate(context.read, candidate.assetId) ?? candidate;
  }
  const estimate = estimateRequest(candidate, modelTerms(connection), run.options);
  const provider = context.providerOf(connection);
  const request = toRequest({ ...asking, candidate }, { estimate, vocabulary: [], pictures: [] });
  const outcome = await provider.describe(request, { signal });
  if (outcome.status !== 'answered') {
    throw new AppError('internal', { reason: `built-in gave ${outcome.status}` });
  }
  return settleAnswer(context, { run, connection, candidate }, toSettle(outcome, null, asking, undefined));
}
