import type { Output } from '../../app/contract/procedures.ts';

/** What a query says, part by part, as the engine read it. */
export type ParsedQuery = Output<'search.parse'>;
export type QueryPart = ParsedQuery['parts'][number];

type Range = { readonly start: number; readonly end: number };

/** A query without one of its parts. Pure. */
export function withoutPart(query: string, { start, end }: Range): string {
  return `${query.slice(0, start).trimEnd()} ${query.slice(end).trimStart()}`.trim();
}

/** A query with a completion put in place, ready for the next word; a filter's name waits for its value. Pure. */
export function withCompletion(
  query: string,
  { start, end }: Range,
  insert: string,
): { readonly text: string; readonly cursor: number } {
  const after = query.slice(end);
  const space = insert.endsWith(':') || after.startsWith(' ') ? '' : ' ';
  return {
    text: query.slice(0, start) + insert + space + after,
    cursor: start + insert.length + space.length,
  };
}

/** Parts that are worth a chip: what narrows the search, not the words. */
export function chipsOf(parts: readonly QueryPart[]): readonly QueryPart[] {
  return parts.filter(({ kind, field, isNegated }) => kind !== 'text' || field !== null || isNegated);
}

/** A snippet cut where it matched: U+0002 begins a match and U+0003 ends it. Pure. */
export function piecesOf(snippet: string): readonly { readonly text: string; readonly isMatch: boolean }[] {
  return snippet
    .split('\u0002')
    .flatMap((piece, index) => {
      if (index === 0) return [{ text: piece, isMatch: false }];
      const [match = '', ...rest] = piece.split('\u0003');
      return [
        { text: match, isMatch: true },
        { text: rest.join(''), isMatch: false },
      ];
    })
    .filter(({ text }) => text !== '');
}
