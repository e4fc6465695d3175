import type { gridProcedures } from '../../../contract/procedures/grid.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function gridWrites(): HandlersOf<typeof gridProcedures, WriteProcedureName> {
  return {
    'grid.prepare': notYet,
  };
}
