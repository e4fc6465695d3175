/**
 * German word forms: plurals and the endings of cases, after the umlauts are gone (`Häuser` is `hauser` by then). One ending
 * is taken, the longest, and never more than leaves a word. Compounds stay as they are.
 */

/** Plurals that change more than their end, and words whose end is no ending; folded. */
const irregular = new Map([
  ['museen', 'museum'],
  ['busse', 'bus'],
  ['bussen', 'bus'],
  ['bus', 'bus'],
  ['kirmes', 'kirmes'],
  ['zeugnisse', 'zeugnis'],
]);

/** The longest first; what has to be left before each. */
const endings: readonly { readonly ending: string; readonly before: number }[] = [
  { ending: 'innen', before: 4 },
  { ending: 'ern', before: 3 },
  { ending: 'en', before: 3 },
  { ending: 'er', before: 3 },
  { ending: 'em', before: 3 },
  { ending: 'es', before: 3 },
  { ending: 'e', before: 3 },
  { ending: 'n', before: 4 },
  { ending: 's', before: 3 },
];

/** The stem of a folded word; it may be no word itself (`blumen`, `blume` → `blum`). */
export function stemGerman(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  const known = irregular.get(word);
  if (known !== undefined) return known;
  for (const { ending, before } of endings) {
    if (!word.endsWith(ending) || word.length - ending.length < before) continue;
    const stem = word.slice(0, -ending.length);
    // Vögeln, Wandern; "Freundin" and "Garten" have no ending.
    if (ending === 'n' && !/[lr]$/.test(stem)) continue;
    // No German word ends in such an -s: "gras", "glas", "schloss", "eis".
    if (ending === 's' && /[sxzaiu]$/.test(stem)) continue;
    return ending === 'innen' ? `${stem}in` : stem;
  }
  return word;
}
