import { estimateTextTokens } from '../captioning/estimate.ts';
import { modelTerms } from '../captioning/plan.ts';
import type { RequestId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import { planImageSize } from '../imaging/image-size.ts';
import type { ProviderOutcome, VisionRequest } from '../providers/provider.ts';
import { getConnection } from '../settings/connection-store.ts';
import { upperCostMicroUsd } from '../usage/cost.ts';
import { modelOf } from '../usage/prices.ts';
import type { NewRequest } from '../usage/request-store.ts';
import { monthLimit } from './budget-limits.ts';
import type { JobsContext } from './context.ts';
import { learnFromAnswer } from './learn.ts';
import { bookingOf, priceOf } from './outcomes.ts';
import { sendPaid } from './paid-request.ts';

/** 96 × 96 pixels, red on the left and blue on the right, as JPEG: every server that takes pictures takes this. */
const picture =
  '/9j/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCABgAGADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAMF/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABcBAQEBAQAAAAAAAAAAAAAAAAAGBAX/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwDPAZXeAAAAQAUyZAAAAXATKmAAAAQAUyZAAAAXATKmAAAAQAUyZAAAAXATKmAAAAQAUyZAAAAXATKmAAAAQAUyZAAAAXATKmAAAAQAUyZAAAAf/9k=';
const sizePx = { widthPx: 96, heightPx: 96 };

/** A deployment may refuse one parameter after the other; each refusal is free and teaches us one (AZURE §1.5). */
const mostTries = 5;

/** Models that cannot be told not to think do it within the limit. */
const thinkingTokens = 1_000;

export type Probe = {
  readonly outcome: Exclude<ProviderOutcome, { status: 'adapted' }>;
  /** `null` when nothing was sent. */
  readonly requestId: RequestId | null;
  readonly costMicroUsd: number | null;
  readonly elapsedMs: number;
};

/**
 * Sends one tiny picture, to see whether a connection works and what answers. It is in the ledger like every request
 * ([Note: Paid results]); what the answer teaches is kept with the connection.
 */
export async function sendProbe(
  context: JobsContext,
  { id }: Pick<Connection, 'id'>,
  signal: AbortSignal,
): Promise<Probe> {
  for (let tries = 1; ; tries += 1) {
    const probe = await exchange(context, getConnection(context.read, id), signal);
    const { outcome } = probe;
    if (outcome.status !== 'adapted') return { ...probe, outcome };
    if (tries < mostTries) continue;
    const { status: _, learned: __, ...sent } = outcome;
    return {
      ...probe,
      outcome: { ...sent, status: 'rejected', code: 'provider-bad-request', charged: false },
    };
  }
}

async function exchange(
  context: JobsContext,
  connection: Connection,
  signal: AbortSignal,
): Promise<Omit<Probe, 'outcome'> & { outcome: ProviderOutcome }> {
  const { price, sizeRule, thinks, analysis } = modelTerms(connection);
  const request = analysis === undefined ? toRequest(thinks) : analysisRequest;
  const { maxOutputTokens } = request;
  const imageTokens = planImageSize(sizePx, sizeRule, 'low', {}).imageTokens;
  const inputTokens =
    analysis === undefined
      ? estimateTextTokens(request.instructions) + estimateTextTokens(request.text) + imageTokens
      : 0;
  const { features } = request;
  const upper =
    price === undefined
      ? null
      : upperCostMicroUsd({ inputTokens, outputTokens: maxOutputTokens, features }, price);
  const row: NewRequest = {
    runId: null,
    connectionId: connection.id,
    jobId: null,
    kind: 'ask',
    promptVersion: 'test-1/en',
    detail: 'low',
    modelAsked: modelOf(connection) ?? null,
    estimatedInputTokens: inputTokens,
    estimatedOutputTokens: maxOutputTokens,
    estimatedTransactions: features?.length ?? null,
    estimatedMicroUsd: upper,
    price: price ?? null,
    assets: [],
  };
  const startedAtMs = context.clock.now();
  const { requestId, outcome } = await sendPaid(
    context,
    { connection, request, row, limits: [monthLimit(context)] },
    { signal },
  );
  const elapsedMs = context.clock.now() - startedAtMs;
  if (outcome.status === 'answered') learnFromAnswer(context, connection, outcome);
  const isUnsent =
    outcome.status === 'unreachable' || (outcome.status === 'blocked' && outcome.httpStatus === undefined);
  if (isUnsent) return { outcome, requestId: null, costMicroUsd: 0, elapsedMs };
  const booked = bookingOf(outcome, upper, priceOf(connection, outcome, price));
  return { outcome, requestId, costMicroUsd: booked.costMicroUsd, elapsedMs };
}

function toRequest(thinks: boolean): VisionRequest {
  return {
    instructions: 'Answer in at most five words.',
    text: 'Which colours are in this picture?',
    pictures: [{ bytes: Buffer.from(picture, 'base64'), mediaType: 'image/jpeg', ...sizePx, detail: 'low' }],
    maxOutputTokens: thinks ? thinkingTokens : 40,
    known: nothingKnown,
  };
}

const nothingKnown: VisionRequest['known'] = {
  facts: {},
  fileName: '',
  folders: [],
  notes: [],
  ...sizePx,
  frameCount: 1,
  colors: [],
  isMonochrome: false,
};

/** The cheapest feature, which every region has. */
const analysisRequest: VisionRequest = { ...toRequest(false), maxOutputTokens: 0, features: ['tags'] };
