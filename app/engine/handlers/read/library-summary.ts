import { gridFlags, reviewStateOf } from '../../../contract/grid-order.ts';
import type { Output } from '../../../contract/procedures.ts';
import { countRuns } from '../../../captioning/run-store.ts';
import { batchLaneOf, laneOf, nextLaneOf, sentLaneOf } from '../../../jobs/connection-lane.ts';
import { ingestLane, thumbnailLane } from '../../../jobs/lanes.ts';
import { countHeldJobs } from '../../../queue/run-job-store.ts';
import { countLiveJobs } from '../../../queue/lane-job-store.ts';
import { listPausedLanes } from '../../../queue/lane-store.ts';
import { countFailed } from '../../../search/failure-store.ts';
import { rosterBits } from '../../../search/roster-bits.ts';
import type { Roster } from '../../../search/roster.ts';
import { listConnections } from '../../../settings/connection-store.ts';
import { readSettings } from '../../../settings/settings.ts';
import { monthStartMs } from '../../../usage/budget.ts';
import { spentSince } from '../../../usage/usage-store.ts';
import type { ReadContext } from '../context.ts';

type Summary = Output<'library.summary'>;
type PhotoCounts = Pick<
  Summary,
  | 'photos'
  | 'described'
  | 'said'
  | 'baseline'
  | 'problems'
  | 'unsupported'
  | 'unread'
  | 'away'
  | 'excluded'
  | 'needsReview'
  | 'doubtful'
>;

/** The little that a status bar shows. Photos are counted in memory: two milliseconds for a million. */
export async function summarize({ read, now, roster: rosterOf, work }: ReadContext): Promise<Summary> {
  const roster = rosterOf();
  await roster.catchUp();
  const connections = listConnections(read);
  const rests = listPausedLanes(read);
  const waiting = {
    files: countLiveJobs(read, [ingestLane]),
    thumbnails: countLiveJobs(read, [thumbnailLane]),
    photos: countLiveJobs(
      read,
      connections.map(({ id }) => laneOf(id)),
    ),
    overnight: countLiveJobs(
      read,
      connections.flatMap(({ id }) => [batchLaneOf(id), sentLaneOf(id), nextLaneOf(id)]),
    ),
    held: countHeldJobs(read),
  };
  const today = new Date(now());
  const dayStartMs = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  return {
    ...countPhotos(roster),
    failed: countFailed(read),
    waiting,
    pace: work?.pace(waiting.photos) ?? null,
    scanning: work?.scanning() ?? [],
    ...countRuns(read),
    ...spentSince(read, dayStartMs, monthStartMs(now())),
    monthlyBudgetMicroUsd: readSettings(read).monthlyBudgetMicroUsd,
    connections: connections.map(({ id, name, state, error }) => ({
      id,
      name,
      state,
      error,
      restsUntilMs: rests.get(laneOf(id))?.untilMs ?? null,
    })),
  };
}

function countPhotos({ columns: { bits } }: Roster): PhotoCounts {
  const counts = { photos: 0, described: 0, said: 0, baseline: 0, problems: 0, unsupported: 0 };
  const more = { unread: 0, away: 0, excluded: 0, needsReview: 0, doubtful: 0 };
  for (const flags of bits) {
    if ((flags & rosterBits.exists) === 0) continue;
    const isDescribed = (flags & gridFlags.described) !== 0;
    counts.photos += 1;
    if (isDescribed) counts.described += 1;
    if ((flags & rosterBits.said) !== 0) counts.said += 1;
    if ((flags & gridFlags.baseline) !== 0) counts.baseline += 1;
    if ((flags & gridFlags.problem) !== 0) counts.problems += 1;
    if ((flags & gridFlags.unsupported) !== 0) counts.unsupported += 1;
    if ((flags & gridFlags.unread) !== 0) more.unread += 1;
    if ((flags & gridFlags.away) !== 0) more.away += 1;
    if ((flags & gridFlags.excluded) !== 0) more.excluded += 1;
    if (isDescribed && reviewStateOf(flags) === 'draft') more.needsReview += 1;
    if ((flags & gridFlags.doubtful) !== 0) more.doubtful += 1;
  }
  return { ...counts, ...more };
}
