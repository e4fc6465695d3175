import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ReadDb } from './roster-store.ts';
import { listMatchParts } from './match-store.ts';
import { group, type Query, type QueryNode } from './query.ts';
import { speaksOfMissing } from './result-store.ts';
import { isShownIn, toPredicate, type Predicate } from './roster-filter.ts';
import type { Roster } from './roster.ts';

/** By asset id: 1 for each asset that is found. */
export type Marks = { readonly isFound: Uint8Array; readonly count: number };

/** Ids that are tested in one turn. */
const testedAtOnce = 100_000;

/**
 * All that a query finds. What the roster knows is asked there, words and the other filters of SQL; a query of both kinds
 * is split. With a turn for others now and then.
 *
 * @throws the reason of the signal that aborts
 */
export async function findMatches(
  db: ReadDb,
  roster: Roster,
  query: Pick<Query, 'node'>,
  signal?: AbortSignal,
): Promise<Marks> {
  await roster.catchUp();
  const { tests, rest } = split(roster, query.node);
  const onlyPresent = !speaksOfMissing(query.node);
  if (rest === null) {
    if (onlyPresent) tests.push(isShownIn(roster));
    return markAll(roster, tests);
  }
  const { bits } = roster.columns;
  const isFound = new Uint8Array(bits.length);
  let count = 0;
  for (const ids of listMatchParts(db, { node: rest }, { onlyPresent })) {
    for (const id of ids) {
      // An asset that came since the roster was caught up is for the next time.
      if ((bits[id] ?? 0) === 0 || !tests.every((test) => test(id))) continue;
      isFound[id] = 1;
      count += 1;
    }
    await nextTurn();
    signal?.throwIfAborted();
  }
  return { isFound, count };
}

async function markAll(roster: Roster, tests: readonly Predicate[]): Promise<Marks> {
  const { bits } = roster.columns;
  const isFound = new Uint8Array(bits.length);
  let count = 0;
  for (let start = 0; start < bits.length; start += testedAtOnce) {
    const end = Math.min(start + testedAtOnce, bits.length);
    for (let id = start; id < end; id += 1) {
      if (bits[id] === 0 || !tests.every((test) => test(id))) continue;
      isFound[id] = 1;
      count += 1;
    }
    if (end < bits.length) await nextTurn();
  }
  return { isFound, count };
}

/** What the roster can test, and what is left for SQL. All parts must hold. */
function split(roster: Roster, node: QueryNode | null): { tests: Predicate[]; rest: QueryNode | null } {
  if (node === null) return { tests: [], rest: null };
  const tests: Predicate[] = [];
  const others: QueryNode[] = [];
  for (const part of node.kind === 'and' ? node.nodes : [node]) {
    const test = toPredicate(roster, part);
    if (test === undefined) others.push(part);
    else tests.push(test);
  }
  return { tests, rest: group('and', others) };
}
