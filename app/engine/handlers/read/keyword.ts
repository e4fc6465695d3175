import type { keywordProcedures } from '../../../contract/procedures/keyword.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { completeKeyword } from '../../../search/complete-keyword.ts';
import type { ReadContext } from '../context.ts';

const usualLimit = 20;

export function keywordReads({ read }: ReadContext): HandlersOf<typeof keywordProcedures, ReadProcedureName> {
  return { 'keyword.complete': ({ text, limit }) => completeKeyword(read, text, limit ?? usualLimit) };
}
