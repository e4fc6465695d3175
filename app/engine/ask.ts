import type { ErrorInfo } from '../contract/errors.ts';
import type { AnswerId, AssetId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Call, Input, Output } from '../contract/procedures.ts';
import { exceededError, hasLimit, monthLimit } from '../jobs/budget-limits.ts';
import { lookFirst } from '../jobs/look-first.ts';
import { errorOf } from '../jobs/outcomes.ts';
import { sendPaid } from '../jobs/paid-request.ts';
import { isUnfetched, withoutAddresses } from '../jobs/pass-address.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import type { Picture, ProviderOutcome, VisionRequest } from '../providers/provider.ts';
import { getConnection } from '../settings/connection-store.ts';
import {
  deleteQuestion,
  endAnswer,
  getAnswer,
  insertQuestion,
  setAnswerRequest,
} from '../threads/thread-store.ts';
import { settleBroken, settleWhole, type SettledAnswer } from '../threads/settle.ts';
import { formatUsd } from '../usage/cost.ts';
import { modelOf } from '../usage/prices.ts';
import { markParsed } from '../usage/request-store.ts';
import { laneOf } from '../jobs/connection-lane.ts';
import type { EngineParts } from './parts.ts';
import { prepareQuestion, type PreparedQuestion } from './plan-question.ts';
import type { QuestionSignals } from './questions.ts';
import { passAddresses, renderPictures, toRequest, toRow } from './question-request.ts';

type Asked = Input<'thread.ask'>;
type AskCall = Call<'thread.ask'>;
type Asking = QuestionSignals & Pick<AskCall, 'tell'>;

/** A deployment may refuse one parameter after the other; each refusal is free and teaches us one (AZURE §1.5). */
const mostAdaptations = 4;
/** Rests of a service that a person waits through, and how long one may take: after that they would rather be told. */
const mostRests = 5;
const longestRestMs = 60_000;
/** When the service did not say how long. */
const usualRestMs = 5_000;

/**
 * Asks about photos: the money rule of [Note: Paid results], without the queue, so that a person waits neither for bulk
 * work nor for its photos. A question that never went out leaves nothing behind.
 *
 * @throws {AppError} why nothing could be asked, or why nothing came.
 */
export function ask(parts: EngineParts, input: Asked, call: AskCall): Promise<Output<'thread.ask'>> {
  return parts.questions.run(call.signal, async (signals) => {
    const connection = getConnection(parts.read, input.connectionId);
    const prepared = prepareQuestion(parts.read, connection, input, parts.clock.now());
    assertInBudget(parts, prepared, input.budgetMicroUsd ?? null, connection);
    const assetIds = prepared.photos.map(({ assetId }) => assetId);
    const { threadId, answerId } = parts.transact((db) =>
      insertQuestion(
        db,
        {
          threadId: input.threadId,
          connectionId: connection.id,
          question: input.question,
          crop: prepared.question.crop ?? undefined,
          moment: prepared.question.frames?.range ?? null,
          assetIds,
        },
        parts.clock.now(),
      ),
    );
    const tellChange = (): void => {
      parts.events.emit('thread.changed', { threadId });
    };
    tellChange();
    call.tell({ threadId, answerId });
    try {
      const settled = await send(parts, input, answerId, { ...signals, tell: call.tell });
      store(parts, answerId, assetIds, settled);
      return toOutput(parts, answerId, settled);
    } catch (error) {
      dropUnsent(parts, answerId, error);
      // Whatever it met after that, it met because it was stopped.
      throw signals.signal.aborted && !(error instanceof AppError) ? new AppError('canceled') : error;
    } finally {
      tellChange();
    }
  });
}

