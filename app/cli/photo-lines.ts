import { relative, sep } from 'node:path';
import type { ErrorInfo } from '../contract/errors.ts';
import type { RunId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { PastDescription } from '../contract/history.ts';
import type { DescriptionFields } from '../contract/models/description.ts';
import type { Output } from '../contract/procedures.ts';
import type { CommandContext } from './context.ts';
import { toLine, truncate, truncatePath } from './printable.ts';
import { describeText } from './text.ts';

type Photo = Output<'asset.get'>;

/** As short as it is clear: from where the person stands when it is below, else whole. */
export function shownPath({ baseFolder }: Pick<CommandContext, 'baseFolder'>, path: string): string {
  const below = relative(baseFolder, path);
  const isBelow = below !== '' && below !== '..' && !below.startsWith(`..${sep}`) && below !== path;
  return toLine(isBelow ? below : path);
}

const nothingUsed = { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 };

/** What a run said, whoever's word stands; `undefined` for a photo that was described with its twin. */
function saidBy({ history }: Photo, runId: RunId | undefined): PastDescription | undefined {
  return runId === undefined ? undefined : history.find((past) => past.runId === runId && past.live);
}

function currentFields({ description }: Photo): DescriptionFields {
  if (description === null) return {};
  const { title, caption, altText, keywords, recognizedText, objects } = description;
  return {
    ...(title === null ? {} : { title: title.text }),
    ...(caption === null ? {} : { caption: caption.text }),
    ...(altText === null ? {} : { altText: altText.text }),
    ...(recognizedText === null ? {} : { recognizedText }),
    keywords: keywords.map(({ keyword }) => keyword),
    objects,
  };
}

/** A photo as scripts get it (DESIGN §11). Usage is that of one run; a photo described with its twin cost nothing more. */
export function photoLine(photo: Photo, runId: RunId | undefined): Record<string, unknown> {
  const said = saidBy(photo, runId);
  const { caption, altText, keywords, recognizedText, objects } = said?.fields ?? currentFields(photo);
  return {
    path: photo.path,
    status: 'described',
    caption: caption ?? null,
    altText: altText ?? null,
    keywords: keywords ?? [],
    recognizedText: recognizedText ?? null,
    objects: objects ?? [],
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
const mostOwnCaption = 60;

/** What the run said; when the file's own caption stays the current one, that is told too. */
export function printDescribed(context: CommandContext, photo: Photo, runId: RunId | undefined): void {
  const { terminal } = context;
  const { path, description } = photo;
  terminal.print(terminal.style('bold', truncatePath(shownPath(context, path), terminal.width)));
  const said = saidBy(photo, runId);
  const fields = said?.fields ?? currentFields(photo);
  const caption = fields.caption ?? fields.altText ?? fields.title;
  if (caption !== undefined) {
    const lines = terminal.wrap(toLine(caption), 2);
    for (const line of lines.slice(0, mostCaptionLines)) terminal.print(`  ${line}`);
    if (lines.length > mostCaptionLines) terminal.print('  …');
  }
  const keywords = (fields.keywords ?? []).map(toLine).join(' · ');
  if (keywords !== '') terminal.printText(keywords, { indent: 2, style: 'dim' });
  if (said !== undefined && description?.caption?.owner === 'file') {
    const own = truncate(toLine(description.caption.text), mostOwnCaption);
    terminal.printText(describeText.ownCaptionStays(own), { indent: 2, style: 'dim' });
  }
}

export function printFailed(context: CommandContext, path: string, error: ErrorInfo): void {
  const { terminal } = context;
  const mark = terminal.style('red', '✗');
  terminal.print(
    `${mark} ${terminal.style('bold', truncatePath(shownPath(context, path), terminal.width - 2))}`,
  );
  terminal.printText(toLine(messageFor(error)), { indent: 2 });
}
