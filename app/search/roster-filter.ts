import { gridFlags, ratingOf, reviewStateOf } from '../contract/grid-order.ts';
import { toFolderPath } from './folder-value.ts';
import { dateBounds } from './parse-values.ts';
import type { BetweenNode, ChoiceNode, CompareNode, QueryNode } from './query.ts';
import { isShown, rosterBits } from './roster-bits.ts';
import type { Roster } from './roster.ts';

/** Whether an asset is found. */
export type Predicate = (id: number) => boolean;

/**
 * A part of a query as a test on the roster; `undefined` where only SQL can say. What both can say, they say alike:
 * `condition-store.ts` is the other one.
 */
export function toPredicate(roster: Roster, node: QueryNode): Predicate | undefined {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const parts = node.nodes.map((inner) => toPredicate(roster, inner));
      if (parts.includes(undefined)) return undefined;
      const known = parts.filter((part) => part !== undefined);
      return node.kind === 'and'
        ? (id) => known.every((part) => part(id))
        : (id) => known.some((part) => part(id));
    }
    case 'not': {
      const inner = toPredicate(roster, node.node);
      return inner === undefined ? undefined : (id) => !inner(id);
    }
    case 'choice':
      return toChoicePredicate(roster, node);
    case 'compare':
    case 'between':
      return toOrderPredicate(roster, node);
    case 'text':
    case 'when':
    case 'ids':
      return undefined;
  }
}

function toChoicePredicate(roster: Roster, { field, value }: ChoiceNode): Predicate | undefined {
  const has = (bit: number): Predicate => {
    return (id) => ((roster.columns.bits[id] ?? 0) & bit) !== 0;
  };
  switch (field) {
    case 'is':
      return toStatePredicate(roster, value);
    case 'review':
      return (id) => reviewStateOf(roster.columns.bits[id] ?? 0) === value;
    case 'kind':
      return value === 'video' ? has(gridFlags.video) : (id) => !has(gridFlags.video)(id);
    case 'format': {
      if (value === 'raw') return has(gridFlags.raw);
      if (value === 'photo' || value === 'video') return undefined;
      const code = roster.codes.formats.codeOf(value);
      return (id) => roster.columns.formats[id] === code && code !== 0;
    }
    case 'in':
      return toFolderPredicate(roster, value);
    default:
      return undefined;
  }
}

function toStatePredicate(roster: Roster, state: string): Predicate | undefined {
  const test = states[state];
  return test === undefined ? undefined : (id) => test(roster.columns.bits[id] ?? 0);
}

const states: Readonly<Record<string, ((bits: number) => boolean) | undefined>> = {
  described: (bits) => (bits & rosterBits.said) !== 0,
  undescribed: (bits) => (bits & rosterBits.said) === 0,
  baseline: (bits) => (bits & gridFlags.baseline) !== 0,
  problem: (bits) => (bits & gridFlags.problem) !== 0,
  unsupported: (bits) => (bits & gridFlags.unsupported) !== 0,
  doubtful: (bits) => (bits & gridFlags.doubtful) !== 0,
  video: (bits) => (bits & gridFlags.video) !== 0,
  excluded: (bits) => (bits & gridFlags.excluded) !== 0,
  missing: (bits) => (bits & rosterBits.present) === 0,
  offline: (bits) => (bits & rosterBits.present) !== 0 && (bits & rosterBits.reachable) === 0,
};

function toFolderPredicate(roster: Roster, value: string): Predicate {
  const isWithin = roster.foldersWithin(toFolderPath(value));
  return (id) =>
    isWithin[roster.columns.folders[id] ?? 0] === 1 &&
    ((roster.columns.bits[id] ?? 0) & rosterBits.present) !== 0;
}

function toOrderPredicate(roster: Roster, node: CompareNode | BetweenNode): Predicate | undefined {
  if (node.field === 'rating') {
    const isIn = toRangeTest(node, (value) => ({ from: Number(value), to: Number(value) }));
    return (id) => isIn(ratingOf(roster.columns.bits[id] ?? 0));
  }
  if (node.field !== 'date' && node.field !== 'year') return undefined;
  const isIn = toRangeTest(node, (value) => {
    const { startMs, endMs } = dateBounds(value);
    return { from: startMs, to: endMs - 1 };
  });
  return (id) => isIn(roster.columns.sortMs[id] ?? 0);
}

/** @param toRange the least and the greatest number that count as equal to a value */
function toRangeTest(
  node: CompareNode | BetweenNode,
  toRange: (value: string) => { from: number; to: number },
): (value: number) => boolean {
  if (node.kind === 'between') {
    const from = node.from === null ? -Infinity : toRange(node.from).from;
    const to = node.to === null ? Infinity : toRange(node.to).to;
    return (value) => value >= from && value <= to;
  }
  const { from, to } = toRange(node.value);
  switch (node.operator) {
    case '=':
      return (value) => value >= from && value <= to;
    case '<':
      return (value) => value < from;
    case '<=':
      return (value) => value <= to;
    case '>':
      return (value) => value > to;
    case '>=':
      return (value) => value >= from;
  }
}

/** As search has it: assets whose files are gone are left out, unless the query speaks of them. */
export function isShownIn(roster: Roster): Predicate {
  return (id) => isShown(roster.columns.bits[id] ?? 0);
}
