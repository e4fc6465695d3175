import { anything, array, assert, property, record, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseDescription } from '../../app/captioning/parse-description.ts';
import { readTextLines } from '../../app/captioning/text-places.ts';

const seen = { widthPx: 2_000, heightPx: 1_000 };
const square = (scale: readonly [number, number]) =>
  [
    [0.1, 0.2],
    [0.3, 0.2],
    [0.3, 0.4],
    [0.1, 0.4],
  ].map(([x = 0, y = 0]) => ({ x: x * scale[0], y: y * scale[1] }));

test.each([
  ['fractions', [1, 1]],
  ['thousandths', [1_000, 1_000]],
] as const)('outlines in %s', (_, scale) => {
  const [line] = readTextLines([{ text: 'EXIT', polygon: square(scale) }], seen);
  expect(line?.polygon.map(({ x, y }) => [x.toFixed(3), y.toFixed(3)])).toEqual([
    ['0.100', '0.200'],
    ['0.300', '0.200'],
    ['0.300', '0.400'],
    ['0.100', '0.400'],
  ]);
});

test('outlines in pixels, where one of them lies beyond a thousand', () => {
  const far = square([2_000, 1_000]).map(({ x, y }) => ({ x: x + 1_300, y }));
  const lines = readTextLines(
    [
      { text: 'EXIT', polygon: square([2_000, 1_000]) },
      { text: 'B', polygon: far },
    ],
    seen,
  );
  expect(lines[0]?.polygon[0]).toEqual({
    x: expect.closeTo(0.1) as number,
    y: expect.closeTo(0.2) as number,
  });
});

test('a box serves as well as an outline; text without a place has none', () => {
  const lines = readTextLines(
    [{ text: 'EXIT', box: { left: 100, top: 200, right: 300, bottom: 400 } }, { text: 'lost' }, 'word', null],
    seen,
  );
  expect(lines.map(({ text }) => text)).toEqual(['EXIT']);
  expect(lines[0]?.polygon[2]).toEqual({
    x: expect.closeTo(0.3) as number,
    y: expect.closeTo(0.4) as number,
  });
});

test('a model’s lines come with its text, if that was asked for', () => {
  const answer = JSON.stringify({
    recognizedText: 'EXIT',
    textLines: [{ text: 'EXIT', polygon: square([1, 1]) }],
  });
  const parsed = parseDescription(answer, ['recognizedText']);
  expect(parsed).toMatchObject({
    status: 'parsed',
    fields: { recognizedText: 'EXIT', textLines: [{ text: 'EXIT' }] },
  });
  expect(parseDescription(answer, ['caption', 'keywords'])).not.toHaveProperty('fields.textLines');
});

test('whatever a model makes up, outlines lie in the picture and text is one clean line', () => {
  const item = record({
    text: string(),
    polygon: anything(),
    box: anything(),
    words: array(record({ text: string(), polygon: anything() })),
  });
  assert(
    property(array(item), (items) => {
      for (const { text, polygon } of readTextLines(items, seen)) {
        expect(text).not.toMatch(/\p{Cc}/u);
        for (const { x, y } of polygon) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
          expect(Math.max(x, y)).toBeLessThanOrEqual(1);
        }
      }
    }),
  );
});
