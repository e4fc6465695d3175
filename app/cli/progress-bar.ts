import { formatCount, formatDuration, formatRate } from './format.ts';
import { formatUsd } from './money.ts';
import { truncate } from './printable.ts';
import { widthOf } from './text-width.ts';

/** What a progress line knows; what is `undefined` is not shown. */
export type Progress = {
  readonly label: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly perSecond?: number | undefined;
  readonly costMicroUsd?: number | undefined;
  readonly budgetMicroUsd?: number | undefined;
  readonly failed?: number | undefined;
  /** Why nothing moves at the moment; stands in place of rate and time left. */
  readonly waiting?: string | undefined;
};

/** From everything to the least. */
const givenUp: readonly (readonly string[])[] = [
  [],
  ['rate'],
  ['rate', 'bar'],
  ['rate', 'bar', 'label'],
  ['rate', 'bar', 'label', 'left'],
  ['rate', 'bar', 'label', 'left', 'cost'],
  ['rate', 'bar', 'label', 'left', 'cost', 'failed'],
];

/** Longer than this is no estimate. */
const longestLeftMs = 30 * 86_400_000;
const shortestBar = 8;
const longestBar = 30;

/**
 * One line of at most `width` columns:
 *
 *     Describing 123/2,340 ▕████░░░░▏ 5% · 3.2/s · 12 min left · $0.42 of $5.00 · 2 failed
 *
 * `isPlain` is for files and logs: without the bar. Where there is not enough room, the rate goes first, then the bar, the label, the time left, the money, the failures.
 */
export function formatProgress(
  progress: Progress,
  width: number,
  { isPlain = false }: { readonly isPlain?: boolean } = {},
): string {
  const { done, total } = progress;
  const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
  const count = total === undefined ? formatCount(done) : `${formatCount(done)}/${formatCount(total)}`;
  const percent = share === undefined ? undefined : `${Math.floor(share * 100)}%`;
  const facts = factsOf(progress);
  // The first that fits is shown.
  for (const without of givenUp) {
    const has = (part: string): boolean => !without.includes(part) && !(isPlain && part === 'bar');
    const head = has('label') ? `${progress.label} ${count}` : count;
    const tail = [percent, ...facts.filter(({ part }) => has(part)).map(({ text }) => text)]
      .filter((text) => text !== undefined)
      .join(' · ');
    if (share === undefined || !has('bar')) {
      const line = tail === '' ? head : `${head} · ${tail}`;
      if (widthOf(line) <= width) return line;
      continue;
    }
    const room = width - widthOf(head) - widthOf(tail) - 4;
    if (room >= shortestBar) return `${head} ${bar(share, Math.min(room, longestBar))} ${tail}`;
  }
  return truncate(percent ?? count, width);
}

function factsOf(progress: Progress): { part: 'rate' | 'left' | 'cost' | 'failed'; text: string }[] {
  const { done, total, perSecond, costMicroUsd, budgetMicroUsd, failed, waiting } = progress;
  const facts: ReturnType<typeof factsOf> = [];
  if (waiting !== undefined) {
    facts.push({ part: 'left', text: waiting });
  } else if (perSecond !== undefined && perSecond > 0) {
    facts.push({ part: 'rate', text: formatRate(perSecond) });
    const leftMs = total === undefined ? 0 : ((total - done) / perSecond) * 1000;
    if (leftMs > 0 && leftMs < longestLeftMs) {
      facts.push({ part: 'left', text: `${formatDuration(leftMs)} left` });
    }
  }
  if (costMicroUsd !== undefined) {
    const of = budgetMicroUsd === undefined ? '' : ` of ${formatUsd(budgetMicroUsd)}`;
    facts.push({ part: 'cost', text: `${formatUsd(costMicroUsd)}${of}` });
  }
  if (failed !== undefined && failed > 0) {
    facts.push({ part: 'failed', text: `${formatCount(failed)} failed` });
  }
  return facts;
}

function bar(share: number, cells: number): string {
  const full = Math.floor(share * cells);
  return `▕${'█'.repeat(full)}${'░'.repeat(cells - full)}▏`;
}

const windowMs = 20_000;

/** How fast it goes, by the last 20 seconds: a long scan before, or a rest in between, does not spoil the time left. */
export class Pace {
  readonly #marks: { readonly atMs: number; readonly done: number }[] = [];

  /** `undefined` until there is something to go by. */
  perSecond(done: number, nowMs: number): number | undefined {
    this.#marks.push({ atMs: nowMs, done });
    while (this.#marks.length > 2 && nowMs - (this.#marks[1]?.atMs ?? nowMs) >= windowMs) this.#marks.shift();
    const first = this.#marks[0];
    if (first === undefined || nowMs - first.atMs < 1_000 || done === first.done) return undefined;
    return ((done - first.done) * 1000) / (nowMs - first.atMs);
  }
}
