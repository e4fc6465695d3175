import { runId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import type { Engine } from '../engine.ts';
import { withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { batchSentence } from './batch-text.ts';
import { changeLibrary, pausing } from './change-library.ts';
import { formatCount, formatTime, plural } from './format.ts';
import { formatSpent, formatUsd } from './money.ts';
import { toLine, toTable, type Column } from './printable.ts';
import { runsText } from './library-text.ts';

type RunProgress = Output<'run.get'>;

const usualLimit = 20;

/** `cutline runs`: newest first. */
export function listRuns(
  context: CommandContext,
  { limit = usualLimit }: { limit?: number | undefined },
): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const runs = await reader.call('run.list', { limit });
    terminal.printJson(runs);
    if (terminal.isJson) return exitStatus.done;
    if (runs.length === 0) {
      terminal.print(runsText.none);
      return exitStatus.done;
    }
    const { run, started, connection, photos, failed, left, cost, state } = runsText.columns;
    const columns: Column[] = [
      { title: run, align: 'right' },
      { title: started, isOptional: true },
      { title: connection, isFlexible: true, isOptional: true },
      { title: photos, align: 'right' },
      { title: failed, align: 'right' },
      { title: left, align: 'right' },
      { title: cost, align: 'right', isOptional: true },
      { title: state },
    ];
    const rows = runs.map((one) => [
      String(one.id),
      formatTime(one.createdAtMs),
      toLine(one.connection),
      formatCount(one.jobs.finished),
      formatCount(one.jobs.failed),
      formatCount(leftOf(one)),
      formatSpent(one),
      stateOf(one),
    ]);
    const [title = '', ...lines] = toTable(columns, rows, terminal.width);
    terminal.print(terminal.style('dim', title));
    for (const line of lines) terminal.print(line);
    for (const { id, batch } of runs) {
      if (batch !== null) terminal.printText(runsText.batch(id, batchSentence(batch, Date.now())));
    }
    return exitStatus.done;
  });
}

export function showRun(context: CommandContext, id: number): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const run = await reader.call('run.get', { id: runId.parse(id) });
    terminal.printJson(run);
    if (terminal.isJson) return exitStatus.done;
    const { plan, options, failures } = run;
    terminal.printText(runsText.title(run.id, toLine(run.connection), stateOf(run)), {
      style: 'bold',
    });
    if (run.batch !== null) terminal.printText(batchSentence(run.batch, Date.now()), { indent: 2 });
    if (run.error !== null) terminal.printText(toLine(messageFor(run.error)), { indent: 2 });
    const planned = plan.costMicroUsd === null ? '' : formatUsd(plan.costMicroUsd);
    const lines = [
      runsText.times(
        formatTime(run.createdAtMs),
        run.endedAtMs === null ? undefined : formatTime(run.endedAtMs),
      ),
      // why 0: left out where there are none
      runsText.progress(run.jobs.finished, run.plan.copies ?? 0, run.jobs.failed, leftOf(run)),
      ...(run.describedBy.length === 0 ? [] : [runsText.describedBy(namedLines(run.describedBy))]),
      ...(run.requests === 0
        ? []
        : [
            runsText.used(
              plural(run.requests, 'request'),
              formatCount(run.inputTokens),
              formatCount(run.outputTokens),
              formatSpent(run),
              planned,
            ),
          ]),
      ...(run.budgetMicroUsd === null ? [] : [runsText.budget(formatUsd(run.budgetMicroUsd))]),
      runsText.options(options.detail, options.prompt, options.language, options.fields.join(', ')),
    ];
    for (const line of lines) terminal.printText(line, { indent: 2 });
    for (const { error, photos } of failures) {
      terminal.printText(`${plural(photos, 'photo')}: ${toLine(messageFor(error))}`, {
        indent: 2,
        style: 'red',
      });
    }
    return exitStatus.done;
  });
}

export function changeRun(
  context: CommandContext,
  what: 'pause' | 'cancel' | 'undo',
  id: number,
): Promise<ExitStatus> {
  const change = async (engine: Engine): Promise<unknown> => {
    const input = { id: runId.parse(id) };
    if (what === 'undo') {
      const undone = await engine.call('run.undo', input);
      context.terminal.print(runsText.undone(id, plural(undone.photos, 'photo')));
      return undone;
    }
    const run = await engine.call(what === 'pause' ? 'run.pause' : 'run.cancel', input);
    context.terminal.print(runsText.changed(id, runsText.states[run.state]));
    return run;
  };
  return what === 'pause' ? pausing(changeLibrary(context, change)) : changeLibrary(context, change);
}

export function resumeRun(
  context: CommandContext,
  id: number,
  budgetMicroUsd: number | undefined,
): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const input = { id: runId.parse(id), ...(budgetMicroUsd === undefined ? {} : { budgetMicroUsd }) };
    const run = await engine.call('run.resume', input);
    context.terminal.print(runsText.resumed(id));
    return run;
  });
}

/** A run that nobody works on at the moment is not over. */
function stateOf({ state, jobs }: RunProgress): string {
  return state === 'running' && jobs.running === 0 ? runsText.waiting : runsText.states[state];
}

function namedLines(shares: RunProgress['describedBy']): RunProgress['describedBy'] {
  return shares.map(({ connection, photos }) => ({ connection: toLine(connection), photos }));
}

function leftOf({ jobs: { ready, held, running } }: RunProgress): number {
  return ready + held + running;
}
