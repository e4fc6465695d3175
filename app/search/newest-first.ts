/** Assets that are looked at in one step: some milliseconds, also of a busy processor. */
const atOnce = 50_000;

const digitBits = 13;
const digitMask = (1 << digitBits) - 1;
/** Each time is two numbers of two digits: 52 bits of milliseconds. */
const half = 2 ** (2 * digitBits);
const mostMs = half * half - 1;

/**
 * Ids by their times, latest first, of the same time the highest id first. By digits (least significant first), which needs a
 * tenth of what comparing takes. In steps: give others a turn after each. Times that change meanwhile do no harm, and count or not.
 *
 * @param ids in rising order
 * @param timeOf whole milliseconds, by id
 */
export function* newestFirst(ids: Uint32Array, timeOf: Float64Array): Generator<undefined, Uint32Array> {
  const count = ids.length;
  const [low, high] = [new Uint32Array(count), new Uint32Array(count)];
  let least = Number.POSITIVE_INFINITY;
  for (const part of partsOf(count)) {
    least = leastOf(ids, timeOf, part, least);
    yield;
  }
  for (const part of partsOf(count)) {
    cutInHalves(ids, timeOf, part, { least, low, high });
    yield;
  }
  // Places in `ids`, in order up to the digit before.
  let from = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) from[at] = at;
  let to = new Uint32Array(count);
  for (const [key, shift] of [
    [low, 0],
    [low, digitBits],
    [high, 0],
    [high, digitBits],
  ] as const) {
    const starts = new Uint32Array(digitMask + 2);
    for (const part of partsOf(count)) {
      countDigits(key, shift, part, starts);
      yield;
    }
    // All are the same in it, as in the digits above the years of a library.
    if (starts.includes(count)) continue;
    for (let digit = 0; digit <= digitMask; digit += 1) {
      starts[digit + 1] = (starts[digit + 1] ?? 0) + (starts[digit] ?? 0);
    }
    for (const part of partsOf(count)) {
      deal(from, to, key, shift, part, starts);
      yield;
    }
    [from, to] = [to, from];
  }
  for (const part of partsOf(count)) {
    for (let at = part.start; at < part.end; at += 1) to[count - 1 - at] = ids[from[at] ?? 0] ?? 0;
    yield;
  }
  return to;
}

/**
 * The same after some assets came, went or were given another time: a few milliseconds for a million, where to order all of
 * them takes a hundred and five times the memory.
 *
 * @param before all of them, latest first, as they were
 * @param changed ids of all that are not as they were
 * @param isThere whether one of those is there now
 * @param timeOf as `newestFirst` has it, now
 */
export function changedNewest(
  before: Uint32Array,
  changed: readonly number[],
  isThere: (id: number) => boolean,
  timeOf: Float64Array,
): Uint32Array {
  const isChanged = new Uint8Array(timeOf.length);
  for (const id of changed) isChanged[id] = 1;
  const come = [...new Set(changed)].filter(isThere).toSorted((one, other) => compare(timeOf, one, other));
  const after = new Uint32Array(before.length + come.length);
  // What stays stands at the end, and moves forward past what comes.
  let stays = after.length;
  for (let at = before.length - 1; at >= 0; at -= 1) {
    const id = before[at] ?? 0;
    if (isChanged[id] !== 1) after[--stays] = id;
  }
  let length = 0;
  for (const id of come) {
    const next = firstBehind(after, stays, id, timeOf);
    after.copyWithin(length, stays, next);
    length += next - stays;
    stays = next;
    after[length++] = id;
  }
  after.copyWithin(length, stays);
  return after.subarray(0, length + after.length - stays);
}

/** Negative where one is later than the other. */
function compare(timeOf: Float64Array, one: number, other: number): number {
  return (timeOf[other] ?? 0) - (timeOf[one] ?? 0) || other - one;
}

/** The place of the first in an order, from a place on, that stands behind an asset; its end when none does. */
function firstBehind(order: Uint32Array, from: number, id: number, timeOf: Float64Array): number {
  let low = from;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(timeOf, order[middle] ?? 0, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Part = { readonly start: number; readonly end: number };

function* partsOf(count: number): Generator<Part> {
  for (let start = 0; start < count; start += atOnce) yield { start, end: Math.min(start + atOnce, count) };
}

function leastOf(ids: Uint32Array, timeOf: Float64Array, { start, end }: Part, before: number): number {
  let least = before;
  for (let at = start; at < end; at += 1) {
    const time = timeOf[ids[at] ?? 0] ?? 0;
    if (time < least) least = time;
  }
  return least;
}

function cutInHalves(
  ids: Uint32Array,
  timeOf: Float64Array,
  { start, end }: Part,
  { least, low, high }: { least: number; low: Uint32Array; high: Uint32Array },
): void {
  for (let at = start; at < end; at += 1) {
    const time = Math.min(Math.max((timeOf[ids[at] ?? 0] ?? 0) - least, 0), mostMs);
    const upper = Math.floor(time / half);
    high[at] = upper;
    low[at] = time - upper * half;
  }
}

function countDigits(key: Uint32Array, shift: number, { start, end }: Part, counts: Uint32Array): void {
  for (let at = start; at < end; at += 1) {
    const next = (((key[at] ?? 0) >>> shift) & digitMask) + 1;
    counts[next] = (counts[next] ?? 0) + 1;
  }
}

function deal(
  from: Uint32Array,
  to: Uint32Array,
  key: Uint32Array,
  shift: number,
  { start, end }: Part,
  starts: Uint32Array,
): void {
  for (let at = start; at < end; at += 1) {
    const place = from[at] ?? 0;
    const digit = ((key[place] ?? 0) >>> shift) & digitMask;
    const next = starts[digit] ?? 0;
    to[next] = place;
    starts[digit] = next + 1;
  }
}
