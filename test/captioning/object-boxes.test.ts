import {
  array,
  assert,
  constantFrom,
  double,
  integer,
  jsonValue,
  oneof,
  property,
  record,
  shuffledSubarray,
  tuple,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBoxes } from '../../app/captioning/object-boxes.ts';

const size = { widthPx: 1152, heightPx: 768 };

describe('where an object is', () => {
  it('is read in thousandths, as it is asked', () => {
    const item = { label: 'boat', box: { left: 250, top: 500, right: 750, bottom: 1000 } };
    expect(readBoxes([item], size)).toEqual([{ x: 0.25, y: 0.5, width: 0.5, height: 0.5 }]);
  });

  // Every way to say the right half of the lower half, as models and services say it.
  it.each([
    ['edges', { left: 500, top: 500, right: 1000, bottom: 1000 }],
    ['two corners', { x1: 500, y1: 500, x2: 1000, y2: 1000 }],
    ['extremes', { xmin: 500, ymin: 500, xmax: 1000, ymax: 1000 }],
    ['corner and size', { x: 500, y: 500, width: 500, height: 500 }],
    ['corner and size, short', { x: 500, y: 500, w: 500, h: 500 }],
    ['four numbers', [500, 500, 1000, 1000]],
    ['four fractions', [0.5, 0.5, 1, 1]],
    [
      'a polygon',
      [
        { x: 0.5, y: 0.5 },
        { x: 1, y: 0.5 },
        { x: 1, y: 1 },
        { x: 0.5, y: 1 },
      ],
    ],
    ['pixels of what was sent', [576, 384, 1152, 768]],
    ['swapped corners', [1000, 1000, 500, 500]],
    ['one swapped edge', { left: 1000, top: 500, right: 500, bottom: 1000 }],
    ['beyond the picture', [500, 500, 1010, 1019]],
  ])('is read from %s', (_, box) => {
    expect(readBoxes([{ box }], size)).toEqual([{ x: 0.5, y: 0.5, width: 0.5, height: 0.5 }]);
  });

  it('is read from the names that Gemini and Qwen use: the first begins with the top edge', () => {
    expect(readBoxes([{ box_2d: [0, 250, 1000, 500] }], size)).toEqual([
      { x: 0.25, y: 0, width: 0.25, height: 1 },
    ]);
    expect(readBoxes([{ bbox_2d: [250, 0, 500, 1000] }], size)).toEqual([
      { x: 0.25, y: 0, width: 0.25, height: 1 },
    ]);
  });

  it('is on one scale in one answer, told from its largest number', () => {
    // 300 is in pixels here, since 1 100 can be nothing else.
    const boxes = readBoxes([{ box: [0, 0, 1100, 700] }, { box: [288, 192, 576, 384] }], size);
    expect(boxes[1]).toEqual({ x: 0.25, y: 0.25, width: 0.25, height: 0.25 });
  });

  it.each([
    ['nothing', undefined],
    ['words', 'on the left'],
    ['three numbers', [1, 2, 3]],
    ['numbers as text', ['1', '2', '3', '4']],
    ['a line', [100, 100, 100, 900]],
    ['a place outside', [-500, -500, -10, -10]],
    ['what fits no picture', [0, 0, 9000, 9000]],
  ])('is unknown when the answer gives %s', (_, box) => {
    expect(readBoxes([{ label: 'boat', box }], size)).toEqual([undefined]);
  });

  it('is unknown in pixels of a picture whose size is not known', () => {
    expect(readBoxes([{ box: [576, 384, 1152, 768] }], undefined)).toEqual([undefined]);
  });

  it('is found again from every way to say it, as exactly as that way can', () => {
    const place = tuple(integer({ min: 0, max: 989 }), integer({ min: 10, max: 1000 })).filter(
      ([from, to]) => to - from >= 10,
    );
    assert(
      property(
        array(tuple(place, place), { minLength: 1, maxLength: 8 }),
        constantFrom('thousandths', 'fractions', 'pixels'),
        record({ widthPx: integer({ min: 1100, max: 6000 }), heightPx: integer({ min: 1100, max: 6000 }) }),
        (places, form, sent) => {
          // Pixels can be told when one of them is no thousandth: something reaches the far corner.
          const all = [
            ...places,
            [
              [0, 1000],
              [0, 1000],
            ] as const,
          ];
          const scale = {
            thousandths: { x: 1000, y: 1000 },
            fractions: { x: 1, y: 1 },
            pixels: { x: sent.widthPx, y: sent.heightPx },
          }[form];
          const round = form === 'fractions' ? (value: number) => value : Math.round;
          const items = all.map(([[left, right], [top, bottom]]) => ({
            box: [left * scale.x, top * scale.y, right * scale.x, bottom * scale.y].map((value) =>
              round(value / 1000),
            ),
          }));
          const boxes = readBoxes(items, sent);
          for (const [index, [[left, right], [top, bottom]]] of all.entries()) {
            const box = boxes[index];
            expect(box?.x).toBeCloseTo(left / 1000, 2);
            expect(box?.y).toBeCloseTo(top / 1000, 2);
            expect((box?.x ?? 0) + (box?.width ?? 0)).toBeCloseTo(right / 1000, 2);
            expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(bottom / 1000, 2);
          }
        },
      ),
    );
  });

  it('is within the picture or unknown, whatever comes', () => {
    const odd = oneof(double(), integer(), constantFrom(0, 1, 1000, -1, NaN, Infinity));
    const box = oneof(tuple(odd, odd, odd, odd), record({ x: odd, y: odd, w: odd, h: odd }), jsonValue());
    const name = shuffledSubarray(['box', 'box_2d', 'bbox', 'polygon'], { minLength: 1 });
    assert(
      property(array(tuple(name, box)), (given) => {
        const items = given.map(([names, value]) => Object.fromEntries(names.map((each) => [each, value])));
        const boxes = readBoxes(items, size);
        expect(boxes).toHaveLength(items.length);
        for (const found of boxes) {
          if (found === undefined) continue;
          expect(Math.min(found.x, found.y)).toBeGreaterThanOrEqual(0);
          expect(Math.min(found.width, found.height)).toBeGreaterThan(0);
          expect(found.x + found.width).toBeLessThanOrEqual(1 + 1e-9);
          expect(found.y + found.height).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});
