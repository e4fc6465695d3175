import type { savedSearchProcedures } from '../../../contract/procedures/saved-search.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { notYet } from '../not-yet.ts';

export function savedSearchWrites(): HandlersOf<typeof savedSearchProcedures, WriteProcedureName> {
  return {
    'savedSearch.save': notYet,
    'savedSearch.rename': notYet,
    'savedSearch.remove': notYet,
  };
}
