import type { ReadDb } from '../../../captioning/description-store.ts';
import type { Output } from '../../../contract/procedures.ts';
import { listPausedLanes } from '../../../queue/lane-store.ts';

/** Lanes that rest, and why. */
export function listLanes(read: ReadDb): Output<'lane.list'> {
  return [...listPausedLanes(read)].map(([name, { by, untilMs, error }]) => ({
    name,
    pausedBy: by,
    untilMs,
    error,
  }));
}
