import { findCandidate } from '../captioning/candidate-store.ts';
import { estimatePart, estimateTogether, fixedTogetherTokens } from '../captioning/estimate-together.ts';
import { modelTerms } from '../captioning/plan.ts';
import { getRunVocabulary } from '../captioning/run-store.ts';
import { splitAnswer } from '../captioning/together-answer.ts';
import { labelText, togetherInstructions, togetherSchema, togetherText } from '../captioning/together.ts';
import type { JobId, RequestId } from '../contract/ids.ts';
import type { Answer, Picture, VisionRequest } from '../providers/provider.ts';
import type { Job } from '../queue/job.ts';
import type { JobContext, JobResult } from '../queue/job-handler.ts';
import { listTogetherKeys } from '../search/together-store.ts';
import { getConnection } from '../settings/connection-store.ts';
import { settlePart } from '../usage/shared-request-store.ts';
import { toSettle, type Asking } from './asking.ts';
import { assetOf } from './asset-of.ts';
import type { JobsContext } from './context.ts';
import { learnFromAnswer } from './learn.ts';
import { lookAgain } from './obstacle.ts';
import { resultOf } from './outcomes.ts';
import { renderEstimated } from './render-estimated.ts';
import { sendRequest, type Together } from './send-request.ts';
import { settlePartOf, settleWithoutAsking } from './settle-stored.ts';
import { withPlace } from './with-place.ts';

/** A photo that is about to be sent, with its job. */
type Member = Together & { readonly picture: Picture };

type Ends = Map<JobId, JobResult>;

/** As many parameters as a deployment may refuse, one after the other (AZURE §1.5). */
const mostAdaptations = 4;

/**
 * Describes the photos of some jobs in one request: [Note: Together]. The jobs' ends are apart, and so are their photos'
 * descriptions. `alone`: nobody goes with the first, which is asked about as any other; its companions are let go.
 */
export async function captionTogether(
  context: JobsContext,
  asking: Asking,
  companions: readonly Job[],
  jobContext: JobContext,
): Promise<JobResult | 'alone'> {
  const ends: Ends = new Map();
  const askings = [asking, ...companions.flatMap((job) => toAsking(context, asking, job, ends))];
  if (askings.length === 1 && ends.size === 0) return 'alone';
  const members: Member[] = [];
  for (const one of askings) {
    const member = await prepare(context, one, jobContext.signal);
    if ('status' in member) ends.set(one.job.id, member);
    else members.push(member);
  }
  const own = ends.get(asking.job.id);
  if (own !== undefined) return { ...own, companions: ends };
  // By now all of them have been seen.
  const keys = listTogetherKeys(
    context.read,
    members.map(({ candidate }) => candidate.assetId),
  );
  const key = keys.get(asking.candidate.assetId);
  const together = members.filter(
    ({ candidate }) => key !== undefined && keys.get(candidate.assetId) === key,
  );
  if (together.length < 2) {
    // What came to light about others is kept; the photo itself is taken up again at once, and goes alone.
    return ends.size === 0 ? 'alone' : { status: 'released', companions: ends };
  }
  await send(context, asking, together.toSorted(byTime), { ends, jobContext });
  return { ...(ends.get(asking.job.id) ?? { status: 'released' }), companions: ends };
}

/** A companion as it is now. What needs no asking, or cannot be asked about, has its end already. */
function toAsking(context: JobsContext, { run, connection }: Asking, job: Job, ends: Ends): Asking[] {
  const assetId = assetOf(job);
  if (assetId === undefined) return [];
  const seen = lookAgain(context, { run, connection, candidate: { assetId } });
  if (seen.status === 'obstacle') {
    ends.set(job.id, seen.result);
    return [];
  }
  const asking = { job, run, connection, candidate: seen.candidate };
  const settled = settleWithoutAsking(context, asking);
  if (settled === undefined) return [asking];
  ends.set(job.id, settled);
  return [];
}

