import type { ReadDb } from '../db/open.ts';

/** Before the first character of any word, behind nothing. */
const least = 1;
/** Behind the last that a word may hold. */
const behindAll = '\u{10FFFF}';

/**
 * Words of the full-text index that begin so, in order. One look for each, past all places where it stands: to join the lists
 * of all words that begin so takes as long as there are places.
 *
 * @param beginning folded, as the index has it
 * @returns `undefined` where there are more than `most`
 */
export function listTermsFrom(db: ReadDb, beginning: string, most: number): string[] | undefined {
  const next = 'SELECT term FROM search_term WHERE term >= ? AND term < ? LIMIT 1';
  const terms: string[] = [];
  let from = beginning;
  for (;;) {
    const [term] = db.pluck<string>(next, [from, beginning + behindAll]);
    if (term === undefined) return terms;
    if (terms.length === most) return undefined;
    terms.push(term);
    from = term + String.fromCharCode(least);
  }
}
