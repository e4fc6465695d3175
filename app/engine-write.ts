import type { Handlers, Output, ProcedureName, ReadProcedureName } from './contract/procedures.ts';
import { laneOf } from './engine-connections.ts';
import { toSettings } from './engine-connection-settings.ts';
import type { EngineParts } from './engine-parts.ts';
import { scopeOf } from './engine-read.ts';
import { catchUpWithScans, scanRoots } from './engine-scan.ts';
import { cancelRun, leftOfRun, pauseRun, reopenRun, resumeRun, startRun, undoRun } from './engine-runs.ts';
import { addRoot, relinkRoot, removeRoot } from './library/roots.ts';
import { getRoot, updateRoot } from './library/root-store.ts';
import { listRuns } from './captioning/run-store.ts';
import type { RootId } from './contract/ids.ts';
import { listFailures } from './queue/job-store.ts';
import { upsertConnection } from './settings/connection-store.ts';
import type { Input } from './contract/procedures.ts';

type WriteProcedureName = Exclude<ProcedureName, ReadProcedureName>;

/** Everything that changes the library; needs its lock. */
export function writeHandlers(parts: EngineParts): Handlers<WriteProcedureName> {
  const { queue, clock } = parts;
  return {
    'connection.save': (input) => saveConnection(parts, input),
    'root.add': ({ path }) => addRoot(parts, path),
    'root.remove': ({ rootId }) => takeOut(parts, rootId),
    'root.relink': async ({ rootId, path }) => {
      relinkRoot(parts, rootId, path);
      await catchUpWithScans(parts);
      parts.events.emit('root.changed', { rootId });
      return getRoot(parts.read, rootId);
    },
    'root.set': (input) => setRoot(parts, input),
    'root.scan': ({ rootIds }) => scanRoots(parts, rootIds),
    'description.start': async (input) => {
      const scope = scopeOf({ ...parts, now: () => clock.now() }, input);
      const { runId, photos, waitingRuns } = await startRun(parts, {
        connectionId: input.connectionId,
        rootId: null,
        scope,
        ...(input.query === undefined ? {} : { query: input.query }),
        scopeKey: JSON.stringify([scope.folders ?? null, input.query ?? null, input.limit ?? null]),
        options: input.options,
        budgetMicroUsd: input.budgetMicroUsd,
      });
      return { runId: runId ?? null, photos, waitingRuns };
    },
    'run.pause': ({ id }) => pauseRun(parts, id, null),
    'run.resume': ({ id, budgetMicroUsd }) => resumeRun(parts, id, budgetMicroUsd),
    'run.cancel': ({ id }) => cancelRun(parts, id),
    'run.undo': ({ id }) => undoRun(parts, id),
    'queue.pause': () => {
      for (const run of listRuns(parts.read, { live: true })) {
        if (run.state === 'running') pauseRun(parts, run.id, null);
      }
      return {};
    },
    'queue.resume': () => {
      for (const run of listRuns(parts.read, { live: true })) {
        if (run.state === 'paused') resumeRun(parts, run.id, undefined);
      }
      for (const lane of queue.pausedLanes().keys()) queue.openLane(lane);
      return {};
    },
    'queue.retry': (input) => retry(parts, input),
    'queue.cancel': async () => {
      let jobs = 0;
      for (const run of listRuns(parts.read, { live: true })) {
        jobs += leftOfRun(parts, run.id);
        await cancelRun(parts, run.id);
      }
      return { jobs };
    },
  };
}

/** Sets a connection up or brings it up to date. A person has acted, so a lane that waited for one is tried again. */
function saveConnection(parts: EngineParts, input: Input<'connection.save'>): Output<'connection.save'> {
  const settings = toSettings(input);
  const saved = parts.transact((db) => upsertConnection(db, settings, parts.clock.now()));
  const lane = laneOf(saved.id);
  const pause = parts.queue.pauseOf(lane);
  if (pause?.by === 'blocked' || pause?.by === 'offline') parts.queue.openLane(lane);
  return { ...saved, state: 'ready', error: null };
}

/** Takes a root out of the library, with everything that was said of its photos. The originals and the ledger stay. */
async function takeOut(parts: EngineParts, rootId: RootId): Promise<Output<'root.remove'>> {
  const photos = await removeRoot(parts, rootId);
  parts.events.emit('root.changed', { rootId });
  return { photos };
}

/** Changes what a person decides about a root. What its old rule asked for and the new one would not is taken back. */
async function setRoot(
  parts: EngineParts,
  { rootId, rule, privacy, ignorePatterns }: Input<'root.set'>,
): Promise<Output<'root.set'>> {
  const changes = {
    ...(rule === undefined ? {} : { rule }),
    ...(privacy === undefined ? {} : { privacy }),
    ...(ignorePatterns === undefined ? {} : { ignorePatterns }),
  };
  parts.transact((db) => {
    updateRoot(db, rootId, changes);
  });
  const root = getRoot(parts.read, rootId);
  const asker = root.rule.kind === 'describe' ? root.rule.connectionId : undefined;
  for (const run of listRuns(parts.read, { live: true })) {
    if (run.rootId === rootId && run.connectionId !== asker) await cancelRun(parts, run.id);
  }
  parts.events.emit('root.changed', { rootId });
  return root;
}

/** Failed photos are tried again, with their runs. */
function retry(parts: EngineParts, input: Input<'queue.retry'>): Output<'queue.retry'> {
  const filter = {
    ...(input.runId === undefined ? {} : { runId: input.runId }),
    ...(input.code === undefined ? {} : { code: input.code }),
  };
  const failed = listFailures(parts.read, input.runId);
  const jobs = parts.transact((db) => {
    const count = parts.queue.retryFailed(db, filter);
    for (const runId of new Set(failed.map((failure) => failure.runId))) {
      if (runId !== null) reopenRun(parts, runId);
    }
    return count;
  });
  return { jobs };
}
