import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AssetId } from '../contract/ids.ts';
import type { Selection } from '../contract/procedures/shared.ts';
import type { ReadDb } from '../db/open.ts';
import { findMatches } from '../search/matches.ts';
import { parseQuery } from '../search/parse-query.ts';
import { dateContextAt } from '../search/query-dates.ts';
import type { Roster } from '../search/roster.ts';

type Context = { readonly read: ReadDb; readonly roster: () => Roster; readonly nowMs: number };

/** The photos that a person picked, each once: as named, or what a query finds now. */
export async function selectedAssets(context: Context, selection: Selection): Promise<readonly AssetId[]> {
  if ('assetIds' in selection) return [...new Set(selection.assetIds)];
  const query = parseQuery(selection.query, { dates: dateContextAt(context.nowMs) });
  const { isFound } = await findMatches(context.read, context.roster(), query);
  const except = new Set<number>(selection.except);
  const ids: AssetId[] = [];
  for (let id = 0; id < isFound.length; id += 1) {
    if (isFound[id] === 1 && !except.has(id)) ids.push(id as AssetId); // why: marks are by asset id
    if (id % idsAtOnce === 0) await nextTurn();
  }
  return ids;
}

/** Ids that are looked at in one turn. */
const idsAtOnce = 200_000;
