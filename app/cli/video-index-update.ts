import { messageFor } from '../contract/messages/en.ts';
import { AppError } from '../platform/errors.ts';
import type { CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { shownPath } from './photo-lines.ts';
import { toLine } from './printable.ts';
import { withService, type WhichFlags } from './video-index-connection.ts';
import { videoIndexText } from './video-index-text.ts';
import { splitPair, toField } from './video-index.ts';

export type UpdateFlags = WhichFlags & {
  /** `field=value` */
  readonly set?: readonly string[] | undefined;
  /** `name:type` */
  readonly field?: readonly string[] | undefined;
};

/** `cutline video-index update`: fields first, so that a new one can have its value at once. */
export function updateIndex(
  context: CommandContext,
  index: string,
  query: string,
  { set = [], field = [], ...flags }: UpdateFlags,
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  const { signal } = interrupts;
  if (set.length + field.length === 0) {
    throw new AppError('invalid-input', { reason: videoIndexText.nothingToUpdate });
  }
  return withService(context, flags, async (engine, connectionId) => {
    const which = { connectionId, index };
    const changed =
      field.length === 0
        ? null
        : await engine.call('videoIndex.addFields', { ...which, fields: field.map(toField) }, { signal });
    const metadata = Object.fromEntries(set.map(splitPair));
    const videos =
      set.length === 0
        ? []
        : await engine.call('videoIndex.update', { ...which, query, metadata }, { signal });
    terminal.printJson({ index: changed, videos });
    if (changed !== null) {
      const names = changed.fields.map(({ name }) => toLine(name));
      terminal.printText(videoIndexText.fieldsAdded(toLine(changed.name), names));
    }
    const failed = videos.flatMap(({ path, error }) => (error === null ? [] : [{ path, error }]));
    for (const { path, error } of failed) {
      terminal.print(shownPath(context, path));
      terminal.printText(toLine(messageFor(error)), { indent: 2, style: 'red' });
    }
    if (set.length > 0) terminal.printText(videoIndexText.updated(videos.length - failed.length));
    return failed.length === 0 ? undefined : exitStatus.doneWithFailures;
  });
}
