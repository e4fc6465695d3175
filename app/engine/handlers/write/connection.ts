import type { connectionProcedures } from '../../../contract/procedures/connection.ts';
import type { HandlersOf, WriteProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { upsertConnection } from '../../../settings/connection-store.ts';
import { toSettings } from '../../connection-settings.ts';
import { laneOf } from '../../connections.ts';
import type { EngineParts } from '../../parts.ts';

export function connectionWrites(
  parts: EngineParts,
): HandlersOf<typeof connectionProcedures, WriteProcedureName> {
  return { 'connection.save': (input) => saveConnection(parts, input) };
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
