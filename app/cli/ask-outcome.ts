import type { ErrorInfo } from '../contract/errors.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { toLine, toLines } from './printable.ts';
import { askText } from './ask-text.ts';

export type AskOutcome = {
  readonly answer?: Output<'thread.ask'>;
  /** It has been shown already. */
  readonly isStreamed: boolean;
  readonly used?: Output<'thread.use'> & { readonly as: 'caption' | 'keywords' };
  readonly useError?: ErrorInfo;
};

/** Says what came of a question: the answer if it was not shown yet, what it cost, how to go on. */
export function printOutcome(
  context: CommandContext,
  { answer, isStreamed, used, useError, plan }: AskOutcome & { readonly plan: Output<'thread.plan'> },
): ExitStatus {
  const { terminal } = context;
  if (answer === undefined) {
    terminal.note(askText.stopped(plan.maxCostMicroUsd));
    return interruptedStatus(context);
  }
  terminal.printJson(answerDocument(answer, used));
  if (!isStreamed) for (const line of toLines(answer.answer)) terminal.printText(line);
  terminal.note(askText.ended(answer));
  if (answer.error !== null && answer.finishReason !== 'canceled') {
    terminal.note(toLine(messageFor(answer.error)));
  }
  if (used !== undefined) terminal.note(askText.used(used, answer.threadId));
  terminal.noteVerbatim(askText.goOn(answer.threadId));
  if (answer.finishReason === 'canceled') return interruptedStatus(context);
  return answer.error === null && useError === undefined ? exitStatus.done : exitStatus.doneWithFailures;
}

/** As scripts get it (DESIGN §11), with what else is known. */
function answerDocument(
  {
    answer,
    finishReason,
    usage,
    costMicroUsd,
    booking,
    threadId,
    answerId,
    isPartial,
    error,
    modelAnswered,
  }: Output<'thread.ask'>,
  used: AskOutcome['used'],
): Record<string, unknown> {
  return {
    answer,
    finishReason,
    // `null`: the service did not say; what it is booked at stands beside it.
    usage: {
      inputTokens: usage?.inputTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      costMicroUsd,
      booking,
    },
    threadId,
    answerId,
    isPartial,
    error: error === null ? null : { code: error.code, message: messageFor(error) },
    model: modelAnswered,
    used: used === undefined ? null : { as: used.as, photos: used.photos, keywords: used.keywords },
  };
}
