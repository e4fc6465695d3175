import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Output } from '../../app/contract/procedures.ts';
import { useQueryOf } from '../engine/hooks.ts';

export type Addition = Output<'videoIndex.additions'>[number];

/** What was begun for the indexes of a connection. */
export function useAdditions(connectionId: ConnectionId): readonly Addition[] {
  const { data = [] } = useQueryOf('videoIndex.additions', {});
  return data.filter((addition) => addition.connectionId === connectionId);
}

/** The service does not tell upper from lower case. */
export function isOf(addition: Addition, index: string): boolean {
  return addition.index.toLowerCase() === index.toLowerCase();
}
