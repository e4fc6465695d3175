import type { editProcedures } from '../../../contract/procedures/edit.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function editReads(): HandlersOf<typeof editProcedures, ReadProcedureName> {
  return { 'edit.list': notYet };
}
