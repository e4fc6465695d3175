import type { rootProcedures } from '../../../contract/procedures/root.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { listRoots } from '../../../library/root-store.ts';
import type { ReadContext } from '../context.ts';
import { notYet } from '../not-yet.ts';

export function rootReads({ read }: ReadContext): HandlersOf<typeof rootProcedures, ReadProcedureName> {
  return { 'root.list': () => listRoots(read), 'root.summary': notYet };
}
