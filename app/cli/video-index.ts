import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import { AppError } from '../platform/errors.ts';
import { toAbsolute, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatClock } from './format.ts';
import { shownPath } from './photo-lines.ts';
import { toLine, truncatePath } from './printable.ts';
import { withService, type WhichFlags } from './video-index-connection.ts';
import { videoIndexText } from './video-index-text.ts';

export type { WhichFlags } from './video-index-connection.ts';

type Feature = 'vision' | 'speech';

export type CreateFlags = WhichFlags & {
  readonly feature?: readonly Feature[] | undefined;
  /** `name:type` */
  readonly field?: readonly string[] | undefined;
};

export type AddVideosFlags = WhichFlags & {
  /** `field=value` */
  readonly set?: readonly string[] | undefined;
  readonly limit?: number | undefined;
  readonly yes?: true | undefined;
};

export type SearchFlags = WhichFlags & {
  readonly where?: readonly string[] | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly feature?: readonly Feature[] | undefined;
  readonly limit?: number | undefined;
};

/** `cutline video-index list`. */
export function listIndexes(context: CommandContext, flags: WhichFlags): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  return withService(context, flags, async (engine, connectionId) => {
    const indexes = await engine.call('videoIndex.list', { connectionId }, { signal: interrupts.signal });
    terminal.printJson(indexes);
    if (indexes.length === 0) terminal.note(videoIndexText.noIndexes);
    for (const index of indexes) printIndex(context, index);
    return undefined;
  });
}

function printIndex({ terminal }: CommandContext, index: Output<'videoIndex.create'>): void {
  const fields = index.fields.map(({ name, type }) => `${name}:${type}`);
  terminal.print(terminal.style('bold', toLine(index.name)));
  terminal.printText(toLine(videoIndexText.index(index.features, fields)), { indent: 2, style: 'dim' });
}

/** What Cutline knows of a video by itself. */
const usualFields = ['captured:datetime', 'camera:string'];

/** `cutline video-index create`. */
export function createIndex(
  context: CommandContext,
  name: string,
  { feature, field = usualFields, ...flags }: CreateFlags,
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  return withService(context, flags, async (engine, connectionId) => {
    const input = {
      connectionId,
      index: name,
      fields: field.map(toField),
      ...(feature === undefined ? {} : { features: [...feature] }),
    };
    const created = await engine.call('videoIndex.create', input, { signal: interrupts.signal });
    terminal.printJson(created);
    terminal.note(videoIndexText.retired);
    terminal.printText(videoIndexText.created(toLine(created.name)));
    return undefined;
  });
}

/** @param text `name:type` */
export function toField(text: string) {
  const [name = '', type] = text.split(':');
  const isDate = type?.toLowerCase() === 'datetime';
  return { name, type: isDate ? 'datetime' : 'string', searchable: !isDate } as const;
}

/** `cutline video-index documents`. */
export function listDocuments(
  context: CommandContext,
  index: string,
  flags: WhichFlags,
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  return withService(context, flags, async (engine, connectionId) => {
    const input = { connectionId, index };
    const documents = await engine.call('videoIndex.documents', input, { signal: interrupts.signal });
    terminal.printJson(documents);
    if (documents.length === 0) terminal.note(videoIndexText.noDocuments);
    for (const { documentId, path, error } of documents) {
      terminal.print(`${placeOf(context, path)}  ${terminal.style('dim', toLine(documentId))}`);
      if (error !== null) terminal.printText(toLine(messageFor(error)), { indent: 2, style: 'red' });
    }
    return undefined;
  });
}