/** Sends the question until it is answered, or until there is no use in it. */
async function send(
  parts: EngineParts,
  input: Asked,
  answerId: AnswerId,
  asking: Asking,
): Promise<SettledAnswer> {
  const setback = await lookFirst(parts, getConnection(parts.read, input.connectionId), asking.signal);
  if (setback !== undefined) {
    const { code, details } = errorOf(setback);
    throw new AppError(code, details);
  }
  let pictures: Picture[] | undefined;
  let adaptations = 0;
  let rests = 0;
  for (;;) {
    await untilOpen(parts, input, asking);
    // Each time anew: folders are withdrawn, connections changed and lessons learned while a question waits.
    const connection = getConnection(parts.read, input.connectionId);
    const prepared = prepareQuestion(
      parts.read,
      connection,
      rewish(parts, input, answerId),
      parts.clock.now(),
    );
    assertInBudget(parts, prepared, input.budgetMicroUsd ?? null, connection);
    pictures ??= passAddresses(
      parts,
      input,
      connection,
      prepared,
      await renderPictures(parts, prepared, asking.signal),
    );
    const request = toRequest(prepared, pictures, parts.clock.now());
    const sent = await sendOnce(parts, answerId, { connection, prepared, request }, asking);
    // Turned away: the service asked to be left alone while we waited for a place.
    if (sent === undefined) continue;
    const { outcome, text } = sent;
    if (isUnfetched(outcome, pictures)) {
      pictures = withoutAddresses(pictures);
      continue;
    }
    if (outcome.status === 'adapted' && adaptations < mostAdaptations) {
      adaptations += 1;
    } else if (outcome.status === 'rate-limited' && rests < mostRests) {
      rests += 1;
      const untilMs = parts.clock.now() + (outcome.pauseMs ?? usualRestMs);
      parts.queue.pauseLane(laneOf(connection.id), { by: 'rate-limit', untilMs, error: errorOf(outcome) });
    } else {
      if (outcome.status !== 'answered') return settleBroken(text, ofQuestion(errorOf(outcome)));
      openLane(parts, connection);
      return settleWhole(outcome);
    }
  }
}

/** Asked once, and about no list of photos: its sentence says so. */
function ofQuestion({ code, details }: ErrorInfo): ErrorInfo {
  return code === 'provider-unavailable'
    ? { code, details: { ...details, isQuestion: true } }
    : { code, details };
}

/** The photos of this question, also when its thread would suggest others by now. */
function rewish({ read }: EngineParts, input: Asked, answerId: AnswerId): Asked {
  const { assetIds, crop, moment } = getAnswer(read, answerId);
  return {
    ...input,
    assetIds,
    ...(crop === null ? {} : { crop }),
    ...(moment === null ? {} : { moment }),
  };
}

/** One request, from a free place to what came of it. `undefined`: there is no place now. */
async function sendOnce(
  parts: EngineParts,
  answerId: AnswerId,
  asked: {
    readonly connection: Connection;
    readonly prepared: PreparedQuestion;
    readonly request: VisionRequest;
  },
  { signal, draining, tell }: Asking,
): Promise<{ readonly outcome: ProviderOutcome; readonly text: string } | undefined> {
  const { connection, prepared, request } = asked;
  const { inputTokens, maxOutputTokens } = prepared.estimate;
  const gate = parts.gateOf(connection);
  const leave = await gate.enter(inputTokens + maxOutputTokens, [signal, draining], { isUrgent: true });
  if (leave === undefined) {
    assertWanted({ signal, draining });
    return undefined;
  }
  let text = '';
  try {
    const { outcome } = await sendPaid(
      parts,
      {
        connection,
        request,
        row: toRow(connection, prepared, request),
        limits: [monthLimit(parts)],
        alongside: (db, requestId) => {
          setAnswerRequest(db, answerId, requestId);
        },
      },
      {
        signal,
        onText: (piece) => {
          text += piece;
          tell({ text: piece });
        },
      },
    );
    if (outcome.status === 'answered') gate.trust();
    return { outcome, text };
  } finally {
    leave();
  }
}

