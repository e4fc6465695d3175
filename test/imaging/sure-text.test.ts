import { expect, it } from 'vitest';
import { sureLines } from '../../app/imaging/sure-text.ts';

const size = { widthPx: 1_000, heightPx: 500 };
const word = (text: string, confidence: number, x0 = 0) => ({
  text,
  confidence,
  box: { x0, y0: 100, x1: x0 + 100, y1: 150 },
});
const at = (text: string, x0: number, y0: number) => ({
  text,
  confidence: 95,
  box: { x0, y0, x1: x0 + 100, y1: y0 + 50 },
});
const textOf = (lines: Parameters<typeof sureLines>[0]): string[] =>
  sureLines(lines, size).map(({ text }) => text);

it('what is sure is kept line by line, short words beside it too', () => {
  expect(
    textOf([
      [word('NO', 95), word('ENTRY', 96)],
      [word('Platform', 88), word('2', 92), word('x', 60)],
    ]),
  ).toEqual(['NO ENTRY', 'Platform 2']);
});

it('each word has its place in fractions of the picture, and a line is around its sure words', () => {
  const [line] = sureLines([[word('=', 20), word('NO', 95, 200), word('ENTRY', 96, 400)]], size);
  expect(line?.words?.map(({ polygon, confidence }) => [polygon[0], polygon[2], confidence])).toEqual([
    [{ x: 0.2, y: 0.2 }, { x: 0.3, y: 0.3 }, 0.95],
    [{ x: 0.4, y: 0.2 }, { x: 0.5, y: 0.3 }, 0.96],
  ]);
  expect(line?.polygon).toEqual([
    { x: 0.2, y: 0.2 },
    { x: 0.5, y: 0.2 },
    { x: 0.5, y: 0.3 },
    { x: 0.2, y: 0.3 },
  ]);
});

it.each([
  ['a fence', [word('IIIII', 91), word('||||', 95)]],
  ['leaves', [word('NN', 79), word('=:', 85), word('wr', 74)]],
  ['something that may be a word', [word('weg', 73)]],
  ['lone letters', [word('I', 96), word('=', 95), word('4', 99)]],
  ['nothing', []],
])('%s is no text', (_name, line) => {
  expect(textOf([line])).toEqual([]);
});

it('a word that was read as pieces of two lines is one, whichever line comes first', () => {
  // As Tesseract gives HARBOUR 4… on a board above a dog, in pixels.
  const board = { widthPx: 1_600, heightPx: 1_200 };
  const right = [
    { text: 'BOUR', confidence: 91, box: { x0: 753, y0: 351, x1: 966, y1: 470 } },
    { text: '4', confidence: 96, box: { x0: 928, y0: 347, x1: 972, y1: 474 } },
  ];
  const left = [{ text: 'HAR', confidence: 96, box: { x0: 629, y0: 390, x1: 746, y1: 475 } }];
  for (const lines of [
    [right, left],
    [left, right],
  ]) {
    const [line, ...others] = sureLines(lines, board);
    expect(others).toEqual([]);
    expect(line?.text).toBe('HARBOUR 4');
    expect(line?.words?.[0]).toMatchObject({ confidence: 0.91, polygon: [{ x: 629 / 1_600 }, {}, {}, {}] });
  }
});

it('words of two lines with a space between them, or one above the other, stay two', () => {
  expect(textOf([[at('FRESH', 0, 100)], [at('BREAD', 115, 100)]])).toEqual(['FRESH', 'BREAD']);
  expect(textOf([[at('FRESH', 0, 100)], [at('BREAD', 102, 130)]])).toEqual(['FRESH', 'BREAD']);
});
