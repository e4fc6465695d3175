import { connectionOfLane } from '../jobs/connection-lane.ts';
import type { EngineParts } from './parts.ts';
import { setConnectionState } from '../settings/connection-store.ts';

/** Keeps a connection's state in step with its lane: what the queue found out is what people see. */
export function followLanes(parts: EngineParts): void {
  const { queue, events } = parts;
  queue.events.on('lane-changed', ({ lane, pause }) => {
    const connectionId = connectionOfLane(lane);
    if (connectionId !== undefined) {
      const state = pause?.by === 'offline' || pause?.by === 'blocked' ? pause.by : 'ready';
      parts.transact((db) => {
        setConnectionState(db, connectionId, state, state === 'ready' ? null : (pause?.error ?? null));
      });
      events.emit('connection.changed', { connectionId });
    }
    events.emit('queue.changed', { lane });
  });
}
