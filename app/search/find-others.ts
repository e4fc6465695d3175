import type { DocumentField } from '../contract/match.ts';
import { documentFieldOf, findSpans, toTerm, type FoundSpan } from './find-terms.ts';
import { stemLanguages, type StemLanguage } from './language.ts';
import type { WordInstead } from './other-words.ts';
import { stemIn } from './word-forms.ts';
import { foldedWords, type SplitText } from './words.ts';

type Finder = (
  split: SplitText | undefined,
  field: DocumentField,
  languages: () => readonly StemLanguage[],
) => FoundSpan[];

/** Where other words than the typed ones stand in a text. There may be hundreds of them: each word of the text is looked up. */
export function createOtherFinder(others: readonly WordInstead[]): Finder {
  const [phrases, words] = partition(
    others,
    ({ word, isPlace }) => isPlace === true || foldedWords(word).length > 1,
  );
  const [exact, inAllForms] = partition(words, ({ isExact }) => isExact === true);
  const byWord = Map.groupBy(exact, ({ word }) => word);
  const byStem = groupByStem(inAllForms);
  const terms = phrases.map((other) => ({ other, term: toTerm(toPhrase(other), other.node.text) }));
  return (split, field, languages) => {
    if (split === undefined) return [];
    const spans = terms.flatMap(({ other: { by }, term }) =>
      findSpans(split.text, () => split, field, [term], languages).map((span) => ({ ...span, by })),
    );
    for (const { folded, start, end } of split.words) {
      const found = new Set(byWord.get(folded));
      for (const language of stemLanguages) {
        const same = byStem[language].get(stemIn(language, folded));
        if (same !== undefined && languages().includes(language)) for (const other of same) found.add(other);
      }
      for (const { node, by } of found) {
        if (node.field !== null && documentFieldOf[node.field] !== field) continue;
        if (by !== 'spelling' && (field === 'camera' || field === 'lens')) continue;
        spans.push({ start, end, asked: node.text, by });
      }
    }
    return spans;
  };
}

function toPhrase({ node, word, isPlace }: WordInstead) {
  return { field: isPlace === true ? 'place' : node.field, text: word, match: 'phrase' } as const;
}

function groupByStem(
  others: readonly WordInstead[],
): Readonly<Record<StemLanguage, ReadonlyMap<string, readonly WordInstead[]>>> {
  const byStem = (language: StemLanguage) => Map.groupBy(others, ({ word }) => stemIn(language, word));
  return { en: byStem('en'), de: byStem('de'), fr: byStem('fr') };
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
