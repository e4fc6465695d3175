import { setImmediate as nextTurn } from 'node:timers/promises';
import table from './word-kinds.json' with { type: 'json' };

/** A word that is meant by another: the same thing (`automobile` for car), or a kind of it (`heron` for bird). */
export type RelatedWord = { readonly word: string; readonly by: 'synonym' | 'narrower' };

type Kinds = {
  readonly words: readonly (readonly string[])[];
  readonly thingOf: ReadonlyMap<string, number>;
  /** Direct kinds of each thing. */
  readonly below: readonly (readonly number[])[];
};

let read: Kinds | undefined;

/** Lines that are read in one step: a few milliseconds, also of a busy processor. */
const linesAtOnce = 2_000;

/** Tens of milliseconds, once, when a search first asks for it, or in steps before one does. */
function* readInSteps(): Generator<undefined, Kinds> {
  const words: string[][] = [];
  const thingOf = new Map<string, number>();
  const parents: number[][] = [];
  for (const [at, line] of table.kinds.split('\n').entries()) {
    if (at % linesAtOnce === linesAtOnce - 1) yield;
    const [above = '', own = ''] = line.split(':');
    for (const word of own.split(' ')) thingOf.set(word, words.length);
    words.push(own.split(' '));
    parents.push(above === '' ? [] : above.split(',').map((number) => Number.parseInt(number, 36)));
  }
  const below: number[][] = words.map(() => []);
  for (const [thing, above] of parents.entries()) {
    for (const parent of above) below[parent]?.push(thing);
    if (thing % (5 * linesAtOnce) === 0) yield;
  }
  return { words, thingOf, below };
}

function readKinds(): Kinds {
  const reading = readInSteps();
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

/** So that the first search that asks for them need not wait. With turns for others. */
export async function readWordKinds(): Promise<void> {
  const reading = readInSteps();
  while (read === undefined) {
    const step = reading.next();
    if (step.done === true) read = step.value;
    else await nextTurn();
  }
}

/** Whether a lower-case word is one that the table knows, and so no slip of a finger; also in the plural. */
export function isKnownWord(word: string): boolean {
  return findThing(word) !== undefined;
}

/** Synonyms of a lower-case English word and all that is a kind of it, the nearest first; none for an unknown word. */
export function relatedWords(word: string): RelatedWord[] {
  const start = findThing(word);
  if (start === undefined) return [];
  const { words, below } = (read ??= readKinds());
  const things = new Set([start]);
  // A set gives what is added to it while it is read.
  for (const thing of things) for (const kind of below[thing] ?? []) things.add(kind);
  return [...things].flatMap((thing) =>
    (words[thing] ?? [])
      .filter((related) => !singulars(word).includes(related))
      .map((related) => ({
        word: related,
        by: thing === start ? ('synonym' as const) : ('narrower' as const),
      })),
  );
}

function findThing(word: string): number | undefined {
  const { thingOf } = (read ??= readKinds());
  for (const form of singulars(word)) {
    const thing = thingOf.get(form);
    if (thing !== undefined) return thing;
  }
  return undefined;
}

const irregular: Readonly<Record<string, string>> = {
  children: 'child',
  feet: 'foot',
  geese: 'goose',
  leaves: 'leaf',
  mice: 'mouse',
  people: 'person',
  sheep: 'sheep',
  teeth: 'tooth',
  wolves: 'wolf',
};

/** The word, and what it may be the plural of. */
function singulars(word: string): string[] {
  const known = Object.hasOwn(irregular, word) ? irregular[word] : undefined;
  const forms = [word, ...(known === undefined ? [] : [known])];
  for (const [ending, singular] of [
    ['ies', 'y'],
    ['men', 'man'],
    ['es', ''],
    ['s', ''],
  ] as const) {
    if (word.endsWith(ending) && word.length > ending.length + 1) {
      forms.push(word.slice(0, -ending.length) + singular);
    }
  }
  return forms;
}
