import type { folderProcedures } from '../../../contract/procedures/folder.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function folderReads(): HandlersOf<typeof folderProcedures, ReadProcedureName> {
  return { 'folder.list': notYet };
}
