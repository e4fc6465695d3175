import type { Handlers, WriteProcedureName } from '../../../contract/procedures.ts';
import type { EngineParts } from '../../parts.ts';
import { connectionWrites } from './connection.ts';
import { descriptionWrites } from './description.ts';
import { queueWrites } from './queue.ts';
import { rootWrites } from './root.ts';
import { runWrites } from './run.ts';
import { threadWrites } from './thread.ts';

/** Everything that changes the library; needs its lock. */
export function writeHandlers(parts: EngineParts): Handlers<WriteProcedureName> {
  return {
    ...connectionWrites(parts),
    ...rootWrites(parts),
    ...descriptionWrites(parts),
    ...runWrites(parts),
    ...queueWrites(parts),
    ...threadWrites(parts),
  };
}
