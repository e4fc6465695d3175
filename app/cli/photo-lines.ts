import { relative, sep } from 'node:path';
import type { ErrorInfo } from '../contract/errors.ts';
import type { RunId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import type { CommandContext } from './context.ts';
import { toLine, truncatePath } from './printable.ts';

type Photo = Output<'asset.get'>;

/** As short as it is clear: from where the person stands when it is below, else whole. */
export function shownPath({ baseFolder }: Pick<CommandContext, 'baseFolder'>, path: string): string {
  const below = relative(baseFolder, path);
  const isBelow = below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && below !== path;
  return toLine(isBelow ? below : path);
}

const nothingUsed = { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 };

/** A photo as scripts get it (DESIGN §11). Usage is that of one run; a photo described with its twin cost nothing more. */
export function photoLine(
  { path, description, history }: Photo,
  runId: RunId | undefined,
): Record<string, unknown> {
  const said = runId === undefined ? undefined : history.find((past) => past.runId === runId && past.live);
  return {
    path,
    status: 'described',
    caption: description?.caption?.text ?? null,
    altText: description?.altText?.text ?? null,
    keywords: description?.keywords.map(({ keyword }) => keyword) ?? [],
    recognizedText: description?.recognizedText ?? null,
    objects: description?.objects ?? [],
    error: null,
    usage:
      said === undefined
        ? nothingUsed
        : {
            // Nothing was sent, or the service did not say.
            inputTokens: said.inputTokens ?? 0,
            outputTokens: said.outputTokens ?? 0,
            costMicroUsd: said.costMicroUsd ?? 0,
          },
  };
}

/** A file without a description, in the same shape. */
export function undescribedLine(
  path: string,
  status: 'failed' | 'skipped',
  error: ErrorInfo | null,
): Record<string, unknown> {
  return {
    path,
    status,
    caption: null,
    altText: null,
    keywords: [],
    recognizedText: null,
    objects: [],
    error: error === null ? null : { code: error.code, message: messageFor(error) },
    usage: nothingUsed,
  };
}

/** Some programs write whole tables into a caption; `show` has all of it. */
const mostCaptionLines = 6;

export function printDescribed(context: CommandContext, { path, description }: Photo): void {
  const { terminal } = context;
  terminal.print(terminal.style('bold', truncatePath(shownPath(context, path), terminal.width)));
  const caption = description?.caption?.text ?? description?.altText?.text ?? description?.title?.text;
  if (caption !== undefined) {
    const lines = terminal.wrap(toLine(caption), 2);
    for (const line of lines.slice(0, mostCaptionLines)) terminal.print(`  ${line}`);
    if (lines.length > mostCaptionLines) terminal.print('  …');
  }
  const keywords = description?.keywords.map(({ keyword }) => toLine(keyword)).join(' · ') ?? '';
  if (keywords !== '') terminal.printText(keywords, { indent: 2, style: 'dim' });
}

export function printFailed(context: CommandContext, path: string, error: ErrorInfo): void {
  const { terminal } = context;
  const mark = terminal.style('red', '✗');
  terminal.print(
    `${mark} ${terminal.style('bold', truncatePath(shownPath(context, path), terminal.width - 2))}`,
  );
  terminal.printText(toLine(messageFor(error)), { indent: 2 });
}
