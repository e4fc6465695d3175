import { basename } from 'node:path';
import type { ErrorInfo } from '../contract/errors.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import type { Reader } from '../engine/reader.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { sayDamaged } from './damaged.ts';
import type { DescribeFlags } from './describe-flags.ts';
import type { EndedOutcome } from './describe-outcome.ts';
import { holdSentence, needsAnotherFile, sayNextStep } from './describe-next-step.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatCount, formatDuration, plural } from './format.ts';
import { formatUsd } from './money.ts';
import { printFailed, undescribedLine } from './photo-lines.ts';
import { pad, toLine, truncate } from './printable.ts';
import { runsText } from './library-text.ts';
import { describeText } from './text.ts';

type File = Output<'description.report'>['files'][number];
type Reason = Output<'description.summarize'>[number];

/** Says what became of every file, sums up, and gives the exit status. */
export async function reportDescribed(
  context: CommandContext,
  reader: Reader,
  flags: DescribeFlags,
  outcome: EndedOutcome,
): Promise<ExitStatus> {
  const { terminal } = context;
  const reasons = await listReasons(reader, outcome);
  const skippedReasons = reasons.filter(({ outcome: fate }) => fate === 'skipped');
  const skipped = countFiles(skippedReasons);
  const failed = countFiles(reasons.filter(({ outcome: fate }) => fate === 'failed'));
  const waiting = countFiles(reasons) - failed - skipped;
  // The terminal shows skipped files by reason, and those that wait by their number.
  const { failed: failedFiles, skipped: skippedFiles } = await listFiles(reader, outcome, {
    failed,
    skipped: terminal.isJson ? skipped : 0,
  });
  const failedBefore = failedFiles.filter(({ id }) => id === null || !outcome.failed.has(id));
  for (const { path, error } of failedBefore) {
    terminal.printJson(undescribedLine(path, 'failed', error));
    if (!terminal.isJson && error !== null) printFailed(context, path, error);
  }
  for (const { path, error } of skippedFiles) terminal.printJson(undescribedLine(path, 'skipped', error));
  if (!terminal.isJson) printSkipped(context, skippedReasons);

  const { inputTokens, outputTokens, transactions, costMicroUsd, requests } = await reader.call(
    'usage.total',
    {
      sinceMs: outcome.startedAtMs,
    },
  );
  const described = outcome.described.size;
  const alreadyDescribed = outcome.describedBefore ?? 0; // why 0: interrupted before anybody counted
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
  if (!terminal.isJson && described > 0) await sayDoubtful(context, reader);
  if (!terminal.isJson) await sayDamaged(context, reader, flags.query, outcome.scope?.folders);
  const isRetryable = failedFiles.some(({ error }) => error !== null && !needsAnotherFile(error));
  await sayNextStep(context, reader, flags, { ...outcome, waiting, isRetryable });
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

/** Answers that were kept, and that somebody may want to look at. */
async function sayDoubtful({ terminal }: CommandContext, reader: Reader): Promise<void> {
  const { total } = await reader.call('search.query', { query: 'is:doubtful', limit: 1 });
  if (total > 0) terminal.print(describeText.doubtful(total));
}

async function listReasons(reader: Reader, { scope, connection }: EndedOutcome): Promise<Reason[]> {
  if (scope === undefined) return [];
  return reader.call('description.summarize', { ...scope, connectionId: connection.id });
}

function countFiles(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { files }) => sum + files, 0);
}

/** So many failed and skipped files, one by one: looks no further once it has them. */
async function listFiles(
  reader: Reader,
  { scope, connection }: EndedOutcome,
  wanted: { readonly failed: number; readonly skipped: number },
): Promise<{ failed: File[]; skipped: File[] }> {
  const found: { failed: File[]; skipped: File[] } = { failed: [], skipped: [] };
  let after: number | null = 0;
  while (after !== null && (found.failed.length < wanted.failed || found.skipped.length < wanted.skipped)) {
    const page: Output<'description.report'> = await reader.call('description.report', {
      ...scope,
      connectionId: connection.id,
      after,
    });
    for (const file of page.files) {
      if (file.outcome !== 'waiting' && wanted[file.outcome] > 0) found[file.outcome].push(file);
    }
    after = page.nextCursor;
  }
  return found;
}

