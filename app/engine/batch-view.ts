import type { RunState } from '../contract/models/run.ts';
import type { Output } from '../contract/procedures.ts';
import type { Batch } from '../usage/batch-store.ts';

type BatchView = NonNullable<Output<'run.get'>['batch']>;

/** Where the batches of a run are, all together; `null` when it has none that is not over. */
export function batchView(batches: readonly Batch[], runState: RunState): BatchView | null {
  // What is cleared away at the service concerns nobody.
  const open = batches.filter(({ state }) => state !== 'cleaning' && state !== 'done');
  if (open.length === 0 || runState === 'finished') return null;
  const atService = open.filter(({ state }) => state === 'at-service' || state === 'ended');
  const done = times(atService.map(({ remoteDone }) => remoteDone));
  return {
    state: stateOf(open, runState),
    photos: open.reduce((sum, { lines }) => sum + lines, 0),
    done: done.length === 0 ? null : done.reduce((sum, count) => sum + count, 0),
    sinceMs: atService.length === 0 ? null : Math.min(...times(atService.map(({ sentAtMs }) => sentAtMs))),
    latestMs: highest(times(atService.map(({ expiresAtMs }) => expiresAtMs))),
    checkedAtMs: highest(times(atService.map(({ checkedAtMs }) => checkedAtMs))),
  };
}

function stateOf(open: readonly Batch[], runState: RunState): BatchView['state'] {
  if (runState === 'canceled' || runState === 'undone') return 'canceling';
  const has = (...states: readonly Batch['state'][]): boolean =>
    open.some(({ state }) => states.includes(state));
  if (has('ended')) return 'fetching';
  if (has('sealed', 'uploading', 'uploaded')) return 'sending';
  return has('filling') ? 'preparing' : 'at-service';
}

function times(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}
