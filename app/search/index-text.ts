import type { StemLanguage } from './language.ts';
import { markedStems } from './word-forms.ts';
import { spellOut, splitNameParts, type SplitText } from './words.ts';

/**
 * A text as the index takes it: folded words, then other ways to find them.
 *
 * @param languages whose word forms are found too; none for names
 */
export function toIndexText({ text, words }: SplitText, languages: readonly StemLanguage[]): string {
  const others = new Set<string>();
  for (const word of words) {
    for (const stem of markedStems(word.folded, languages)) others.add(stem);
    const spelled = spellOut(text, word);
    if (spelled !== undefined) others.add(spelled);
  }
  return [...words.map((word) => word.folded), ...others].join(' ');
}

/**
 * The name of a file or folder with its parts: `BeachHouse`, `IMG_0412` and `DSC01234` are also found by `house`, `0412`,
 * `412` and `1234`.
 */
export function toNameText(name: SplitText): string {
  const words = toIndexText(name, []);
  const parts = new Set<string>();
  for (const { folded } of splitNameParts(name.text)) {
    parts.add(folded);
    if (/^0+[1-9]/.test(folded)) parts.add(folded.replace(/^0+/, ''));
  }
  for (const word of words.split(' ')) parts.delete(word);
  return [words, ...parts].join(' ');
}
