import type { searchProcedures } from '../../../contract/procedures/search.ts';
import type { HandlersOf, ReadProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { listSummaries } from '../../../library/status-store.ts';
import { parseQuery } from '../../../search/parse-query.ts';
import { searchAssets } from '../../../search/search.ts';
import type { ReadContext } from '../context.ts';

export function searchReads(context: ReadContext): HandlersOf<typeof searchProcedures, ReadProcedureName> {
  return { 'search.query': (input) => search(context, input) };
}

const usualPage = 100;

function search({ read }: ReadContext, input: Input<'search.query'>): Output<'search.query'> {
  const query = parseQuery(input.query);
  const found = searchAssets(read, query, {
    limit: input.limit ?? usualPage,
    ...(input.sort === undefined ? {} : { sort: input.sort }),
    ...(input.after === undefined ? {} : { after: input.after }),
  });
  const summaries = listSummaries(
    read,
    found.items.map((item) => item.assetId),
  );
  return {
    total: found.total,
    totalIsCapped: found.totalIsCapped,
    photos: found.items.flatMap(({ assetId, snippet }) => {
      const summary = summaries.get(assetId);
      return summary === undefined ? [] : [{ id: assetId, ...summary, snippet }];
    }),
    nextCursor: found.nextCursor,
    notes: query.notes.map((note) => note.message),
  };
}
