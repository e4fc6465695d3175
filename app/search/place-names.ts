import { setImmediate as nextTurn } from 'node:timers/promises';
import table from './place-names.json' with { type: 'json' };

/** Most words of a name that is looked for: `vereinigte staaten von amerika`. */
export const longestPlaceName = 4;

/** By each of its names, the lines of the table that have it. */
type Places = ReadonlyMap<string, readonly string[]>;
let known: Places | undefined;

/** Lines that are read in one step: a few milliseconds, also of a busy processor. */
const linesAtOnce = 1_000;

/** Tens of milliseconds, once, when a search first asks for it, or in steps before one does. */
function* readInSteps(): Generator<undefined, Places> {
  const places = new Map<string, string[]>();
  for (const [at, line] of table.places.split('\n').entries()) {
    if (at % linesAtOnce === linesAtOnce - 1) yield;
    for (const name of namesIn(line)) {
      const lines = places.get(name);
      if (lines === undefined) places.set(name, [line]);
      else lines.push(line);
    }
  }
  return places;
}

/** So that the first search that asks for them need not wait. With turns for others. */
export async function readPlaceNames(): Promise<void> {
  const reading = readInSteps();
  while (known === undefined) {
    const step = reading.next();
    if (step.done === true) known = step.value;
    else await nextTurn();
  }
}

function readAtOnce(): Places {
  const reading = readInSteps();
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

/**
 * What else a town, a region or a country is called, in English, German, French, Japanese and the language of its country:
 * `mailand` is `milan`, `milano`, `みらの`. A name of several places has the names of all of them.
 *
 * @param name folded, as `joinWords` gives it
 */
export function otherPlaceNames(name: string): string[] {
  known ??= readAtOnce();
  // Behind a tab is what is only typed: `vienne` is Vienna, but also a town of France, and a photo there is none of Vienna.
  const lines = known.get(name) ?? [];
  const meant = lines.flatMap((line) => namesIn(line.slice(0, line.indexOf('\t'))));
  const names = new Set(meant);
  names.delete(name);
  return [...names];
}

/** Of `|milan|milano|mailand|`. */
function namesIn(line: string): string[] {
  return line.split('|').filter((name) => name.length > 1);
}
