import { threadId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { ThreadAnswer } from '../contract/procedures/thread.ts';
import { withReader, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { formatClock, formatTime } from './format.ts';
import { formatUsd } from './money.ts';
import { shownPath } from './photo-lines.ts';
import { toLine, toLines } from './printable.ts';
import { askText } from './ask-text.ts';
import { printThread } from './thread-lines.ts';
import { findPhoto } from './find-photo.ts';

/** `cutline threads list`: what was asked, newest first. */
export function listThreads(
  context: CommandContext,
  { photo, limit }: { readonly photo?: string; readonly limit?: number },
): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const asset = photo === undefined ? undefined : await findPhoto(context, reader, photo);
    const { threads } = await reader.call('thread.list', {
      limit: limit ?? 50,
      ...(asset === undefined ? {} : { assetId: asset.id }),
    });
    terminal.printJson({ threads });
    if (threads.length === 0 && !terminal.isJson) terminal.note(askText.none);
    for (const thread of threads) printThread(context, thread);
    return exitStatus.done;
  });
}

/** `cutline threads show`: everything that was asked and answered in one. */
export function showThread(context: CommandContext, id: number): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const thread = await reader.call('thread.get', { id: threadId.parse(id) });
    terminal.printJson(thread);
    if (terminal.isJson) return exitStatus.done;
    for (const assetId of thread.assetIds) {
      const { path } = await reader.call('asset.get', { id: assetId });
      terminal.printText(shownPath(context, path), { style: 'dim' });
    }
    for (const answer of thread.answers) printAnswer(context, answer);
    return exitStatus.done;
  });
}

function printAnswer({ terminal }: CommandContext, answer: ThreadAnswer): void {
  terminal.print();
  terminal.printText(toLine(answer.question), { style: 'bold' });
  if (answer.crop !== null) {
    const { x, y, width, height } = answer.crop;
    terminal.print(terminal.style('dim', askText.part([x, y, width, height])));
  }
  if (answer.moment !== null) {
    const { startMs, endMs } = answer.moment;
    terminal.print(terminal.style('dim', askText.moment(formatClock(startMs), formatClock(endMs))));
  }
  if (answer.answer !== null) for (const line of toLines(answer.answer)) terminal.printText(line);
  if (answer.error !== null) terminal.printText(toLine(messageFor(answer.error)), { style: 'red' });
  const facts = [
    formatTime(answer.askedAtMs),
    toLine(answer.modelAnswered ?? answer.connection),
    ...(answer.costMicroUsd === null ? [] : [formatUsd(answer.costMicroUsd)]),
    ...(answer.state === 'partial' ? [askText.partial] : []),
  ];
  terminal.printText(facts.join(' · '), { style: 'dim' });
}

/** `cutline threads remove`. */
export async function removeThread(context: CommandContext, id: number): Promise<ExitStatus> {
  const end = await withEngine(context, {}, (engine) =>
    engine.call('thread.remove', { id: threadId.parse(id) }),
  );
  if (end.status === 'finished') {
    context.terminal.printJson({ id, ...end.result });
    context.terminal.note(askText.removed(id, end.result.questions));
  }
  return exitStatus.done;
}

/** `cutline threads undo`: what became caption or keywords from its answers is taken back. */
export async function undoThread(context: CommandContext, id: number): Promise<ExitStatus> {
  const end = await withEngine(context, {}, async (engine) => {
    const { answers } = await engine.call('thread.get', { id: threadId.parse(id) });
    let photos = 0;
    for (const { id: answerId } of answers) {
      photos += (await engine.call('thread.unuse', { answerId })).photos;
    }
    return photos;
  });
  if (end.status === 'finished') {
    context.terminal.printJson({ id, photos: end.result });
    context.terminal.note(askText.undone(end.result));
  }
  return exitStatus.done;
}
