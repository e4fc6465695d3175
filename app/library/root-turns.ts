import type { RootId } from '../contract/ids.ts';
import type { LibraryContext } from './context.ts';
import type { ReadDb } from './root-store.ts';

/** What was begun last with each root, by library. */
const lastTurns = new WeakMap<ReadDb, Map<RootId, Promise<unknown>>>();

/**
 * One at a time looks at a root as a whole: two scans of it would store the same file twice, and a scan would put back
 * what is being taken out. Others wait for their turn.
 */
export async function inTurn<Result>(
  { read }: Pick<LibraryContext, 'read'>,
  rootId: RootId,
  action: () => Promise<Result>,
): Promise<Result> {
  const turns = lastTurns.get(read) ?? new Map<RootId, Promise<unknown>>();
  lastTurns.set(read, turns);
  const turn = Promise.allSettled([turns.get(rootId)]).then(action);
  turns.set(rootId, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(rootId) === turn) turns.delete(rootId);
  }
}
