import type { Arguments, Output } from '../contract/procedures.ts';
import type { Reader } from '../engine/reader.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { sayDamaged } from './damaged.ts';
import type { DescribeFlags } from './describe-flags.ts';
import type { EndedOutcome } from './describe-outcome.ts';
import { holdSentence, needsAnotherFile, sayNextStep } from './describe-next-step.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatCount, formatDuration, plural } from './format.ts';
import { formatSpent } from './money.ts';
import { printFailed, undescribedLine } from './photo-lines.ts';
import { toLine } from './printable.ts';
import { runsText } from './library-text.ts';
import { countFiles, printReasons, type Reason } from './reason-list.ts';
import { describeText } from './text.ts';

type File = Output<'description.report'>['files'][number];

/** Says what became of every file, sums up, and gives the exit status. */
export async function reportDescribed(
  context: CommandContext,
  reader: Reader,
  flags: DescribeFlags,
  outcome: EndedOutcome,
): Promise<ExitStatus> {
  const { terminal } = context;
  const asked = askedOf(flags, outcome);
  const reasons = await listReasons(reader, asked);
  const skippedReasons = reasons.filter(({ outcome: fate }) => fate === 'skipped');
  const skipped = countFiles(skippedReasons);
  const failed = countFiles(reasons.filter(({ outcome: fate }) => fate === 'failed'));
  const waiting = countFiles(reasons) - failed - skipped;
  // The terminal shows skipped files by reason, and those that wait by their number.
  const { failed: failedFiles, skipped: skippedFiles } = await listFiles(reader, asked, {
    failed,
    skipped: terminal.isJson ? skipped : 0,
  });
  const failedBefore = failedFiles.filter(({ id }) => id === null || !outcome.failed.has(id));
  for (const { path, error } of failedBefore) {
    terminal.printJson(undescribedLine(path, 'failed', error));
    if (!terminal.isJson && error !== null) printFailed(context, path, error);
  }
  for (const { path, error } of skippedFiles) terminal.printJson(undescribedLine(path, 'skipped', error));
  if (!terminal.isJson) {
    printReasons(context, describeText.notDescribed(skipped), skippedReasons);
  }

  const { inputTokens, outputTokens, transactions, costMicroUsd, unpriced, requests } = await reader.call(
    'usage.total',
    {
      sinceMs: outcome.startedAtMs,
    },
  );
  const described = outcome.described.size;
  const alreadyDescribed = await countBefore(reader, flags, outcome, asked);
  const summary = {
    found: described + alreadyDescribed + failed + skipped + waiting,
    described,
    alreadyDescribed,
    failed,
    skipped,
    waiting,
    requests,
    inputTokens,
    outputTokens,
    transactions,
    costMicroUsd,
    unpriced,
  };
  const hold = outcome.heldBy;
  const describedBy = await listShares(reader, outcome);
  terminal.printJson({
    summary,
    ...(describedBy.length === 0 ? {} : { describedBy }),
    ...(outcome.batch === undefined || outcome.batch === null ? {} : { batch: outcome.batch }),
    ...(hold === undefined ? {} : { error: { code: hold.error.code, message: holdSentence(hold.error) } }),
  });
  if (!terminal.isJson) printSummary(context, summary, outcome);
  if (!terminal.isJson && described > 0) sayShares(context, describedBy);
  if (!terminal.isJson && described > 0) await sayDoubtful(context, reader, outcome);
  if (!terminal.isJson) await sayDamaged(context, reader, flags.query, outcome.scope?.folders);
  const isRetryable = failedFiles.some(({ error }) => error !== null && !needsAnotherFile(error));
  await sayNextStep(context, reader, flags, { ...outcome, waiting: leftOf(outcome, waiting), isRetryable });
  return statusOf(context, outcome, failed);
}

/** Who described how many, where a second connection stood by. */
async function listShares(
  reader: Reader,
  { runId, fallbackId }: EndedOutcome,
): Promise<Output<'run.get'>['describedBy']> {
  if (runId === undefined || fallbackId === undefined) return [];
  const { describedBy } = await reader.call('run.get', { id: runId });
  return describedBy;
}

function sayShares({ terminal }: CommandContext, shares: Output<'run.get'>['describedBy']): void {
  if (shares.length === 0) return;
  const named = shares.map(({ connection, photos }) => ({ connection: toLine(connection), photos }));
  terminal.printText(`${runsText.describedBy(named)}.`);
}

/** Answers of this run that were kept, and that somebody may want to look at. */
async function sayDoubtful(
  { terminal }: CommandContext,
  reader: Reader,
  { runId }: EndedOutcome,
): Promise<void> {
  if (runId === undefined) return;
  const query = `is:doubtful run:${String(runId)}`;
  const { total } = await reader.call('search.query', { query, limit: 1 });
  if (total > 0) terminal.print(describeText.doubtful(total, query));
}

