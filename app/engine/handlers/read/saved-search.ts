import type { savedSearchProcedures } from '../../../contract/procedures/saved-search.ts';
import type { HandlersOf, ReadProcedureName } from '../../../contract/procedures.ts';
import { listSavedSearches } from '../../../settings/saved-search-store.ts';
import type { ReadContext } from '../context.ts';

export function savedSearchReads({
  read,
}: ReadContext): HandlersOf<typeof savedSearchProcedures, ReadProcedureName> {
  return { 'savedSearch.list': () => listSavedSearches(read) };
}