/** Names shown of each group; `--json` lists every file. */
const shownNames = 3;

/** Skipped files by reason, most first; formats for a later release are one reason. */
function printSkipped(context: CommandContext, skipped: readonly Reason[]): void {
  const { terminal } = context;
  if (skipped.length === 0) return;
  const reasons = [...Map.groupBy(skipped, ({ error }) => error?.code)].toSorted(
    ([, a], [, b]) => countFiles(b) - countFiles(a),
  );
  const countWidth = formatCount(countFiles(reasons[0]?.[1] ?? [])).length;
  const indent = countWidth + 4;
  terminal.print();
  terminal.print(terminal.style('bold', describeText.notDescribed(countFiles(skipped))));
  for (const [code, group] of reasons) {
    const sentence =
      code === 'unsupported-format'
        ? describeText.unsupported(countFormats(group))
        : sentenceOf(group[0]?.error);
    const [first = '', ...rest] = terminal.wrap(toLine(sentence), indent);
    terminal.print(`  ${pad(formatCount(countFiles(group)), countWidth, 'left')}  ${first}`);
    for (const line of rest) terminal.print(' '.repeat(indent) + line);
    terminal.print(
      ' '.repeat(indent) + terminal.style('dim', truncate(namesOf(group), terminal.width - indent)),
    );
  }
}

function sentenceOf(error: ErrorInfo | null | undefined): string {
  return error === null || error === undefined ? '' : messageFor(error);
}

/** `MP4 video 12, HEIC 7`. */
function countFormats(reasons: readonly Reason[]): string {
  return reasons
    .toSorted((a, b) => b.files - a.files)
    .map(({ files, error }) => {
      const format = String(error?.details['format'] ?? describeText.otherFormats);
      return files === 1 ? format : `${format} (${formatCount(files)})`;
    })
    .join(', ');
}

function namesOf(reasons: readonly Reason[]): string {
  const paths = reasons.flatMap(({ examples }) => examples);
  const names = paths.slice(0, shownNames).map((path) => toLine(basename(path)));
  const more = countFiles(reasons) - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} ${describeText.andMore(more)}`;
}

type Summary = {
  found: number;
  described: number;
  alreadyDescribed: number;
  failed: number;
  skipped: number;
  waiting: number;
} & Pick<Output<'usage.get'>, 'requests' | 'inputTokens' | 'outputTokens' | 'transactions' | 'costMicroUsd'>;

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
  const took = formatDuration(Date.now() - (outcome.describingSinceMs ?? outcome.startedAtMs));
  const isNothingNew = described === 0 && waiting === 0 && alreadyDescribed > 0;
  const headline = isNothingNew
    ? describeText.nothingNew(alreadyDescribed)
    : described === 0
      ? describeText.describedNone(waiting + failed)
      : `${describeText.described} ${plural(described, 'photo')} in ${took}`;
  const parts = [
    headline,
    ...(!isNothingNew && alreadyDescribed > 0 ? [describeText.before(alreadyDescribed)] : []),
    ...(failed > 0 ? [terminal.style('red', `${formatCount(failed)} failed`)] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} left`] : []),
  ];
  terminal.printText(parts.join(' · '), { style: 'bold' });
  if (summary.requests > 0) {
    const used =
      summary.transactions > 0 && summary.inputTokens === 0
        ? plural(summary.transactions, 'transaction')
        : `${formatCount(summary.inputTokens)} tokens in, ${formatCount(summary.outputTokens)} out`;
    terminal.printText(
      `${plural(summary.requests, 'request')} · ${used} · ${formatUsd(summary.costMicroUsd)}`,
    );
  }
}

function statusOf(context: CommandContext, outcome: EndedOutcome, failed: number): ExitStatus {
  if (outcome.isInterrupted) return interruptedStatus(context);
  const isRootOffline = outcome.scans?.some(({ error }) => error !== null) === true;
  const isWaiting = outcome.batch !== undefined && outcome.batch !== null;
  if (outcome.heldBy !== undefined || isRootOffline || isWaiting) return exitStatus.cannotGoOn;
  return failed > 0 ? exitStatus.doneWithFailures : exitStatus.done;
}