async function prepare(context: JobsContext, wish: Asking, signal: AbortSignal): Promise<Member | JobResult> {
  const { job, run, connection } = wish;
  const candidate = await withPlace(context, wish.candidate, signal);
  const terms = modelTerms(connection);
  const rendered = await renderEstimated(context, { job, run, candidate }, { terms, vocabulary: [] }, signal);
  if (rendered.status === 'not-rendered') return rendered.result;
  const [picture] = rendered.value.pictures;
  if (picture === undefined) return { status: 'released' };
  // How much detail it needs is known by now.
  const seen = findCandidate(context.read, candidate.assetId) ?? candidate;
  return { job, candidate: seen, estimate: estimatePart(seen, terms, run.options), picture };
}

/** In the order in which they were taken: as a person would look at them. */
function byTime({ candidate: one }: Member, { candidate: other }: Member): number {
  const timeOf = ({ known }: typeof one): number => known.facts.captureLocalMs ?? 0; // why 0: those without a time come first
  return timeOf(one) - timeOf(other) || one.relativePath.localeCompare(other.relativePath, 'en');
}

async function send(
  context: JobsContext,
  asking: Asking,
  members: readonly Member[],
  { ends, jobContext }: { readonly ends: Ends; readonly jobContext: JobContext },
): Promise<void> {
  const { run, connection, job } = asking;
  const terms = modelTerms(connection);
  const vocabulary = getRunVocabulary(context.read, run.id);
  const fixedTokens = fixedTogetherTokens(run.options, vocabulary);
  const parts = members.map(({ estimate }) => estimate);
  const estimate = estimateTogether(parts, members.length, terms, run.options, fixedTokens);
  const request = toRequest(context, asking, members, {
    vocabulary,
    maxOutputTokens: estimate.maxOutputTokens,
  });
  for (let adaptations = 0; adaptations <= mostAdaptations; adaptations += 1) {
    const sending = await sendRequest(
      context,
      { ...asking, terms, estimate, request, together: members },
      jobContext,
    );
    if (sending.status === 'not-sent') {
      ends.set(job.id, sending.result);
      return;
    }
    const { outcome, requestId } = sending;
    if (outcome.status === 'adapted') continue;
    if (outcome.status === 'answered') {
      learnFromAnswer(context, getConnection(context.read, connection.id), outcome);
      settleAll(context, asking, members, { answer: outcome, requestId, ends });
      return;
    }
    if (outcome.status === 'rejected') {
      for (const member of members) ends.set(member.job.id, goAlone(requestId, member.job.id));
      return;
    }
    const result = resultOf(outcome);
    ends.set(job.id, result);
    // An attempt of one is an attempt of all: none of them makes the others try again and again.
    if (result.status === 'retry') for (const member of members) ends.set(member.job.id, result);
    return;
  }
  ends.set(job.id, {
    status: 'failed',
    error: { code: 'provider-bad-request', details: { reason: 'It refused one parameter after the other.' } },
  });
}

function toRequest(
  context: JobsContext,
  { run, candidate }: Asking,
  members: readonly Member[],
  {
    vocabulary,
    maxOutputTokens,
  }: { readonly vocabulary: readonly string[]; readonly maxOutputTokens: number },
): VisionRequest {
  const nowMs = context.clock.now();
  return {
    instructions: togetherInstructions(run.options),
    text: togetherText(members.length, vocabulary),
    pictures: members.map(({ picture, candidate: { known } }, index) => ({
      ...picture,
      label: labelText(index + 1, known, nowMs),
    })),
    responseSchema: togetherSchema(run.options),
    maxOutputTokens,
    known: candidate.known,
    language: run.options.language,
  };
}

function settleAll(
  context: JobsContext,
  { run, connection }: Asking,
  members: readonly Member[],
  {
    answer,
    requestId,
    ends,
  }: { readonly answer: Answer; readonly requestId: RequestId; readonly ends: Ends },
): void {
  const parts = splitAnswer(answer.text, members.length, answer.finishReason === 'length');
  for (const [index, { job, candidate, estimate }] of members.entries()) {
    const asking = { job, run, connection, candidate };
    const whole = toSettle(answer, requestId, asking, estimate);
    const result = settlePartOf(context, asking, whole, parts.get(index + 1));
    ends.set(job.id, result ?? goAlone(requestId, job.id));
  }
}

/** Waits again, and is asked for alone then. */
function goAlone(requestId: RequestId, jobId: JobId): JobResult {
  return {
    status: 'released',
    commit: (db) => {
      settlePart(db, requestId, jobId);
    },
  };
}
