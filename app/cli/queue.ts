import { runId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Engine } from '../engine.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { changeLibrary, pausing } from './change-library.ts';
import { formatCount, formatTime, plural } from './format.ts';
import { toLine, toTable } from './printable.ts';
import { queueText } from './library-text.ts';

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
    for (const { error, photos, runId: run } of queue.failures) {
      const ofRun = run === null ? '' : ` (${queueText.run(run)})`;
      terminal.printText(
        `${plural(photos, 'failure')}${ofRun}: ${toLine(messageFor(error))} [${error.code}]`,
        { style: 'red' },
      );
    }
    return exitStatus.done;
  });
}

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
  { run, code }: { run?: number; code?: string },
): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const retried = await engine.call('queue.retry', {
      ...(run === undefined ? {} : { runId: runId.parse(run) }),
      ...(code === undefined ? {} : { code }),
    });
    context.terminal.print(
      retried.jobs === 0 ? queueText.nothingToRetry : queueText.retried(plural(retried.jobs, 'photo')),
    );
    return retried;
  });
}
