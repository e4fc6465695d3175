import type { ErrorCode, ErrorInfo } from '../contract/errors.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Reader } from '../engine/reader.ts';
import { batchSentence } from './batch-text.ts';
import { commandAgain, type CommandContext } from './context.ts';
import type { DescribeFlags } from './describe-flags.ts';
import type { EndedOutcome } from './describe-outcome.ts';
import { formatUsd } from './money.ts';
import { toLine } from './printable.ts';
import { describeText, interruptText } from './text.ts';

/** Trying again helps only when there is another file: the next scan finds that by itself. */
const ofTheFile: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file-missing',
  'file-unreadable',
  'file-empty',
  'file-changing',
  'file-damaged',
  'not-an-image',
  'image-too-large',
]);

export function needsAnotherFile({ code }: ErrorInfo): boolean {
  return ofTheFile.has(code);
}

/** Why a run rests, with its budget as people write it. */
export function holdSentence({ code, details }: ErrorInfo): string {
  const { limitMicroUsd } = details;
  const budget = typeof limitMicroUsd === 'number' ? { budget: formatUsd(limitMicroUsd) } : {};
  return messageFor({ code, details: { ...details, ...budget } });
}

/** How to go on, on stderr: it is not part of the result. */
export async function sayNextStep(
  context: CommandContext,
  reader: Reader,
  flags: DescribeFlags,
  outcome: EndedOutcome & { readonly waiting: number; readonly isRetryable: boolean },
): Promise<void> {
  const { terminal, interrupts } = context;
  const { heldBy, described, failed } = outcome;
  if (outcome.isInterrupted) {
    if (interrupts.received !== undefined) terminal.note(interruptText.stopped);
    return;
  }
  if (heldBy !== undefined) {
    const { code } = heldBy.error;
    const sentence = holdSentence(heldBy.error);
    terminal.note(
      heldBy.connection === undefined ? sentence : describeText.heldAt(toLine(heldBy.connection), sentence),
    );
    terminal.note(describeText.left(outcome.waiting));
    if (code === 'budget-exceeded') {
      terminal.note(describeText.goOn);
      terminal.noteVerbatim(`  ${await suggestBudget(context, reader, flags, outcome)}`);
    } else if (code === 'provider-rate-limited' || code === 'provider-unreachable') {
      terminal.note(describeText.waitFlag);
    }
    return;
  }
  const { batch } = outcome;
  if (batch !== undefined && batch !== null) {
    const sentence = batchSentence(batch, Date.now());
    terminal.note(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1).replace(/\.$/, '')}.`);
    terminal.note(describeText.batchFlag);
    return;
  }
  if (outcome.isRetryable) terminal.note(describeText.retry);
  else if (described.size > 0 && failed.size === 0 && !outcome.isSample) {
    terminal.note(describeText.find);
  }
}

const centMicroUsd = 10_000;

/** The same command with a budget that is surely enough: a run's budget counts what it has spent already. */
async function suggestBudget(
  context: CommandContext,
  reader: Reader,
  { options }: DescribeFlags,
  { connection, scope, runId }: EndedOutcome,
): Promise<string> {
  const plan = await reader.call('description.plan', { ...scope, connectionId: connection.id, options });
  const spent = runId === undefined ? 0 : (await reader.call('usage.get', { runId })).costMicroUsd;
  if (plan.maxCostMicroUsd === null) return commandAgain(context);
  const enough = Math.ceil((spent + plan.maxCostMicroUsd) / centMicroUsd) * centMicroUsd;
  return commandAgain(context, { budget: (enough / 1_000_000).toFixed(2) });
}
