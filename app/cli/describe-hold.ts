import type { RunId } from '../contract/ids.ts';
import { laneOf } from '../engine/connections.ts';
import type { Engine } from '../engine.ts';
import type { Outcome } from './describe-outcome.ts';

/** What keeps the run from going on; `undefined` when it is over. */
export async function findHold(
  engine: Engine,
  runId: RunId,
  lane: string,
  fallbackId: Outcome['fallbackId'],
): Promise<Outcome['heldBy']> {
  const run = await engine.call('run.get', { id: runId });
  if (run.error !== null) return { error: run.error, untilMs: null };
  if (run.state === 'finished') return undefined;
  const { lanes } = await engine.call('queue.list', {});
  const holdOf = (wanted: string): Outcome['heldBy'] => {
    const rest = lanes.find(({ name }) => name === wanted);
    return rest === undefined || rest.error === null
      ? undefined
      : { error: rest.error, untilMs: rest.untilMs };
  };
  const first = holdOf(lane);
  if (first !== undefined || fallbackId === undefined) return first;
  const second = holdOf(laneOf(fallbackId));
  const connection = run.fallbackConnection ?? undefined;
  return second === undefined ? undefined : { ...second, connection };
}