/** Waits while the service wants to be left alone; offline and blocked ones are tried: a person has acted. */
async function untilOpen(
  parts: EngineParts,
  input: Asked,
  { signal, draining, tell }: Asking,
): Promise<void> {
  const pause = parts.queue.pauseOf(laneOf(input.connectionId));
  if (pause?.by !== 'rate-limit' || pause.untilMs === null) return;
  const waitMs = pause.untilMs - parts.clock.now();
  if (waitMs <= 0) return;
  if (waitMs > longestRestMs) throw new AppError('provider-rate-limited', { pauseMs: waitMs });
  tell({ waitingUntilMs: pause.untilMs });
  const stop = AbortSignal.any([signal, draining]);
  await new Promise<void>((resolve) => {
    const end = (): void => {
      cancel();
      stop.removeEventListener('abort', end);
      resolve();
    };
    const cancel = parts.clock.after(waitMs, end);
    stop.addEventListener('abort', end);
    if (stop.aborted) end();
  });
  assertWanted({ signal, draining });
}

/** @throws {AppError} `canceled`, `engine-closed` */
function assertWanted({ signal, draining }: QuestionSignals): void {
  if (signal.aborted) throw new AppError('canceled');
  if (draining.aborted) throw new AppError('engine-closed');
}

/** It answers: whatever waited for that may go on. */
function openLane({ queue }: EngineParts, connection: Connection): void {
  const lane = laneOf(connection.id);
  const pause = queue.pauseOf(lane);
  if (pause?.by === 'offline' || pause?.by === 'blocked') queue.openLane(lane);
}

/** @throws {AppError} `price-unknown`, `budget-exceeded` */
function assertInBudget(
  parts: EngineParts,
  { upperMicroUsd }: PreparedQuestion,
  budgetMicroUsd: number | null,
  connection: Connection,
): void {
  const month = monthLimit(parts);
  if (budgetMicroUsd === null && !hasLimit([month])) return;
  if (upperMicroUsd === null) throw new AppError('price-unknown', { model: modelOf(connection) });
  const exceeded = parts.budgets.findExceeded([month], upperMicroUsd);
  if (exceeded !== undefined) {
    const { code, details } = exceededError(exceeded);
    throw new AppError(code, details);
  }
  if (budgetMicroUsd !== null && upperMicroUsd > budgetMicroUsd) {
    throw new AppError('budget-exceeded', {
      budget: formatUsd(budgetMicroUsd),
      limitMicroUsd: budgetMicroUsd,
    });
  }
}

/** Step 6 of the money rule. */
function store(
  parts: EngineParts,
  answerId: AnswerId,
  assetIds: readonly AssetId[],
  settled: SettledAnswer,
): void {
  parts.transact((db) => {
    const { requestId } = getAnswer(db, answerId);
    endAnswer(db, answerId, settled, parts.clock.now());
    if (requestId !== null) markParsed(db, requestId);
    if (settled.answer !== null) for (const assetId of assetIds) parts.indexAsset(db, assetId);
  });
}

/** @throws {AppError} the error of an answer that nothing came of. */
function toOutput({ read }: EngineParts, answerId: AnswerId, { error }: SettledAnswer): Output<'thread.ask'> {
  const stored = getAnswer(read, answerId);
  const { answer, booking, finishReason } = stored;
  if (answer === null || finishReason === null || booking === null) {
    throw error === null ? new AppError('answer-empty') : new AppError(error.code, error.details);
  }
  return {
    threadId: stored.threadId,
    answerId,
    answer,
    isPartial: stored.state === 'partial',
    finishReason,
    error: stored.error,
    modelAnswered: stored.modelAnswered,
    usage: stored.usage,
    costMicroUsd: stored.costMicroUsd,
    booking,
  };
}

/** What cost nothing and brought nothing is forgotten; what may have cost is kept with its error. */
function dropUnsent(parts: EngineParts, answerId: AnswerId, error: unknown): void {
  parts.transact((db) => {
    const { booking, state } = getAnswer(db, answerId);
    if (booking === null || booking === 'free') {
      deleteQuestion(db, answerId);
    } else if (state === 'asking') {
      const end = { state: 'failed', answer: null, finishReason: null } as const;
      endAnswer(db, answerId, { ...end, error: toAppError(error).toInfo() }, parts.clock.now());
    }
  });
}
