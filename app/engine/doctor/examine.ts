import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Finding } from '../../contract/finding.ts';
import type { ReadContext } from '../handlers/context.ts';
import { checkConnections } from './check-connections.ts';
import { checkDatabase, checkIndex, checkPhotos, checkRenditions } from './check-library.ts';
import { checkClock, checkFolder, checkRoots, checkSpace, checkWatchLimit } from './check-machine.ts';
import { checkTools } from './check-tools.ts';
import { checkVideos } from './check-videos.ts';
import { damagedDatabase, damageIn } from './damaged-database.ts';
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
  let isDamaged = false;
  for (const check of checks) {
    if (examination.signal.aborted) return;
    try {
      yield* await check(context, examination);
    } catch (error) {
      // What needs no page that is damaged is looked at all the same.
      const reason = damageIn(error);
      if (reason === undefined) throw error;
      if (!isDamaged) yield damagedDatabase(context.libraryFolder, reason);
      isDamaged = true;
    }
    // Its own check reads every page, and would only say it again.
    if (isDamaged && check === checkRenditions) return;
    await nextTurn();
  }
}
