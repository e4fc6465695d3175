/** A query while it is typed. Pure. */

export type Draft = {
  readonly text: string;
  /** The query of the address when it was typed: with another one, somebody chose something elsewhere. */
  readonly of: string;
};

export type ShownQuery = {
  readonly query: string;
  /** The last word is not finished: it stands for all that begin so. */
  readonly asYouType: boolean;
};

/** The last part of a query, where it is a plain word: no filter, nothing in quotes, no star, no space behind it. */
const lastWord = /(?:^|\s)-?[\p{L}\p{N}]+$/u;

/** A single letter behind a space, too little to look for; in scripts without spaces it is a word. */
const lastLetter =
  /(?:^|\s)-?[[\p{L}\p{N}]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]]$/v;

/** A query and how a person typed it: `boa*`, which reads `boa`. */
export type TypedAs = { readonly query: string; readonly text: string };

/** Who goes on behind a half word keeps what it found: `boa dog` becomes `boa* dog`. */
export function goOnFrom(typedAs: TypedAs | undefined, typed: string): string {
  return typedAs !== undefined && typed.startsWith(`${typedAs.text} `)
    ? typedAs.query + typed.slice(typedAs.text.length)
    : typed;
}

/** Whether a word may still be going on. */
export function endsInWord(text: string): boolean {
  const quotes = text.split('"').length - 1;
  return quotes % 2 === 0 && lastWord.test(text);
}

/** Whether all that was typed is one letter, which nobody looks for. */
export function isOneLetter(text: string): boolean {
  return text.trim() !== '' && text.replace(lastLetter, '') === '';
}

/**
 * What the grid shows: each letter of a word from its second on, a filter when it is whole. Between two words it stays as
 * it is.
 */
export function shownQuery(draft: Draft | undefined, query: string): ShownQuery {
  if (draft?.of !== query) return { query, asYouType: false };
  const text = draft.text.replace(lastLetter, '').trim();
  return endsInWord(text) ? { query: text, asYouType: true } : { query, asYouType: false };
}

/** The same for all words that begin like the last; a single letter is left alone, since too many words begin with it. */
export function starred(query: string): string {
  return /[\p{L}\p{N}]{2}$/u.test(query) ? `${query}*` : query;
}
