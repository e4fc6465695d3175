/**
 * Names of countries, and of the towns that name time zones: what models name when they guess where a photo was taken. Node
 * brings both lists along. Villages and landmarks are not among them.
 */

export type SaidOfPhoto = {
  /** Title, caption and alt text. */
  readonly sentences: string;
  readonly keywords: readonly string[];
  /** What was told to the model, and what can be read in the photo. */
  readonly given: string;
  /** As a BCP 47 tag. */
  readonly language: string;
};

/** Names that are also other things, or people. */
const alsoOthers = new Set(
  'turkey china jersey jordan georgia chad troll casey davis knox center nome guinea reunion cuba mali niger togo panama cayman vincennes winamac regina whitehorse blanc easter midway wake marengo monticello halifax nelson adelaide victoria dawson hermosillo christmas lima'.split(
    ' ',
  ),
);

const towns = Intl.supportedValuesOf('timeZone')
  .filter((zone) => zone.includes('/') && !/^(Etc|Antarctica|SystemV)\//.test(zone))
  .map((zone) => (zone.split('/').at(-1) ?? '').replaceAll('_', ' '))
  .filter((name) => name.length > 3 && /^\p{Lu}[\p{L} ]+$/u.test(name));

const known = new Map<string, RegExp>();

/** Whether a place is named that nobody told of. */
export function namesPlace({ sentences, keywords, given, language }: SaidOfPhoto): boolean {
  const pattern = patternFor(language);
  const told = given.toLowerCase();
  const texts = [sentences, ...keywords.filter((keyword) => /^\p{Lu}/u.test(keyword))];
  return texts.some((text) =>
    [...text.matchAll(pattern)].some(([, name = '']) => !told.includes(name.toLowerCase())),
  );
}

/** Whole words, written as names are. */
function patternFor(language: string): RegExp {
  const found = known.get(language);
  if (found !== undefined) return found;
  const names = [...new Set([...towns, ...countriesIn('en'), ...countriesIn(language)])]
    .filter((name) => !alsoOthers.has(name.toLowerCase()))
    .toSorted((one, other) => other.length - one.length)
    .map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(${names.join('|')})(?![\p{L}\p{N}])`, 'gu');
  known.set(language, pattern);
  return pattern;
}

/** Two letters stand for a country; those that stand for none are not named. */
function countriesIn(language: string): string[] {
  let names: Intl.DisplayNames;
  try {
    names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
  } catch (error) {
    // A language that is no code.
    if (error instanceof RangeError) return [];
    throw error;
  }
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !['AQ', 'EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'].includes(code))
    .flatMap((code) => names.of(code) ?? [])
    .filter((name) => name.length > 3);
}
