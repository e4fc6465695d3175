import type { renditionProcedures } from '../../../contract/procedures/rendition.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function renditionWrites(): HandlersOf<typeof renditionProcedures, WriteProcedureName> {
  return {
    'rendition.want': notYet,
  };
}
