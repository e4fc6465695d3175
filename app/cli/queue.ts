import { basename } from 'node:path';
import { runId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import type { Engine } from '../engine.ts';
import type { Reader } from '../engine/reader.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { changeLibrary, pausing } from './change-library.ts';
import { formatCount, formatTime, plural } from './format.ts';
import { holdSentence } from './describe-next-step.ts';
import { toLine, toTable, truncate } from './printable.ts';
import { describeText } from './text.ts';
import { queueText } from './library-text.ts';
import { findPhoto } from './find-photo.ts';

/** `cutline queue`: what waits, what rests and why, what failed. */
export function listQueue(context: CommandContext): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const queue = await reader.call('queue.list', {});
    terminal.printJson(queue);
    if (terminal.isJson) return exitStatus.done;
    const live = queue.byKind.filter(({ ready, held, running }) => ready + held + running > 0);
    if (live.length === 0) terminal.print(queueText.empty);
    else {
      const { work, waiting, held, running } = queueText.columns;
      const right = [waiting, held, running].map((title) => ({ title, align: 'right' as const }));
      const rows = live.map((kind) => [
        queueText.kinds[kind.kind] ?? kind.kind,
        formatCount(kind.ready),
        formatCount(kind.held),
        formatCount(kind.running),
      ]);
      for (const line of toTable([{ title: work, isFlexible: true }, ...right], rows, terminal.width)) {
        terminal.print(line);
      }
    }
    for (const { pausedBy, untilMs, error } of queue.lanes) {
      const until = untilMs === null ? '' : ` ${queueText.until(formatTime(untilMs))}`;
      const why = error === null ? '' : ` ${toLine(messageFor(error))}`;
      terminal.printText(`${queueText.rests[pausedBy]}${until}.${why}`);
    }
    if (queue.jobs.held > 0) await printHeld(context, reader);
    if (queue.failures.length > 0) printFailures(context, queue.failures);
    return exitStatus.done;
  });
}

/** Newest runs that are looked at: older ones rarely wait for anything. */
const mostRuns = 100;

async function printHeld({ terminal }: CommandContext, reader: Reader): Promise<void> {
  const runs = await reader.call('run.list', { limit: mostRuns });
  for (const { id, jobs, error } of runs.filter((run) => run.jobs.held > 0)) {
    const why = error === null ? queueText.resume(id) : holdSentence(error);
    terminal.printText(`${queueText.held(id, plural(jobs.held, 'photo'))} ${toLine(why)}`);
  }
}

type Failure = Output<'queue.list'>['failures'][number];

/** Each sentence once, with the photos and runs that it is about and the names of some. */
function printFailures({ terminal }: CommandContext, failures: readonly Failure[]): void {
  for (const [sentence, group] of Map.groupBy(failures, ({ error }) => toLine(messageFor(error)))) {
    const photos = group.reduce((sum, failure) => sum + failure.photos, 0);
    const runs = group.flatMap(({ runId: run }) => (run === null ? [] : [run]));
    const ofRuns = runs.length === 0 ? '' : ` (${queueText.runs(runs)})`;
    const codes = [...new Set(group.map(({ error }) => error.code))];
    terminal.printText(`${plural(photos, 'photo')} failed${ofRuns}: ${sentence} [${codes.join(', ')}]`, {
      style: 'red',
    });
    const names = group.flatMap(({ examples }) => examples.map((path) => toLine(basename(path))));
    const shown = names.slice(0, shownNames);
    const more = photos - shown.length;
    const all = [shown.join(', '), ...(more > 0 ? [describeText.andMore(more)] : [])].join(' ');
    terminal.print(`  ${terminal.style('dim', truncate(all, terminal.width - 2))}`);
  }
  terminal.note(queueText.eachFailure);
}

const shownNames = 3;

export function changeQueue(
  context: CommandContext,
  what: 'pause' | 'resume' | 'cancel',
): Promise<ExitStatus> {
  const change = async (engine: Engine): Promise<unknown> => {
    if (what === 'cancel') {
      const canceled = await engine.call('queue.cancel', {});
      context.terminal.print(queueText.canceled(plural(canceled.jobs, 'photo')));
      return canceled;
    }
    if (what === 'resume') {
      const resumed = await engine.call('queue.resume', {});
      context.terminal.print(queueText.resumed);
      return resumed;
    }
    const { jobs } = await engine.call('queue.list', {});
    if (jobs.ready + jobs.running === 0) {
      context.terminal.print(queueText.nothingToPause);
      return {};
    }
    const paused = await engine.call('queue.pause', {});
    context.terminal.print(queueText.paused);
    return paused;
  };
  return what === 'pause' ? pausing(changeLibrary(context, change)) : changeLibrary(context, change);
}

export function retryFailed(
  context: CommandContext,
  photos: readonly string[],
  { run, code }: { run?: number; code?: string },
): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const assetIds = [];
    for (const photo of photos) {
      assetIds.push((await findPhoto(context, engine, photo)).id);
    }
    const retried = await engine.call('queue.retry', {
      ...(run === undefined ? {} : { runId: runId.parse(run) }),
      ...(code === undefined ? {} : { code }),
      ...(photos.length === 0 ? {} : { photos: { assetIds } }),
    });
    context.terminal.print(
      retried.photos === 0 ? queueText.nothingToRetry : queueText.retried(plural(retried.photos, 'photo')),
    );
    return retried;
  });
}
