import type { keywordProcedures } from '../../../contract/procedures/keyword.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function keywordReads(): HandlersOf<typeof keywordProcedures, ReadProcedureName> {
  return { 'keyword.complete': notYet };
}
