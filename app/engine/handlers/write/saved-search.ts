import type { savedSearchProcedures } from '../../../contract/procedures/saved-search.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { deleteSavedSearch, renameSavedSearch, saveSearch } from '../../../settings/saved-search-store.ts';
import type { EngineParts } from '../../parts.ts';

export function savedSearchWrites({
  transact,
  clock,
  events,
}: EngineParts): HandlersOf<typeof savedSearchProcedures, WriteProcedureName> {
  const changed = <Result>(result: Result): Result => {
    events.emit('savedSearch.changed', {});
    return result;
  };
  return {
    'savedSearch.save': ({ name, query, sort = null }) =>
      changed(transact((db) => saveSearch(db, { name, query, sort }, clock.now()))),
    'savedSearch.rename': ({ id, name }) => changed(transact((db) => renameSavedSearch(db, id, name))),
    'savedSearch.remove': ({ id }) => {
      transact((db) => {
        deleteSavedSearch(db, id);
      });
      return changed({});
    },
  };
}
