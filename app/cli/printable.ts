import { widthOf } from './text-width.ts';

/**
 * Captions, keywords and file names come from outside. Before they reach a terminal, whatever could steer it is taken
 * out: control characters, and marks that turn the direction of writing.
 */

const lineBreaks = /[\r\n\t\u2028\u2029]+/g;
const unsafe = /[\p{Cc}\p{Bidi_Control}\uFEFF]/gu;

/** On one line; what could not be shown is `�`. */
export function toLine(text: string): string {
  return text.replaceAll(lineBreaks, ' ').replaceAll(unsafe, '\uFFFD').trim();
}

/** As `toLine`, with its line breaks. */
export function toLines(text: string): string[] {
  return text.split(/\r\n|[\r\n\u2028\u2029]/).map(toLine);
}

/** JSON on one line in which not even DEL and the C1 controls stand raw: some terminals obey them. */
export function toJsonLine(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    unsafe,
    (char) => String.raw`\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The beginning of a text in at most so many columns, with `…` where something is left out. */
export function truncate(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let taken = '';
  let used = 0;
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width - 1) break;
    taken += segment;
  }
  return width < 1 ? '' : `${taken.trimEnd()}…`;
}

/** A path keeps its end: the file's name says most. */
export function truncatePath(path: string, width: number): string {
  if (widthOf(path) <= width) return path;
  let taken = '';
  let used = 0;
  for (const { segment } of [...graphemes.segment(path)].toReversed()) {
    used += widthOf(segment);
    if (used > width - 1) break;
    taken = segment + taken;
  }
  return width < 1 ? '' : `…${taken}`;
}

/** Lines of at most so many columns, broken between words; a longer word, or a script without spaces, is broken anywhere. */
export function wrap(text: string, width: number): string[] {
  const room = Math.max(8, width);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= room) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = widthOf(word) <= room ? [word] : breakWord(word, room);
    line = pieces.pop() ?? '';
    lines.push(...pieces);
  }
  if (line !== '') lines.push(line);
  return lines;
}

function breakWord(word: string, room: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word)) {
    if (widthOf(piece + segment) > room) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** Filled up with spaces to so many columns. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return side === 'right' ? text + space : space + text;
}

export type Column = {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Cut off where there is not enough room. */
  readonly isFlexible?: boolean;
  /** Left out where there is still not enough room, in the order of the columns. */
  readonly isOptional?: boolean;
};

const gap = '  ';
const narrowestColumn = 8;

/** Rows under their titles, each column as wide as its widest cell, all together in at most so many columns if possible. */
export function toTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): string[] {
  const all = [columns.map(({ title }) => title), ...rows];
  const wanted = columns.map((column, index) => {
    return { ...column, index, room: Math.max(...all.map((row) => widthOf(row[index] ?? ''))) };
  });
  const shown = fitColumns(wanted, width);
  return all.map((row) =>
    shown
      .map(({ align, index, room }) => {
        return pad(truncate(row[index] ?? '', room), room, align === 'right' ? 'left' : 'right');
      })
      .join(gap)
      .trimEnd(),
  );
}

type SizedColumn = Column & { readonly index: number; readonly room: number };

function fitColumns(columns: readonly SizedColumn[], width: number): readonly SizedColumn[] {
  let excess = columns.reduce((sum, { room }) => sum + room + gap.length, -gap.length) - width;
  const narrowed = columns.map((column) => {
    if (excess <= 0 || column.isFlexible !== true) return column;
    const room = Math.max(Math.min(narrowestColumn, column.room), column.room - excess);
    excess -= column.room - room;
    return { ...column, room };
  });
  const leastNeeded = excess > 0 ? columns.find(({ isOptional }) => isOptional === true) : undefined;
  return leastNeeded === undefined
    ? narrowed
    : fitColumns(
        columns.filter((column) => column !== leastNeeded),
        width,
      );
}
