import type { savedSearchProcedures } from '../../../contract/procedures/saved-search.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function savedSearchReads(): HandlersOf<typeof savedSearchProcedures, ReadProcedureName> {
  return { 'savedSearch.list': notYet };
}