type Asked = Arguments<'description.report'>;

/** What was to be described, and what counts as done: once more, only what this run has said. */
function askedOf({ options }: DescribeFlags, { scope, connection, runId }: EndedOutcome): Asked | undefined {
  if (scope === undefined) return undefined;
  return { ...scope, connectionId: connection.id, options, runId: runId ?? null };
}

/** How many were described before this command; once more, by an earlier part of its run. */
async function countBefore(
  reader: Reader,
  { options }: DescribeFlags,
  { described, describedBefore }: EndedOutcome,
  asked: Asked | undefined,
): Promise<number> {
  if (asked === undefined || options.again === undefined) return describedBefore ?? 0; // why 0: interrupted before anybody counted
  return Math.max(0, (await reader.call('description.count', asked)).described - described.size);
}

async function listReasons(reader: Reader, asked: Asked | undefined): Promise<Reason[]> {
  return asked === undefined ? [] : reader.call('description.summarize', asked);
}

/** So many failed and skipped files, one by one: looks no further once it has them. */
async function listFiles(
  reader: Reader,
  asked: Asked | undefined,
  wanted: { readonly failed: number; readonly skipped: number },
): Promise<{ failed: File[]; skipped: File[] }> {
  const found: { failed: File[]; skipped: File[] } = { failed: [], skipped: [] };
  if (asked === undefined) return found;
  let after: number | null = 0;
  while (after !== null && (found.failed.length < wanted.failed || found.skipped.length < wanted.skipped)) {
    const page: Output<'description.report'> = await reader.call('description.report', {
      ...asked,
      after,
    });
    for (const file of page.files) {
      if (file.outcome !== 'waiting' && wanted[file.outcome] > 0) found[file.outcome].push(file);
    }
    after = page.nextCursor;
  }
  return found;
}

type Summary = {
  found: number;
  described: number;
  alreadyDescribed: number;
  failed: number;
  skipped: number;
  waiting: number;
} & Pick<
  Output<'usage.get'>,
  'requests' | 'inputTokens' | 'outputTokens' | 'transactions' | 'costMicroUsd' | 'unpriced'
>;

function printSummary({ terminal }: CommandContext, summary: Summary, outcome: EndedOutcome): void {
  const { described, alreadyDescribed, failed, skipped, waiting } = summary;
  if (outcome.isInterrupted && outcome.runId === undefined) return;
  terminal.print();
  if (described === 0 && waiting === 0 && failed === 0) {
    if (alreadyDescribed > 0) terminal.print(describeText.nothingToDo(alreadyDescribed));
    // Which files were passed over, and why, has just been said.
    else if (skipped === 0) terminal.print(describeText.noPhotos);
    return;
  }
  const left = leftOf(outcome, waiting);
  const took = formatDuration(Date.now() - (outcome.describingSinceMs ?? outcome.startedAtMs));
  const isNothingNew = described === 0 && waiting === 0 && alreadyDescribed > 0;
  const headline = isNothingNew
    ? describeText.nothingNew(alreadyDescribed)
    : described === 0
      ? describeText.describedNone(left + failed)
      : `${describeText.described} ${plural(described, 'photo')} in ${took}`;
  const parts = [
    headline,
    ...(!isNothingNew && alreadyDescribed > 0 ? [describeText.before(alreadyDescribed)] : []),
    ...(failed > 0 ? [terminal.style('red', `${formatCount(failed)} failed`)] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped`] : []),
    ...(left > 0 ? [`${formatCount(left)} left`] : []),
  ];
  terminal.printText(parts.join(' · '), { style: 'bold' });
  if (summary.requests > 0) {
    const used =
      summary.transactions > 0 && summary.inputTokens === 0
        ? plural(summary.transactions, 'transaction')
        : `${formatCount(summary.inputTokens)} tokens in, ${formatCount(summary.outputTokens)} out`;
    terminal.printText(`${plural(summary.requests, 'request')} · ${used} · ${formatSpent(summary)}`);
  }
}

/** What was asked for and is not done; where all that was asked for is, what a limit left out. */
function leftOf({ planned, described, failed, heldBy }: EndedOutcome, waiting: number): number {
  if (heldBy === undefined || planned === undefined) return waiting;
  return Math.min(waiting, Math.max(0, planned - described.size - failed.size));
}

function statusOf(context: CommandContext, outcome: EndedOutcome, failed: number): ExitStatus {
  if (outcome.isInterrupted) return interruptedStatus(context);
  const isRootOffline = outcome.scans?.some(({ error }) => error !== null) === true;
  const isWaiting = outcome.batch !== undefined && outcome.batch !== null;
  if (outcome.heldBy !== undefined || isRootOffline || isWaiting) return exitStatus.cannotGoOn;
  return failed > 0 ? exitStatus.doneWithFailures : exitStatus.done;
}
