import { setImmediate as nextTurn } from 'node:timers/promises';
import { foldedWords } from './words.ts';

/** The languages in which a country is typed, and in which files name it. A language more is a tag more. */
const languages = ['en', 'de', 'fr'];

/** What people type and the lists of `Intl` do not have, by region code. */
const alsoCalled: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE', 'VAE'],
  BY: ['Weißrussland'],
  CI: ['Ivory Coast'],
  CV: ['Cabo Verde'],
  CZ: ['Czech Republic', 'Tschechische Republik', 'République tchèque'],
  GB: ['Great Britain', 'Großbritannien', 'Grande-Bretagne', 'UK'],
  MM: ['Burma', 'Birma', 'Birmanie'],
  NL: ['The Netherlands', 'Holland'],
  TR: ['Turkey'],
  US: ['USA', 'United States of America', 'Vereinigte Staaten von Amerika'],
};

type Countries = {
  readonly codeOf: ReadonlyMap<string, string>;
  readonly namesOf: ReadonlyMap<string, ReadonlySet<string>>;
};
let known: Countries | undefined;

const letters = Array.from({ length: 26 }, (_, index) => String.fromCodePoint(65 + index));
/** All that may be codes; most are none. */
const codes = letters.flatMap((first) => letters.map((second) => first + second));

/** Tens of milliseconds, most of them for the first name in a language: a step for each. */
function* readInSteps(): Generator<undefined, Countries> {
  const codeOf = new Map<string, string>();
  const namesOf = new Map<string, Set<string>>();
  const add = (code: string, name: string): void => {
    const folded = foldedWords(name.replace('&', 'and').replace('St. ', 'Saint ')).join(' ');
    if (!codeOf.has(folded)) codeOf.set(folded, code);
    namesOf.set(code, (namesOf.get(code) ?? new Set()).add(folded));
  };
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = names.of(code);
      if (name !== undefined) add(code, name);
    }
    yield;
  }
  for (const [code, names] of Object.entries(alsoCalled)) for (const name of names) add(code, name);
  return { codeOf, namesOf };
}

/** So that the first search that asks for them need not wait. With turns for others. */
export async function readCountryNames(): Promise<void> {
  const reading = readInSteps();
  while (known === undefined) {
    const step = reading.next();
    if (step.done === true) known = step.value;
    else await nextTurn();
  }
}

function readAtOnce(): Countries {
  const reading = readInSteps();
  for (;;) {
    const step = reading.next();
    if (step.done === true) return step.value;
  }
}

/**
 * What else a country is called, in English, German and French: `deutschland` is `germany` and `allemagne`.
 *
 * @param name folded
 */
export function otherCountryNames(name: string): string[] {
  const { codeOf, namesOf } = (known ??= readAtOnce());
  const code = codeOf.get(name);
  return code === undefined ? [] : [...(namesOf.get(code) ?? [])].filter((other) => other !== name);
}
