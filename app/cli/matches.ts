import { toLine } from './printable.ts';

/** Around each match in a snippet (contract, `photoSummary`). */
const matchStart = '\u0002';
const matchEnd = '\u0003';

/** A snippet for those who only want its words. */
export function withoutMarks(snippet: string): string {
  return snippet.replaceAll(matchStart, '').replaceAll(matchEnd, '');
}

/**
 * Lines in which each match is shown by `show`, also where a match goes on in the next line.
 *
 * @param wrap breaks text into lines; the marks take no room
 */
export function showMatches(
  snippet: string,
  wrap: (text: string) => string[],
  show: (match: string) => string,
): string[] {
  // Everything but our own marks is made printable, piece by piece, and keeps its spaces at the borders.
  const safe = snippet
    .split(matchStart)
    .map((piece) => piece.split(matchEnd).map(toPiece).join(matchEnd))
    .join(matchStart);
  let isInMatch = false;
  return wrap(safe).map((line) => {
    let shown = '';
    for (const part of line.split(new RegExp(`(?=[${matchStart}${matchEnd}])`))) {
      if (part.startsWith(matchStart)) isInMatch = true;
      if (part.startsWith(matchEnd)) isInMatch = false;
      const text = withoutMarks(part);
      shown += isInMatch && text !== '' ? show(text) : text;
    }
    return shown;
  });
}

function toPiece(text: string): string {
  const before = /^\s/.test(text) ? ' ' : '';
  const after = text.length > 1 && /\s$/.test(text) ? ' ' : '';
  const line = toLine(text);
  return line === '' ? before : before + line + after;
}
