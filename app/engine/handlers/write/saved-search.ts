import type { savedSearchProcedures } from '../../../contract/procedures/saved-search.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { deleteSavedSearch, renameSavedSearch, saveSearch } from '../../../settings/saved-search-store.ts';
import type { EngineParts } from '../../parts.ts';

export function savedSearchWrites(
  parts: EngineParts,
): HandlersOf<typeof savedSearchProcedures, WriteProcedureName> {
  const changed = <Result>(result: Result): Result => {
    parts.events.emit('savedSearch.changed', {});
    return result;
  };
  return {
    'savedSearch.save': ({ name, query, sort = null }) =>
      changed(parts.transact((db) => saveSearch(db, { name, query, sort }, parts.clock.now()))),
    'savedSearch.rename': ({ id, name }) => changed(parts.transact((db) => renameSavedSearch(db, id, name))),
    'savedSearch.remove': ({ id }) => {
      parts.transact((db) => {
        deleteSavedSearch(db, id);
      });
      return changed({});
    },
  };
}
