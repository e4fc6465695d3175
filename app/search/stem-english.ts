/**
 * English word forms: plurals, -ed, -ing, and the final -e and -y that they hide. These are steps 1 and 5 of Porter's
 * algorithm (M. F. Porter, "An algorithm for suffix stripping", 1980). Steps 2 to 4 also take -ation, -ness, -al … and so
 * make one word of "general" and "generous"; a photographer searches for the thing, not for its word family.
 */

const consonants = '[^aeiou][^aeiouy]*';
const vowels = '[aeiouy][aeiou]*';
/** Porter's m > 0, m = 1, m > 1: how often a vowel is followed by a consonant. */
const oneOrMore = new RegExp(`^(?:${consonants})?${vowels}${consonants}`);
const exactlyOne = new RegExp(`^(?:${consonants})?${vowels}${consonants}(?:${vowels})?$`);
const twoOrMore = new RegExp(`^(?:${consonants})?${vowels}${consonants}${vowels}${consonants}`);
const hasVowel = new RegExp(`^(?:${consonants})?[aeiouy]`);
/** Consonant, vowel, consonant at the end, as in "hop": it had an -e. */
const shortSyllable = new RegExp(`^${consonants}[aeiouy][^aeiouwxy]$`);

/** Plurals that no rule finds, of what is often in photos. */
const irregular = new Map([
  ['children', 'child'],
  ['men', 'man'],
  ['women', 'woman'],
  ['feet', 'foot'],
  ['teeth', 'tooth'],
  ['geese', 'goose'],
  ['mice', 'mouse'],
  ['leaves', 'leaf'],
  ['wolves', 'wolf'],
  ['calves', 'calf'],
  ['buses', 'bus'],
]);

/** The stem of a lower-case word, which may be no word itself ("pony", "ponies" → "poni"). Other alphabets stay as they are. */
export function stemWord(word: string): string {
  if (!/^[a-z]{3,}$/.test(word)) return word;
  return withoutFinalE(irregular.get(word) ?? withFinalI(withoutParticiple(withoutPlural(word))));
}

function withoutPlural(word: string): string {
  if (/(?:ss|i)es$/.test(word)) return word.slice(0, -2);
  // Not "bus", "campus", "cactus".
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutParticiple(word: string): string {
  if (word.endsWith('eed')) return oneOrMore.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const ending = /(?:ed|ing)$/.exec(word)?.[0];
  if (ending === undefined) return word;
  const stem = word.slice(0, -ending.length);
  if (!hasVowel.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem) || shortSyllable.test(stem)) return `${stem}e`;
  return /([^aeiouylsz])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}

function withFinalI(word: string): string {
  // Of the later Porter2: "fly" and "flies" too, "play" and "plays" anyway.
  return /.[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}i` : word;
}

function withoutFinalE(word: string): string {
  if (word.endsWith('ll') && twoOrMore.test(word.slice(0, -1))) return word.slice(0, -1);
  if (!word.endsWith('e')) return word;
  const stem = word.slice(0, -1);
  return twoOrMore.test(stem) || (exactlyOne.test(stem) && !shortSyllable.test(stem)) ? stem : word;
}
