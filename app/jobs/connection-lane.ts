import type { ConnectionId } from '../contract/ids.ts';

const connectionPrefix = 'connection:';

/** The lane that a connection's requests go through. */
export function laneOf(id: ConnectionId): string {
  return `${connectionPrefix}${String(id)}`;
}

export function connectionOfLane(lane: string): ConnectionId | undefined {
  if (!lane.startsWith(connectionPrefix)) return undefined;
  return Number(lane.slice(connectionPrefix.length)) as ConnectionId; // why: laneOf made it
}
