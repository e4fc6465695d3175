import type { connectionProcedures } from '../../../contract/procedures/connection.ts';
import type { HandlersOf, WriteProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { listRuns } from '../../../captioning/run-store.ts';
import type { ConnectionId } from '../../../contract/ids.ts';
import { listRoots } from '../../../library/root-store.ts';
import { AppError } from '../../../platform/errors.ts';
import {
  changeConnection,
  getConnection,
  removeConnection,
  upsertConnection,
} from '../../../settings/connection-store.ts';
import { assertFits, assertMayEnhance, assertSignsIn, toSettings } from '../../connection-settings.ts';
import { testConnection } from '../../connection-test.ts';
import { toView } from '../../connection-view.ts';
import { discover } from '../../discovery.ts';
import { laneOf } from '../../../jobs/connection-lane.ts';
import type { EngineParts } from '../../parts.ts';

export function connectionWrites(
  parts: EngineParts,
): HandlersOf<typeof connectionProcedures, WriteProcedureName> {
  return {
    'connection.save': (input) => saveConnection(parts, input),
    'connection.set': ({ connectionId, ...change }) => {
      const { kind } = getConnection(parts.read, connectionId);
      assertFits(kind, change.ownPrice);
      assertSignsIn(kind, change.signIn);
      assertMayEnhance(parts.read, getConnection(parts.read, connectionId), change.enhancements);
      const changed = parts.transact((db) => changeConnection(db, connectionId, change));
      if (change.signIn !== undefined || change.enhancements !== undefined) letTry(parts, connectionId);
      // From now on, and not only from the next request on.
      parts.gateOf(changed);
      parts.events.emit('connection.changed', { connectionId });
      return toView(changed);
    },
    'connection.remove': ({ connectionId }) => remove(parts, connectionId),
    'connection.discover': ({ ports }, { signal }) => discover(ports, signal),
    'connection.test': ({ connectionId, sendPicture = true }, { signal }) =>
      testConnection(parts, connectionId, { sendPicture, signal }),
  };
}

/** Sets a connection up or brings it up to date. A person has acted, so a lane that waited for one is tried again. */
function saveConnection(parts: EngineParts, input: Input<'connection.save'>): Output<'connection.save'> {
  const settings = toSettings(input);
  const saved = parts.transact((db) => upsertConnection(db, settings, parts.clock.now()));
  letTry(parts, saved.id);
  parts.events.emit('connection.changed', { connectionId: saved.id });
  return { ...saved, state: 'ready', error: null };
}

function letTry({ queue }: EngineParts, connectionId: ConnectionId): void {
  const lane = laneOf(connectionId);
  const pause = queue.pauseOf(lane);
  if (pause?.by === 'blocked' || pause?.by === 'offline') queue.openLane(lane);
}

/** @throws {AppError} `conflict` while something would still describe with it. */
async function remove(parts: EngineParts, connectionId: ConnectionId): Promise<Output<'connection.remove'>> {
  const run = listRuns(parts.read, { live: true }).find(
    (live) => live.connectionId === connectionId || live.fallback?.connectionId === connectionId,
  );
  if (run !== undefined) {
    throw new AppError('conflict', { reason: `Run ${String(run.id)} describes with it: cancel that first.` });
  }
  const root = listRoots(parts.read).find(
    ({ rule }) =>
      rule.kind === 'describe' &&
      (rule.connectionId === connectionId || rule.fallback?.connectionId === connectionId),
  );
  if (root !== undefined) {
    throw new AppError('conflict', {
      reason: `The rule of ${root.path} describes with it: change that first.`,
    });
  }
  if (parts.additions.isGoing(connectionId)) {
    throw new AppError('conflict', { reason: 'Videos are put into an index with it: stop that first.' });
  }
  parts.transact((db) => {
    removeConnection(db, connectionId, parts.clock.now());
  });
  parts.additions.forget(connectionId);
  await parts.keys.forget(connectionId);
  parts.pool.forgetKeys();
  parts.queue.openLane(laneOf(connectionId));
  parts.events.emit('connection.changed', { connectionId });
  return {};
}
