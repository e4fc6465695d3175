import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Finding } from '../../contract/finding.ts';
import type { ReadContext } from '../handlers/context.ts';
import { checkConnections } from './check-connections.ts';
import { checkDatabase, checkIndex, checkPhotos, checkRenditions } from './check-library.ts';
import { checkClock, checkFolder, checkRoots, checkSpace, checkWatchLimit } from './check-machine.ts';
import { checkTools } from './check-tools.ts';
import { checkVideos } from './check-videos.ts';
import type { Examination } from './examination.ts';

/** Looks at everything that has to be well, one thing after the other, with a turn for others between them. */
export async function* examine(context: ReadContext, examination: Examination): AsyncGenerator<Finding> {
  const checks = [
    checkFolder,
    checkSpace,
    checkClock,
    checkRoots,
    checkWatchLimit,
    checkTools,
    checkVideos,
    checkConnections,
    checkIndex,
    checkPhotos,
    checkRenditions,
    checkDatabase,
  ];
  for (const check of checks) {
    if (examination.signal.aborted) return;
    yield* await check(context, examination);
    await nextTurn();
  }
}