/** `cutline video-index search`. */
export function searchIndex(
  context: CommandContext,
  index: string,
  text: string,
  { where = [], since, until, feature, limit, ...flags }: SearchFlags,
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  return withService(context, flags, async (engine, connectionId) => {
    const isTimed = (since ?? until) !== undefined;
    const hits = await engine.call(
      'videoIndex.search',
      {
        connectionId,
        index,
        text,
        ...(limit === undefined ? {} : { limit }),
        ...(feature === undefined ? {} : { features: [...feature] }),
        ...(where.length === 0 ? {} : { strings: stringsOf(where) }),
        ...(isTimed && {
          times: [
            {
              field: 'captured',
              ...(since === undefined ? {} : { start: `${since}T00:00:00Z` }),
              ...(until === undefined ? {} : { end: `${until}T23:59:59Z` }),
            },
          ],
        }),
      },
      { signal: interrupts.signal },
    );
    terminal.printJson(hits);
    for (const hit of hits) printHit(context, hit);
    if (!terminal.isJson) terminal.note(videoIndexText.found(hits.length));
    return undefined;
  });
}

/** Several values of one field: any of them. */
function stringsOf(pairs: readonly string[]): { field: string; values: string[] }[] {
  const byField = new Map<string, string[]>();
  for (const [field, value] of pairs.map(splitPair)) {
    byField.set(field, [...(byField.get(field) ?? []), value]);
  }
  return [...byField].map(([field, values]) => ({ field, values }));
}

/** `field=value`, whose field is in lower case as the service has it. */
export function splitPair(pair: string): readonly [string, string] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at).toLowerCase(), pair.slice(at + 1)];
}

function printHit(context: CommandContext, hit: Output<'videoIndex.search'>[number]): void {
  const { terminal } = context;
  const { path, kind, startMs, endMs, bestMs, relevance } = hit;
  terminal.print(terminal.style('bold', placeOf(context, path)));
  const times = `${formatClock(startMs)}–${formatClock(endMs)}`;
  const best = bestMs === startMs ? '' : ` (${formatClock(bestMs)})`;
  const rest = terminal.style(
    'dim',
    `${videoIndexText.kinds[kind]} · ${videoIndexText.hit(relevance.toFixed(2))}`,
  );
  terminal.print(`  ${times}${best}  ${rest}`);
}

function placeOf(context: CommandContext, path: string | null): string {
  if (path === null) return videoIndexText.unknownVideo;
  return truncatePath(shownPath(context, path), context.terminal.width - 36);
}

/** `cutline video-index remove`. */
export function removeFromIndex(
  context: CommandContext,
  index: string,
  named: readonly string[],
  flags: WhichFlags,
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  const { signal } = interrupts;
  return withService(context, flags, async (engine, connectionId) => {
    const documents = await engine.call('videoIndex.documents', { connectionId, index }, { signal });
    const documentIds = named.map((word) => {
      const path = toAbsolute(context, word);
      const found = documents.find((one) => one.documentId === word || one.path === path);
      if (found !== undefined) return found.documentId;
      throw new AppError('invalid-input', { reason: videoIndexText.noSuchVideo(toLine(word)) });
    });
    const removed = await engine.call(
      'videoIndex.remove',
      { connectionId, index, documentIds: [...new Set(documentIds)] },
      { signal },
    );
    terminal.printJson(removed);
    const failures = removed.flatMap(({ error }) => error ?? []);
    for (const error of failures) terminal.note(toLine(messageFor(error)));
    terminal.printText(videoIndexText.removed(removed.length - failures.length));
    return failures.length === 0 ? undefined : exitStatus.doneWithFailures;
  });
}

/** `cutline video-index delete`. */
export function deleteIndex(
  context: CommandContext,
  index: string,
  { yes, ...flags }: WhichFlags & { readonly yes?: true | undefined },
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  return withService(context, flags, async (engine, connectionId) => {
    const question = videoIndexText.confirmDelete(toLine(index));
    if (yes !== true && !terminal.isInteractive) {
      throw new AppError('invalid-input', { reason: `${question} Say --yes.` });
    }
    if (yes !== true && !(await terminal.confirm(question))) return exitStatus.wrongUsage;
    await engine.call('videoIndex.delete', { connectionId, index }, { signal: interrupts.signal });
    terminal.printJson({ deleted: index });
    terminal.printText(videoIndexText.deleted(toLine(index)));
    return undefined;
  });
}
