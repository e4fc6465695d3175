import { usualPaceMs } from '../captioning/pace-store.ts';
import type { ReadDb } from '../captioning/candidate-store.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { CaptionPlan } from '../contract/models/run.ts';
import { usualAnswerMs } from '../usage/answer-time-store.ts';
import { timeNeeded } from '../usage/time-needed.ts';

/**
 * How long a plan takes, in milliseconds, as fast as its connection was of late. `undefined` where nobody knows: before its
 * first answers, for batches, and when there is nothing to do.
 */
export function timeOfPlan(
  read: ReadDb,
  connection: Connection,
  plan: CaptionPlan,
  { isBatch }: { readonly isBatch: boolean },
): number | undefined {
  if (isBatch || plan.photos === 0) return undefined;
  if (connection.kind === 'built-in') {
    const paceMs = usualPaceMs(read, connection.id);
    return paceMs === undefined ? undefined : Math.ceil(plan.photos * paceMs);
  }
  const answerMs = plan.requests === 0 ? undefined : usualAnswerMs(read, connection.id);
  return answerMs === undefined ? undefined : timeNeeded(plan, connection, answerMs);
}
