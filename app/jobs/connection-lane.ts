import type { ConnectionId } from '../contract/ids.ts';
import { parkedPrefix } from '../queue/parked.ts';

const connectionPrefix = 'connection:';

/** The lane that a connection's requests go through. */
export function laneOf(id: ConnectionId): string {
  return `${connectionPrefix}${String(id)}`;
}

/** The lane in which a connection's photos become lines of a batch. */
export function batchLaneOf(id: ConnectionId): string {
  return `${laneOf(id)}:batch`;
}

/** Where they wait while their batch is under way. See [Note: Parked jobs]. */
export function sentLaneOf(id: ConnectionId): string {
  return `${parkedPrefix}${laneOf(id)}:sent`;
}

/** Where they wait until there is room in a next batch: on the disk, under the budget, at the service. */
export function nextLaneOf(id: ConnectionId): string {
  return `${parkedPrefix}${laneOf(id)}:next`;
}

export function isBatchLane(lane: string): boolean {
  return lane.startsWith(connectionPrefix) && lane.endsWith(':batch');
}

/** Whose lane it is, for either way of sending. */
export function connectionOfLane(lane: string): ConnectionId | undefined {
  if (!lane.startsWith(connectionPrefix)) return undefined;
  return Number.parseInt(lane.slice(connectionPrefix.length), 10) as ConnectionId; // why: laneOf or batchLaneOf made it
}
