import { expect, test } from 'vitest';
import { isSought, placeText, soughtText } from '../../../renderer/photo/text/text-place.ts';

const placed = { left: 10, top: 20, width: 1000, height: 500, scale: 1 };
const at = (...corners: (readonly [number, number])[]) => corners.map(([x, y]) => ({ x, y }));

test('upright text stands in its box', () => {
  expect(placeText(at([0.1, 0.2], [0.3, 0.2], [0.3, 0.3], [0.1, 0.3]), placed)).toEqual({
    left: 110,
    top: 120,
    width: expect.closeTo(200) as number,
    height: expect.closeTo(50) as number,
    degrees: 0,
  });
});

test('text that goes down or stands on its head is turned, and begins where it begins', () => {
  const down = placeText(at([0.3, 0.2], [0.3, 0.8], [0.2, 0.8], [0.2, 0.2]), placed);
  expect(down).toMatchObject({ left: 310, top: 120, degrees: 90 });
  expect(down.width).toBeCloseTo(300);
  expect(down.height).toBeCloseTo(100);
  expect(placeText(at([0.9, 0.9], [0.1, 0.9], [0.1, 0.8], [0.9, 0.8]), placed).degrees).toBeCloseTo(180);
});

test('an outline of other corners is taken by what is around it', () => {
  expect(placeText(at([0.1, 0.1], [0.2, 0.1], [0.15, 0.3]), placed)).toMatchObject({
    left: 110,
    top: 70,
    degrees: 0,
  });
});

test.each([
  ['text:gull', ['gull']],
  ['beach text:"no Entry" -kw:leash', ['no', 'entry']],
  ['text:a text:b', ['a', 'b']],
  ['-text:gull', []],
  ['context:gull', []],
  ['gull', []],
  ['text:', []],
])('%s looks for %j', (query, words) => {
  expect(soughtText(query)).toEqual(words);
});

test.each([
  ['GULL,', ['gull'], true],
  ['gulls', ['gull'], true],
  ['seagull', ['gull'], false],
  ['GULL', [], false],
  ['GULL', ['"'], false],
  ['Straße', ['straße'], true],
])('%s among %j: %s', (text, words, isOne) => {
  expect(isSought(text, words)).toBe(isOne);
});
