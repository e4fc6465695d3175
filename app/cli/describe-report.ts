import { basename } from 'node:path';
import type { ErrorInfo } from '../contract/errors.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import type { Reader } from '../engine-reader.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import type { DescribeFlags } from './describe-flags.ts';
import type { EndedOutcome } from './describe-outcome.ts';
import { holdSentence, needsAnotherFile, sayNextStep } from './describe-next-step.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatCount, formatDuration, plural } from './format.ts';
import { formatUsd } from './money.ts';
import { printFailed, undescribedLine } from './photo-lines.ts';
import { pad, toLine, truncate } from './printable.ts';
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
  const files = await listFiles(reader, outcome);
  const failed = files.filter((file) => file.outcome === 'failed');
  const skipped = files.filter((file) => file.outcome === 'skipped');
  const waiting = files.length - failed.length - skipped.length;
  const failedBefore = failed.filter(({ id }) => id === null || !outcome.failed.has(id));
  for (const { path, error } of failedBefore) {
    terminal.printJson(undescribedLine(path, 'failed', error));
    if (!terminal.isJson && error !== null) printFailed(context, path, error);
  }
  for (const { path, error } of skipped) terminal.printJson(undescribedLine(path, 'skipped', error));
  if (!terminal.isJson) printSkipped(context, skipped);

  const { inputTokens, outputTokens, costMicroUsd, requests } = await reader.call('usage.get', {
    sinceMs: outcome.startedAtMs,
  });
  const described = outcome.described.size;
  const alreadyDescribed = outcome.describedBefore ?? 0; // why 0: interrupted before anybody counted
  const summary = {
    found: described + alreadyDescribed + failed.length + skipped.length + waiting,
    described,
    alreadyDescribed,
    failed: failed.length,
    skipped: skipped.length,
    waiting,
    requests,
    inputTokens,
    outputTokens,
    costMicroUsd,
  };
  const hold = outcome.heldBy;
  terminal.printJson({
    summary,
    ...(hold === undefined ? {} : { error: { code: hold.error.code, message: holdSentence(hold.error) } }),
  });
  if (!terminal.isJson) printSummary(context, summary, outcome);
  const isRetryable = failed.some(({ error }) => error !== null && !needsAnotherFile(error));
  await sayNextStep(context, reader, flags, { ...outcome, waiting, isRetryable });
  return statusOf(context, outcome, failed.length);
}

async function listFiles(reader: Reader, { scope, connection }: EndedOutcome): Promise<File[]> {
  if (scope === undefined) return [];
  const files: File[] = [];
  let after: number | null = 0;
  while (after !== null) {
    const page: Output<'description.report'> = await reader.call('description.report', {
      ...scope,
      connectionId: connection.id,
      after,
    });
    files.push(...page.files);
    after = page.nextCursor;
  }
  return files;
}

/** Names shown of each group; `--json` lists every file. */
const shownNames = 3;

/** Skipped files by reason, most first; formats for a later release are one reason. */
function printSkipped(context: CommandContext, files: readonly File[]): void {
  const { terminal } = context;
  if (files.length === 0) return;
  const reasons = [...Map.groupBy(files, ({ error }) => error?.code)].toSorted(
    ([, a], [, b]) => b.length - a.length,
  );
  const countWidth = formatCount(reasons[0]?.[1].length ?? 0).length;
  const indent = countWidth + 4;
  terminal.print();
  terminal.print(terminal.style('bold', describeText.notDescribed(files.length)));
  for (const [code, group] of reasons) {
    const sentence =
      code === 'unsupported-format'
        ? describeText.unsupported(countFormats(group))
        : sentenceOf(group[0]?.error);
    const [first = '', ...rest] = terminal.wrap(toLine(sentence), indent);
    terminal.print(`  ${pad(formatCount(group.length), countWidth, 'left')}  ${first}`);
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
function countFormats(files: readonly File[]): string {
  const formats = [
    ...Map.groupBy(files, ({ error }) => String(error?.details['format'] ?? describeText.otherFormats)),
  ];
  return formats
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([format, group]) => (group.length === 1 ? format : `${format} (${formatCount(group.length)})`))
    .join(', ');
}

function namesOf(files: readonly File[]): string {
  const names = files.slice(0, shownNames).map(({ path }) => toLine(basename(path)));
  const more = files.length - names.length;
  return more === 0 ? names.join(', ') : `${names.join(', ')} ${describeText.andMore(more)}`;
}

type Summary = {
  found: number;
  described: number;
  alreadyDescribed: number;
  failed: number;
  skipped: number;
  waiting: number;
} & Pick<Output<'usage.get'>, 'requests' | 'inputTokens' | 'outputTokens' | 'costMicroUsd'>;

function printSummary({ terminal }: CommandContext, summary: Summary, outcome: EndedOutcome): void {
  const { described, alreadyDescribed, failed, skipped, waiting } = summary;
  if (outcome.isInterrupted && outcome.runId === undefined) return;
  terminal.print();
  if (described === 0 && waiting === 0 && failed === 0) {
    terminal.print(
      alreadyDescribed === 0 ? describeText.noPhotos : describeText.nothingToDo(alreadyDescribed),
    );
    return;
  }
  const took = formatDuration(Date.now() - (outcome.describingSinceMs ?? outcome.startedAtMs));
  const parts = [
    described === 0
      ? describeText.nothingNew(alreadyDescribed)
      : `${describeText.described} ${plural(described, 'photo')} in ${took}`,
    ...(described > 0 && alreadyDescribed > 0 ? [describeText.before(alreadyDescribed)] : []),
    ...(failed > 0 ? [terminal.style('red', `${formatCount(failed)} failed`)] : []),
    ...(skipped > 0 ? [`${formatCount(skipped)} skipped`] : []),
    ...(waiting > 0 ? [`${formatCount(waiting)} left`] : []),
  ];
  terminal.printText(parts.join(' · '), { style: 'bold' });
  if (summary.requests > 0) {
    const tokens = `${formatCount(summary.inputTokens)} tokens in, ${formatCount(summary.outputTokens)} out`;
    terminal.printText(
      `${plural(summary.requests, 'request')} · ${tokens} · ${formatUsd(summary.costMicroUsd)}`,
    );
  }
}

function statusOf(context: CommandContext, outcome: EndedOutcome, failed: number): ExitStatus {
  if (outcome.isInterrupted) return interruptedStatus(context);
  const isRootOffline = outcome.scans?.some(({ error }) => error !== null) === true;
  if (outcome.heldBy !== undefined || isRootOffline) return exitStatus.cannotGoOn;
  return failed > 0 ? exitStatus.doneWithFailures : exitStatus.done;
}
