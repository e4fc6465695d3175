import type { ConnectionId } from '../../../contract/ids.ts';
import type { secretProcedures } from '../../../contract/procedures/secret.ts';
import type { HandlersOf, Output, WriteProcedureName } from '../../../contract/procedures.ts';
import { laneOf } from '../../../jobs/connection-lane.ts';
import { AppError } from '../../../platform/errors.ts';
import { getConnection } from '../../../settings/connection-store.ts';
import type { EngineParts } from '../../parts.ts';

export function secretWrites(parts: EngineParts): HandlersOf<typeof secretProcedures, WriteProcedureName> {
  return {
    'secret.state': ({ connectionId }) => stateOf(parts, connectionId),
    'secret.set': async ({ connectionId, key }) => {
      const connection = getConnection(parts.read, connectionId);
      if (connection.kind === 'built-in') {
        throw new AppError('conflict', { reason: 'The built-in connection sends nothing and needs no key.' });
      }
      await parts.keys.set(connection, key);
      return changed(parts, connectionId);
    },
    'secret.remove': async ({ connectionId }) => {
      await parts.keys.forget(connectionId);
      return changed(parts, connectionId);
    },
  };
}

/** What waits for a key is tried with the one that there is now. */
function changed(parts: EngineParts, connectionId: ConnectionId): Output<'secret.set'> {
  parts.pool.forgetKeys();
  const lane = laneOf(connectionId);
  if (parts.queue.pauseOf(lane)?.by === 'blocked') parts.queue.openLane(lane);
  parts.events.emit('connection.changed', { connectionId });
  return stateOf(parts, connectionId);
}

function stateOf({ keys, read }: EngineParts, connectionId: ConnectionId): Output<'secret.state'> {
  return { from: keys.placeOf(getConnection(read, connectionId)), keptIn: keys.place };
}
