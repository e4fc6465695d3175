import type { gridProcedures } from '../../../contract/procedures/grid.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import type { EngineParts } from '../../parts.ts';

export function gridWrites({ desk }: EngineParts): HandlersOf<typeof gridProcedures, WriteProcedureName> {
  return { 'grid.prepare': (input, { signal }) => desk.orders.prepare(input, signal) };
}
