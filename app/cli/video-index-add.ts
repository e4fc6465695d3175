import { messageFor } from '../contract/messages/en.ts';
import type { Arguments, Output } from '../contract/procedures.ts';
import { readVariable } from '../engine/environment-credential.ts';
import type { VideoIndexCaller } from '../engine/video-index/beside.ts';
import { AppError } from '../platform/errors.ts';
import type { CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { shownPath } from './photo-lines.ts';
import { toLine } from './printable.ts';
import { withService } from './video-index-connection.ts';
import { videoIndexText } from './video-index-text.ts';
import { splitPair, type AddVideosFlags } from './video-index.ts';

type Adding = Omit<Arguments<'videoIndex.add'>, 'container'>;
type Video = Output<'videoIndex.add'>[number];

/** `cutline video-index add`: what would be sent, a yes, and then the uploads. */
export function addToIndex(
  context: CommandContext,
  index: string,
  query: string,
  { set = [], limit, yes, ...flags }: AddVideosFlags,
): Promise<ExitStatus> {
  const { terminal, interrupts } = context;
  return withService(context, flags, async (engine, connectionId) => {
    const wanted = { connectionId, index, query, ...(limit === undefined ? {} : { limit }) };
    const plan = await engine.call('videoIndex.plan', wanted, { signal: interrupts.signal });
    if (!(await agrees(context, plan, index, yes === true))) {
      terminal.note(videoIndexText.declined);
      return exitStatus.wrongUsage;
    }
    const isOver = plan.every(({ state }) => state !== 'planned');
    const metadata = Object.fromEntries(set.map(splitPair));
    const videos = isOver ? plan : await addAll(context, engine, { ...wanted, metadata });
    return report(context, videos);
  });
}

/** Says what would happen; nothing is sent without a yes. @throws {AppError} `consent-needed` where nobody can be asked */
async function agrees(
  { terminal }: CommandContext,
  plan: readonly Video[],
  index: string,
  isAgreed: boolean,
): Promise<boolean> {
  const planned = plan.filter(({ state }) => state === 'planned');
  const countOf = (state: Video['state']): number => plan.filter((video) => video.state === state).length;
  if (countOf('there') > 0) terminal.note(videoIndexText.there(countOf('there')));
  if (countOf('kept-back') > 0) terminal.note(videoIndexText.keptBack(countOf('kept-back')));
  if (planned.length === 0) {
    terminal.note(videoIndexText.nothing);
    return true;
  }
  const bytes = planned.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const durationMs = planned.reduce((sum, video) => sum + video.durationMs, 0);
  terminal.note(videoIndexText.retired);
  terminal.note(videoIndexText.plan(planned.length, bytes, durationMs, toLine(index)));
  if (isAgreed) return true;
  if (!terminal.isInteractive) throw new AppError('consent-needed');
  return terminal.confirm(videoIndexText.go);
}

/** Goes on with another signature where the first one expires, while somebody is there to give one. */
async function addAll(
  context: CommandContext,
  engine: VideoIndexCaller,
  adding: Adding,
): Promise<readonly Video[]> {
  const { terminal, interrupts, env } = context;
  const given = readVariable(env, 'VIDEO_CONTAINER_SAS_URL');
  if (given === undefined && !terminal.isInteractive) {
    throw new AppError('invalid-input', { reason: videoIndexText.noContainer });
  }
  let container = given ?? (await terminal.askSecret(videoIndexText.askContainer));
  for (;;) {
    try {
      return await addOnce(context, engine, { ...adding, container });
    } catch (error) {
      terminal.hideProgress();
      const isExpired = error instanceof AppError && error.code === 'sas-expired';
      if (!isExpired || !terminal.isInteractive || interrupts.signal.aborted) throw error;
      terminal.note(videoIndexText.expired);
      container = await terminal.askSecret(videoIndexText.askContainer);
      if (container === '') throw error;
    }
  }
}

async function addOnce(
  { terminal, interrupts }: CommandContext,
  engine: VideoIndexCaller,
  input: Arguments<'videoIndex.add'>,
): Promise<readonly Video[]> {
  const added = await engine.call('videoIndex.add', input, {
    signal: interrupts.signal,
    onPart: ({ stage, done, total }) => {
      terminal.showProgress({ label: videoIndexText.stages[stage], done, total });
    },
  });
  terminal.hideProgress();
  return added;
}

function report(context: CommandContext, videos: readonly Video[]): ExitStatus {
  const { terminal } = context;
  terminal.printJson(videos);
  const failed = videos.filter(({ state }) => state === 'failed');
  for (const { path, error } of failed) {
    terminal.print(shownPath(context, path));
    if (error !== null) terminal.printText(toLine(messageFor(error)), { indent: 2, style: 'red' });
  }
  const indexed = videos.filter(({ state }) => state === 'indexed').length;
  if (indexed > 0) terminal.printText(videoIndexText.added(indexed));
  if (failed.length === 0) return exitStatus.done;
  terminal.printText(videoIndexText.failed(failed.length));
  return exitStatus.doneWithFailures;
}
