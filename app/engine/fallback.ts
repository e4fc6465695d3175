import { setImmediate as nextTurn } from 'node:timers/promises';
import { allowedPrivacies, listWithPrivacy } from '../captioning/candidate-store.ts';
import { getRun, listRuns } from '../captioning/run-store.ts';
import type { Run } from '../contract/models/run.ts';
import { captionAssetPayload } from '../jobs/caption-asset.ts';
import { fallbackOf, isSentOn } from '../jobs/fallback.ts';
import { connectionOfLane, laneOf } from '../jobs/connection-lane.ts';
import { staysLocal } from '../providers/endpoint.ts';
import { listWaiting } from '../queue/job-store.ts';
import type { EngineParts } from './parts.ts';

/** Jobs that are looked at in one transaction. */
const movedAtOnce = 1_000;

/** While a connection is blocked, what waits for it goes to the fallback of its run, and comes back when it is not. */
export function followBlocks(parts: EngineParts): void {
  parts.queue.events.on('lane-changed', ({ lane, pause }) => {
    const connectionId = connectionOfLane(lane);
    if (connectionId === undefined) return;
    for (const run of listRuns(parts.read, { live: true })) {
      if (run.connectionId !== connectionId || run.fallback === null) continue;
      if (pause?.by === 'blocked') moveToFallback(parts, run);
      else if (pause === undefined) moveBack(parts, run);
    }
  });
  // What was on its way when the block came is ready again only now.
  parts.queue.events.on('job-ended', ({ job, end }) => {
    if (end.state !== 'ready' || job.runId === null) return;
    if (parts.queue.pauseOf(job.lane)?.by === 'blocked') moveIfBlocked(parts, getRun(parts.read, job.runId));
  });
}

/** For a run that begins, or goes on after a restart, while its connection is blocked. */
export function moveIfBlocked(parts: EngineParts, run: Run): void {
  if (run.fallback === null) return;
  if (parts.queue.pauseOf(laneOf(run.connectionId))?.by === 'blocked') moveToFallback(parts, run);
}

/** Only what its folder allows there; the rest waits. See [Note: Fallback]. */
function moveToFallback(parts: EngineParts, run: Run): void {
  const second = fallbackOf(parts, run);
  if (second === undefined) return;
  const privacies = allowedPrivacies({ kind: second.kind, isLocal: staysLocal(second) });
  movePages(parts, run, {
    from: laneOf(run.connectionId),
    to: laneOf(second.id),
    choose: (jobs) => {
      const assetIds = jobs.flatMap(
        ({ payload }) => captionAssetPayload.safeParse(payload).data?.assetId ?? [],
      );
      const allowed = new Set(listWithPrivacy(parts.read, assetIds, privacies));
      return jobs.filter(({ payload }) => {
        const assetId = captionAssetPayload.safeParse(payload).data?.assetId;
        return assetId !== undefined && allowed.has(assetId);
      });
    },
  });
}

/** What the fallback has not come to yet goes back, except what came there for its own sake. */
function moveBack(parts: EngineParts, run: Run): void {
  if (run.fallback === null) return;
  movePages(parts, run, {
    from: laneOf(run.fallback.connectionId),
    to: laneOf(run.connectionId),
    choose: (jobs) => jobs.filter(({ errorCode }) => !isSentOn(errorCode)),
  });
}

type WaitingJob = ReturnType<typeof listWaiting>[number];
type Move = {
  readonly from: string;
  readonly to: string;
  readonly choose: (jobs: readonly WaitingJob[]) => readonly WaitingJob[];
};

/** The first page at once, so that nobody takes the run for held in between; the others one after the other. */
function movePages(parts: EngineParts, run: Run, move: Move): void {
  const afterId = movePage(parts, run, move, 0);
  if (afterId === undefined) return;
  void moveRest(parts, run, move, afterId).catch((error: unknown) => {
    parts.log.warn('not everything that waits could go to another connection', { run: run.id, error });
  });
}

async function moveRest(parts: EngineParts, run: Run, move: Move, from: number): Promise<void> {
  let afterId: number | undefined = from;
  while (afterId !== undefined) {
    await nextTurn();
    if (parts.queue.isDraining) return;
    afterId = movePage(parts, run, move, afterId);
  }
}

/** @returns where the next page begins; `undefined` after the last one */
function movePage(
  parts: EngineParts,
  run: Run,
  { from, to, choose }: Move,
  afterId: number,
): number | undefined {
  return parts.transact((db) => {
    const jobs = listWaiting(db, { runId: run.id, lane: from, afterId, limit: movedAtOnce });
    const ids = choose(jobs).map(({ id }) => id);
    if (ids.length > 0) parts.queue.moveJobs(db, ids, to);
    return jobs.length < movedAtOnce ? undefined : jobs.at(-1)?.id;
  });
}
