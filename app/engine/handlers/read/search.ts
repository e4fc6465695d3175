import type { AssetId } from '../../../contract/ids.ts';
import type { PhotoMatch } from '../../../contract/match.ts';
import type { searchProcedures } from '../../../contract/procedures/search.ts';
import type { HandlersOf, ReadProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { listSummaries } from '../../../library/status-store.ts';
import { completeQuery } from '../../../search/complete.ts';
import { listParts } from '../../../search/describe-query.ts';
import { listFailures } from '../../../search/failure-store.ts';
import { formatQuery } from '../../../search/format-query.ts';
import { listLookGroups } from '../../../search/look-group-store.ts';
import { findSimilar } from '../../../search/look-store.ts';
import { parseQuery } from '../../../search/parse-query.ts';
import type { Query } from '../../../search/query.ts';
import { dateContextAt } from '../../../search/query-dates.ts';
import { explainMatches, searchAssets } from '../../../search/search.ts';
import type { ReadContext } from '../context.ts';

export function searchReads(context: ReadContext): HandlersOf<typeof searchProcedures, ReadProcedureName> {
  return {
    'search.query': (input) => search(context, input),
    'search.explain': (input) => explain(context, input),
    'search.parse': ({ query }) => {
      const parsed = parse(context, query);
      return {
        parts: listParts(parsed).map((part) => ({ ...part, days: [...part.days] })),
        notes: parsed.notes.map(({ message, range }) => ({ message, ...range })),
        formatted: formatQuery(parsed),
      };
    },
    'search.complete': ({ query, at, limit }) => {
      const { items, ...range } = completeQuery(context.read, query, at, limit);
      return { ...range, items: [...items] };
    },
    'asset.similar': (input) => similar(context, input),
  };
}

const usualPage = 100;

function parse({ now }: ReadContext, text: string, asYouType = false): Query {
  return parseQuery(text, { asYouType, dates: dateContextAt(now()) });
}

function search(context: ReadContext, input: Input<'search.query'>): Output<'search.query'> {
  const { read } = context;
  const query = parse(context, input.query, input.asYouType);
  const found = searchAssets(read, query, {
    limit: input.limit ?? usualPage,
    ...(input.sort === undefined ? {} : { sort: input.sort }),
    ...(input.after === undefined ? {} : { after: input.after }),
  });
  const ids = found.items.map((item) => item.assetId);
  const summaries = listSummaries(read, ids);
  const bursts = listLookGroups(read, 'burst', ids);
  const nearDuplicates = listLookGroups(read, 'near', ids);
  const failures = new Map(listFailures(read, ids).map(({ assetId, error }) => [assetId, error]));
  return {
    total: found.total,
    totalIsCapped: found.totalIsCapped,
    photos: found.items.flatMap(({ assetId, snippet, matches }) => {
      const summary = summaries.get(assetId);
      if (summary === undefined) return [];
      return [
        {
          id: assetId,
          ...summary,
          snippet,
          matches: [...matches],
          burst: bursts.get(assetId) ?? null,
          nearDuplicates: nearDuplicates.get(assetId) ?? null,
          failure: failures.get(assetId) ?? null,
        },
      ];
    }),
    nextCursor: found.nextCursor,
    notes: query.notes.map((note) => note.message),
    otherWords: otherWordsOf(found.items.flatMap((item) => item.matches)),
    leavesOutOthers: found.leavesOutOthers,
  };
}

function explain(
  context: ReadContext,
  { query, asYouType, assetIds }: Input<'search.explain'>,
): Output<'search.explain'> {
  const { items, leavesOutOthers } = explainMatches(context.read, parse(context, query, asYouType), assetIds);
  const summaries = listSummaries(context.read, assetIds);
  return {
    photos: items.flatMap(({ assetId, snippet, matches }) => {
      const summary = summaries.get(assetId);
      return summary === undefined ? [] : [{ id: assetId, ...summary, snippet, matches: [...matches] }];
    }),
    otherWords: otherWordsOf(items.flatMap(({ matches }) => matches)),
    leavesOutOthers,
  };
}

/** Each word that nobody typed, once. */
function otherWordsOf(matches: readonly PhotoMatch[]): Output<'search.query'>['otherWords'] {
  const others = matches.filter(({ by }) => by === 'spelling' || by === 'synonym' || by === 'narrower');
  const words = others.map(({ asked, found, by }) => ({ asked, word: found.toLowerCase(), by }));
  return [...new Map(words.map((other) => [`${other.asked}\n${other.word}`, other])).values()];
}

function similar({ read }: ReadContext, input: Input<'asset.similar'>): Output<'asset.similar'> {
  const found = findSimilar(read, input.id, { limit: input.limit ?? usualPage, distance: input.distance });
  const summaries = listSummaries(
    read,
    found.map(({ assetId }): AssetId => assetId),
  );
  return {
    photos: found.flatMap(({ assetId, distance }) => {
      const summary = summaries.get(assetId);
      return summary === undefined ? [] : [{ id: assetId, ...summary, snippet: null, distance }];
    }),
  };
}
