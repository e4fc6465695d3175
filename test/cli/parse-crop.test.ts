import { assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCrop, toFractions } from '../../app/cli/parse-crop.ts';

const picture = { widthPx: 300, heightPx: 200 };
const reasonOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return (error as { details: Record<string, unknown> }).details['reason']; // why: an AppError
  }
  return undefined;
};

/** A beginning and a length within so many pixels. */
const span = (sizePx: number) =>
  tuple(integer({ min: 0, max: sizePx - 1 }), integer({ min: 1, max: sizePx })).map(([from, length]) => {
    return [from, Math.min(length, sizePx - from)] as const;
  });

describe('a crop as people write it', () => {
  it.each([
    ['30,20,150,100', { x: 0.1, y: 0.1, width: 0.5, height: 0.5 }],
    ['30, 20, 150, 100', { x: 0.1, y: 0.1, width: 0.5, height: 0.5 }],
    ['0.1,0.1,0.5,0.5', { x: 0.1, y: 0.1, width: 0.5, height: 0.5 }],
    ['.1 .1 .5 .5', { x: 0.1, y: 0.1, width: 0.5, height: 0.5 }],
    ['0,0,1,1', { x: 0, y: 0, width: 1, height: 1 }],
  ])('%s is understood', (text, crop) => {
    expect(toFractions(parseCrop(text), picture)).toEqual(crop);
  });

  it.each([
    ['200,0,150,100', 'which is 300 × 200 pixels'],
    ['0.6,0,0.5,1', 'goes beyond the picture'],
    ['1,2,3', 'is no crop'],
    ['1,2,3,4,5', 'is no crop'],
    ['-1,2,3,4', 'is no crop'],
    ['a,b,c,d', 'is no crop'],
    ['10,10,0.5,0.5', 'mixes pixels and fractions'],
    ['10,10,0,50', 'is empty'],
  ])('%s is refused with a sentence', (text, sentence) => {
    expect(reasonOf(() => toFractions(parseCrop(text), picture))).toContain(sentence);
  });

  it('in pixels inside the picture is never refused, and is those pixels', () => {
    assert(
      property(span(4000), span(3000), ([x, width], [y, height]) => {
        const crop = toFractions(parseCrop(`${x},${y},${width},${height + 2}`), {
          widthPx: 4000,
          heightPx: 3002,
        });
        expect(crop.x * 4000).toBeCloseTo(x, 6);
        expect(crop.width * 4000).toBeCloseTo(width, 6);
        expect(crop.height * 3002).toBeCloseTo(height + 2, 6);
      }),
    );
  });
});
