/**
 * How well what was typed names something: 0 is best, `undefined` is not at all. Every word has to begin a word of the
 * title, or else its letters have to stand in it in that order (`ths` finds “Theme of the system”). Case and accents do not
 * count. Pure.
 */
export function matchTitle(typed: string, title: string): number | undefined {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const folded = fold(title);
  let distance = 0;
  for (const word of words) {
    const found = distanceOf(word, folded);
    if (found === undefined) return undefined;
    distance += found;
  }
  // Of titles that fit alike, the shorter one is meant: less of it was left out.
  return words.length === 0 ? 0 : distance + folded.length / 1000;
}

function distanceOf(word: string, title: string): number | undefined {
  if (title.startsWith(word)) return 0;
  if (new RegExp(`[^\\p{L}\\p{N}]${RegExp.escape(word)}`, 'u').test(title)) return 1;
  if (title.includes(word)) return 2;
  // Two letters in some order stand in nearly everything.
  return word.length > 2 && hasInOrder(word, title) ? 3 : undefined;
}

function hasInOrder(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}
