import { basename } from 'node:path';
import type { ErrorInfo } from '../contract/errors.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import type { CommandContext } from './context.ts';
import { formatCount } from './format.ts';
import { pad, toLine, truncate } from './printable.ts';
import { describeText } from './text.ts';

/** Why files are not described, by reason. */
export type Reason = Output<'description.summarize'>[number];

export function countFiles(reasons: readonly Reason[]): number {
  return reasons.reduce((sum, { files }) => sum + files, 0);
}

/** Names shown of each group; `--json` lists every file. */
const shownNames = 3;

/** Each reason once, most files first, with the names of some; formats for a later release are one reason. */
export function printReasons(context: CommandContext, title: string, reasons: readonly Reason[]): void {
  const { terminal } = context;
  if (reasons.length === 0) return;
  const groups = [...Map.groupBy(reasons, ({ error }) => keyOf(error))].toSorted(
    ([, a], [, b]) => countFiles(b) - countFiles(a),
  );
  const countWidth = formatCount(countFiles(groups[0]?.[1] ?? [])).length;
  const indent = countWidth + 4;
  terminal.print();
  terminal.print(terminal.style('bold', title));
  for (const [, group] of groups) {
    const [first = '', ...rest] = terminal.wrap(toLine(sentenceFor(group)), indent);
    terminal.print(`  ${pad(formatCount(countFiles(group)), countWidth, 'left')}  ${first}`);
    for (const line of rest) terminal.print(' '.repeat(indent) + line);
    terminal.print(
      ' '.repeat(indent) + terminal.style('dim', truncate(namesOf(group), terminal.width - indent)),
    );
  }
}

function keyOf(error: ErrorInfo | null): string {
  return error?.code === 'unsupported-format' || lacksPreview(error)
    ? (error?.code ?? '')
    : sentenceOf(error);
}

function lacksPreview(error: ErrorInfo | null): boolean {
  return error?.code === 'no-preview' && error.details['reason'] === undefined;
}

function sentenceFor(group: readonly Reason[]): string {
  const error = group[0]?.error ?? null;
  if (error?.code === 'unsupported-format') return describeText.unsupported(countFormats(group));
  if (group.length > 1 && lacksPreview(error)) return describeText.noPreview(countFormats(group));
  const next = error?.code === 'privacy' ? ` ${describeText.allowMore(error.details['privacy'])}` : '';
  return sentenceOf(error, { isOfMany: countFiles(group) > 1 }) + next;
}

/** Its reason is its own, but for those that are codes. */
const ownReasons: ReadonlySet<string> = new Set(['file-damaged', 'no-frames']);

/** Of many files without what is true of one of them alone: its sentence stands for all. */
function sentenceOf(error: ErrorInfo | null, { isOfMany = true } = {}): string {
  if (error === null) return '';
  if (!isOfMany) return messageFor(error);
  const { widthPx: _, heightPx: __, reason, ...details } = error.details;
  const kept = ownReasons.has(error.code) || reason === undefined ? details : { ...details, reason };
  return messageFor({ code: error.code, details: kept });
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
