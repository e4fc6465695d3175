/** French word forms: plurals, and the -e of the feminine, after the accents are gone. Verbs stay as they are. */

/** Folded. */
const irregular = new Map([
  ['yeux', 'oeil'],
  ['cieux', 'ciel'],
  ['travaux', 'travail'],
  ['vitraux', 'vitrail'],
  ['coraux', 'corail'],
  ['eaux', 'eau'],
  ['vieux', 'vieux'],
  ['vieille', 'vieux'],
  ['vieilles', 'vieux'],
  ['belle', 'beau'],
  ['belles', 'beau'],
  ['blanche', 'blanc'],
  ['blanches', 'blanc'],
  ['fils', 'fils'],
]);

/** Whose -e is no ending: without it they are something else, `port`, `fil`, `coup`. */
const nouns: ReadonlySet<string> = new Set(
  'balle botte bille canne colle conte coupe dalle fille fosse grille halle lutte malle natte panne patte pelle plante pointe porte poste reine salle selle sorte tente vente ville'.split(
    ' ',
  ),
);

/** The stem of a folded word; it may be no word itself (`plage`, `plages` → `plag`). */
export function stemFrench(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  return irregular.get(word) ?? withoutFeminine(withoutPlural(word));
}

function withoutPlural(word: string): string {
  if (word.endsWith('eaux')) return word.slice(0, -1);
  if (word.endsWith('aux')) return `${word.slice(0, -3)}al`;
  if (/[eo]ux$/.test(word)) return word.slice(0, -1);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

function withoutFeminine(word: string): string {
  if (word.length < 5 || !word.endsWith('e') || nouns.has(word)) return word;
  // chienne, chien
  return word.slice(0, -1).replace(/([nlt])\1$/, '$1');
}
