import { ratingOf, reviewStateOf, gridFlags } from '../contract/grid-order.ts';
import { reviewState } from '../contract/models/description.ts';
import type { FacetField, FacetValue } from '../contract/procedures/facet.ts';
import { formatMonth } from './civil-month.ts';
import type { Dictionary } from './dictionary.ts';
import type { Marks } from './matches.ts';
import { rosterBits } from './roster-bits.ts';
import type { Roster } from './roster.ts';

/** Fields that the roster counts; keywords are counted in `keyword-store.ts`. */
export type RosterField = Exclude<FacetField, 'keyword'>;

export type Facet = { readonly values: readonly FacetValue[]; readonly distinct: number };

/** Counts what was found by the values of a field, most first. */
export function countField(roster: Roster, marks: Marks, field: RosterField, limit: number): Facet {
  const values = counters[field](roster, marks).filter(({ count }) => count > 0);
  values.sort((one, other) => other.count - one.count || compare(one.value, other.value));
  return { values: values.slice(0, limit), distinct: values.length };
}

const counters: Readonly<Record<RosterField, (roster: Roster, marks: Marks) => FacetValue[]>> = {
  place: (roster, marks) => byCode(marks, roster.columns.places, roster.codes.places, 'place'),
  camera: (roster, marks) => byCode(marks, roster.columns.cameras, roster.codes.cameras, 'camera'),
  lens: (roster, marks) => byCode(marks, roster.columns.lenses, roster.codes.lenses, 'lens'),
  label: (roster, marks) => byCode(marks, roster.columns.labels, roster.codes.labels, 'label'),
  format: (roster, marks) => byCode(marks, roster.columns.formats, roster.codes.formats, 'format'),
  rating: ({ columns: { bits } }, marks) => {
    const counts = countBy(marks, 7, (id) => ratingOf(bits[id] ?? 0) + 1);
    return [...counts].map((count, at) => ({
      value: String(at - 1),
      count,
      query: `rating:${String(at - 1)}`,
    }));
  },
  color: ({ columns: { colorMasks }, codes: { colorNames } }, marks) => {
    const counts = new Uint32Array(colorNames.size);
    forEach(marks, (id) => {
      const mask = colorMasks[id] ?? 0;
      for (let code = 1; code < counts.length; code += 1) {
        if ((mask & (1 << (code - 1))) !== 0) counts[code] = (counts[code] ?? 0) + 1;
      }
    });
    return toValues(counts, colorNames, 'color');
  },
  review: ({ columns: { bits } }, marks) => {
    const states = reviewState.options;
    const counts = countBy(marks, states.length, (id) => states.indexOf(reviewStateOf(bits[id] ?? 0)));
    return states.map((state, at) => ({ value: state, count: counts[at] ?? 0, query: `review:${state}` }));
  },
  state: ({ columns: { bits } }, marks) => {
    const counts = new Map(states.map(([state]) => [state, 0]));
    forEach(marks, (id) => {
      for (const [state, isIn] of states) {
        if (isIn(bits[id] ?? 0)) counts.set(state, (counts.get(state) ?? 0) + 1);
      }
    });
    return [...counts].map(([value, count]) => ({ value, count, query: `is:${value}` }));
  },
};

/** One photo may be in several of them. */
const states: readonly (readonly [string, (bits: number) => boolean])[] = [
  ['described', (bits) => (bits & rosterBits.said) !== 0],
  ['undescribed', (bits) => (bits & rosterBits.said) === 0],
  ['baseline', (bits) => (bits & gridFlags.baseline) !== 0],
  ['doubtful', (bits) => (bits & gridFlags.doubtful) !== 0],
  ['problem', (bits) => (bits & gridFlags.problem) !== 0],
  ['unsupported', (bits) => (bits & gridFlags.unsupported) !== 0],
  ['excluded', (bits) => (bits & gridFlags.excluded) !== 0],
  ['offline', (bits) => (bits & rosterBits.present) !== 0 && (bits & rosterBits.reachable) === 0],
];

/** Photos of each month that has any, oldest first. */
export function countMonths(
  { columns: { months } }: Roster,
  marks: Marks,
): { month: string; photos: number }[] {
  let first = Infinity;
  let last = -Infinity;
  forEach(marks, (id) => {
    const month = months[id] ?? 0;
    if (month < first) first = month;
    if (month > last) last = month;
  });
  if (last < first) return [];
  const counts = countBy(marks, last - first + 1, (id) => (months[id] ?? 0) - first);
  return [...counts].flatMap((photos, at) =>
    photos === 0 ? [] : [{ month: formatMonth(first + at), photos }],
  );
}

/** How many of the found are in each folder itself, by its code. */
export function countFolders(
  { columns: { folders }, codes: { folders: dictionary } }: Roster,
  marks: Marks,
): Uint32Array {
  return countBy(marks, dictionary.size, (id) => folders[id] ?? 0);
}

function byCode(
  marks: Marks,
  column: Uint8Array | Uint16Array | Uint32Array,
  texts: Dictionary,
  filter: string,
): FacetValue[] {
  return toValues(
    countBy(marks, texts.size, (id) => column[id] ?? 0),
    texts,
    filter,
  );
}

/** Without code 0, which stands for no value. */
function toValues(counts: Uint32Array, texts: Dictionary, filter: string): FacetValue[] {
  const values: FacetValue[] = [];
  for (let code = 1; code < counts.length; code += 1) {
    const count = counts[code] ?? 0;
    if (count === 0) continue;
    const value = texts.textOf(code);
    values.push({ value, count, query: `${filter}:${quoted(value)}` });
  }
  return values;
}

function countBy(marks: Marks, size: number, codeOf: (id: number) => number): Uint32Array {
  const counts = new Uint32Array(size);
  forEach(marks, (id) => {
    const code = codeOf(id);
    counts[code] = (counts[code] ?? 0) + 1;
  });
  return counts;
}

function forEach({ isFound }: Marks, action: (id: number) => void): void {
  for (let id = 0; id < isFound.length; id += 1) if (isFound[id] === 1) action(id);
}

/** As the query language has it; quotation marks cannot be part of a phrase. */
export function quoted(value: string): string {
  return `"${value.replaceAll(/["“”„‟«»]/g, ' ').trim()}"`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
