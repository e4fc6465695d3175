import { findNextEdit } from '../../../captioning/edit-store.ts';
import type { editProcedures } from '../../../contract/procedures/edit.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import type { ReadContext } from '../context.ts';

export function editReads({ read }: ReadContext): HandlersOf<typeof editProcedures, ReadProcedureName> {
  return {
    'edit.list': () => ({
      undo: findNextEdit(read, 'undo') ?? null,
      redo: findNextEdit(read, 'redo') ?? null,
    }),
  };
}
