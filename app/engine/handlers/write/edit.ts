import type { editProcedures } from '../../../contract/procedures/edit.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { replayEdit } from '../../edits.ts';
import type { EngineParts } from '../../parts.ts';

export function editWrites(parts: EngineParts): HandlersOf<typeof editProcedures, WriteProcedureName> {
  return {
    'edit.undo': async (_input, call) => ({ edit: await replayEdit(parts, 'undo', call) }),
    'edit.redo': async (_input, call) => ({ edit: await replayEdit(parts, 'redo', call) }),
  };
}
