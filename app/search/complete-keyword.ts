import { listAllKeywords, type ReadDb } from './keyword-store.ts';

/** Keywords that a person may be typing, with how many photos have each. */
export type Completion = { readonly keyword: string; readonly photos: number };

/**
 * Those that begin with a text, in any case, with and without accents, most used first; then those with a later word that
 * does. Looks at every keyword in use: tens of thousands take a few milliseconds, and no index folds accents.
 */
export function completeKeyword(db: ReadDb, text: string, limit: number): Completion[] {
  const typed = fold(text.trim());
  const first: Completion[] = [];
  const later: Completion[] = [];
  for (const { keyword, photos } of listAllKeywords(db)) {
    const folded = fold(keyword);
    if (folded.startsWith(typed)) {
      first.push({ keyword, photos });
      if (first.length === limit) return first;
    } else if (
      later.length < limit &&
      folded.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(typed))
    ) {
      later.push({ keyword, photos });
    }
  }
  return [...first, ...later].slice(0, limit);
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
