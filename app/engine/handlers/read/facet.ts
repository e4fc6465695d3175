import type { facetProcedures } from '../../../contract/procedures/facet.ts';
import type { HandlersOf, ReadProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { listRoots } from '../../../library/root-store.ts';
import { toFolderTree } from '../../../search/folder-tree.ts';
import { countAllKeywords, countKeywordsOf } from '../../../search/keyword-facet.ts';
import { findMatches, type Marks } from '../../../search/matches.ts';
import { parseQuery } from '../../../search/parse-query.ts';
import { dateContextAt } from '../../../search/query-dates.ts';
import { countField, countFolders, countMonths } from '../../../search/roster-facets.ts';
import { parseFolderKey } from '../../../search/roster-codes.ts';
import type { Roster } from '../../../search/roster.ts';
import type { ReadContext } from '../context.ts';

export function facetReads(context: ReadContext): HandlersOf<typeof facetProcedures, ReadProcedureName> {
  return {
    'facet.list': (input) => listFacets(context, input),
    'facet.folders': (input) => listFolders(context, input),
    'facet.months': async ({ query }) => {
      const { roster, found } = await find(context, query);
      return { months: countMonths(roster, found) };
    },
  };
}

const usualLimit = 50;

async function find(
  { read, now, roster: rosterOf }: ReadContext,
  query: string | undefined,
): Promise<{ roster: Roster; found: Marks }> {
  const roster = rosterOf();
  return {
    roster,
    found: await findMatches(read, roster, parseQuery(query ?? '', { dates: dateContextAt(now()) })),
  };
}

async function listFacets(
  context: ReadContext,
  { query, fields, limit = usualLimit }: Input<'facet.list'>,
): Promise<Output<'facet.list'>> {
  const { roster, found } = await find(context, query);
  const facets: Output<'facet.list'>['facets'] = [];
  for (const field of new Set(fields)) {
    const isWhole = query === undefined || query.trim() === '';
    const { values, distinct } =
      field !== 'keyword'
        ? countField(roster, found, field, limit)
        : isWhole
          ? countAllKeywords(context.read, limit)
          : await countKeywordsOf(context.read, found, limit);
    facets.push({ field, values: [...values], distinct });
  }
  return { total: found.count, facets };
}

/** More folders than anybody scrolls through. */
const mostFolders = 10_000;

const byName = new Intl.Collator(undefined, { numeric: true });

async function listFolders(
  context: ReadContext,
  { query }: Input<'facet.folders'>,
): Promise<Output<'facet.folders'>> {
  const { roster, found } = await find(context, query);
  const counts = countFolders(roster, found);
  const counted = [...counts].flatMap((photos, code) =>
    photos === 0 || code === 0 ? [] : [{ ...parseFolderKey(roster.codes.folders.textOf(code)), photos }],
  );
  const folders = toFolderTree(listRoots(context.read), counted, (one, other) => byName.compare(one, other));
  return { folders: folders.slice(0, mostFolders), isCut: folders.length > mostFolders };
}
