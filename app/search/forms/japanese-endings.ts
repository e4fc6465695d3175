/**
 * From a verb or an adjective as it stands in a sentence to its form in a dictionary: `走った`, `走っている` and `走ります` to
 * `走る`. Where an ending is that of several verbs, all are given; whether there is such a word, the library knows. Folded.
 */

/** What stands behind the form with `て` or `で`, and says nothing of the word itself. */
const behindTe = /(?<=[てで])(?:いる|いた|います|いました|いない)$/u;
/** What is put to the form before `ます`. */
const behindMasu = /(?:ます|ました|ません|ましょう|たい|たかった|ながら)$/u;
const behindNai = /(?:ない|なかった|ないで)$/u;

/** Past and `て` by their sounds, and what the verb ends in then. */
const pastEndings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/っ[たて]$/u, ['う', 'つ', 'る']],
  [/ん[だで]$/u, ['ぬ', 'ぶ', 'む']],
  [/い[たて]$/u, ['く']],
  [/い[だで]$/u, ['ぐ']],
  [/し[たて]$/u, ['す']],
];
/** The rows of kana: what stands before `ない`, before `ます`, and at the end in a dictionary. */
const rows = 'わいう かきく がぎぐ さしす たちつ なにぬ ばびぶ まみむ らりる'.split(' ');

/** `行った` is of `行く`, against the rule. */
const againstRule: Readonly<Record<string, readonly string[]>> = { 行っ: ['行く', '行う'] };

const isStem = /^\p{Script=Han}+\p{Script=Hiragana}*$/u;
const isNoun = /^\p{Script=Han}{2,}$/u;

/** Forms that a dictionary may have for a word, with what they share: `走る` and `走っ`. None for what is no such form. */
export function dictionaryForms(word: string): string[] {
  if (!/^\p{Script=Han}+\p{Script=Hiragana}+$/u.test(word)) return [];
  const forms = [
    ...ofAdjective(word),
    ...ofPast(word.replace(behindTe, '')),
    ...ofMasu(word),
    ...ofNai(word),
  ];
  return [...new Set(forms)].filter((form) => form !== word);
}

function ofAdjective(word: string): string[] {
  const stem = word.replace(/(?:かった|くて|くない|く)$/u, '');
  return stem !== word && isStem.test(stem) ? [`${stem}い`] : [];
}

function ofPast(word: string): string[] {
  for (const [ending, lasts] of pastEndings) {
    const stem = word.replace(ending, '');
    if (stem === word || !isStem.test(stem)) continue;
    const shared = word.slice(0, -1);
    return [
      ...(againstRule[shared] ?? lasts.map((last) => stem + last)),
      shared,
      ...ofNoun(word.replace(/し[たて]$/u, '')),
    ];
  }
  const stem = word.replace(/[たて]$/u, '');
  return stem !== word && isStem.test(stem) ? [`${stem}る`, `${stem}て`, `${stem}た`] : [];
}

/** `遊びます` and `見ます`. */
function ofMasu(word: string): string[] {
  const stem = word.replace(behindMasu, '');
  return stem === word || !isStem.test(stem)
    ? []
    : [...byRow(stem, 1), `${stem}る`, `${stem}て`, `${stem}た`, ...ofNoun(stem.replace(/し$/u, ''))];
}

/** `泳がない` and `見ない`. */
function ofNai(word: string): string[] {
  const stem = word.replace(behindNai, '');
  return stem === word || !isStem.test(stem) ? [] : [...byRow(stem, 0), `${stem}る`];
}

function byRow(stem: string, column: number): string[] {
  const row = rows.find((sounds) => sounds[column] === stem.at(-1));
  return row === undefined ? [] : [stem.slice(0, -1) + (row[2] ?? '')];
}

/** `散歩` of `散歩した`. */
function ofNoun(stem: string): string[] {
  return isNoun.test(stem) ? [stem] : [];
}
