import type { editProcedures } from '../../../contract/procedures/edit.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function editWrites(): HandlersOf<typeof editProcedures, WriteProcedureName> {
  return {
    'edit.undo': notYet,
    'edit.redo': notYet,
  };
}
