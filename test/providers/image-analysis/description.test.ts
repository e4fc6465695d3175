import { array, assert, constantFrom, double, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { closeTo } from '../matchers.ts';
import { toDescription } from '../../../app/providers/image-analysis/description.ts';

const metadata = { width: 1000, height: 500 };
const object = (x: number, y: number, w: number, h: number, name = 'boat', confidence = 0.9) => ({
  boundingBox: { x, y, w, h },
  tags: [{ name, confidence }],
});
const objectsOf = (...values: unknown[]) => toDescription({ metadata, objectsResult: { values } })?.objects;

test('pixels become fractions of the picture, also small numbers that look like thousandths', () => {
  expect(objectsOf(object(100, 100, 300, 200))).toEqual([
    {
      label: 'boat',
      confidence: 0.9,
      box: { x: 0.1, y: 0.2, width: closeTo(0.3), height: closeTo(0.4) },
    },
  ]);
  expect(objectsOf(object(0, 0, 1, 1))?.[0]?.box).toEqual({ x: 0, y: 0, width: 0.001, height: 0.002 });
});

test.each([
  [
    'partly outside',
    object(900, 400, 300, 300),
    { x: 0.9, y: 0.8, width: closeTo(0.1), height: closeTo(0.2) },
  ],
  ['beginning before the edge', object(-100, 0, 200, 500), { x: 0, y: 0, width: 0.1, height: 1 }],
])('a box %s is cut at the edges', (_, given, box) => {
  expect(objectsOf(given)?.[0]?.box).toEqual(box);
});

test.each([
  ['wholly outside', object(1200, 100, 50, 50)],
  ['of no size', object(10, 10, 0, 20)],
  ['of negative size', object(100, 100, -50, -50)],
  ['without numbers', { boundingBox: { x: 'left' }, tags: [{ name: 'boat', confidence: 0.9 }] }],
  ['without a name', { boundingBox: { x: 0, y: 0, w: 9, h: 9 }, tags: [] }],
  ['that is hardly believed', object(0, 0, 100, 100, 'boat', 0.31)],
])('an object %s is left out, and the others stay', (_, given) => {
  expect(objectsOf(given, object(0, 0, 500, 500, 'cat'))?.map(({ label }) => label)).toEqual(['cat']);
});

test('who was found among the objects is not found again among the people', () => {
  const said = toDescription({
    metadata,
    objectsResult: { values: [object(100, 0, 200, 400, 'man')] },
    peopleResult: {
      values: [
        { boundingBox: { x: 110, y: 10, w: 190, h: 380 }, confidence: 0.95 },
        { boundingBox: { x: 600, y: 10, w: 190, h: 380 }, confidence: 0.8 },
        { boundingBox: { x: 0, y: 0, w: 10, h: 10 }, confidence: 0.004 },
      ],
    },
  });
  expect(said?.objects?.map(({ label }) => label)).toEqual(['man', 'person']);
});

test('dense captions name places, but not the whole picture once more, and the alt text ends in time', () => {
  const parts = Array.from({ length: 10 }, (_, index) => ({
    text: `a part of the harbour that is called number ${String(index)}`,
    confidence: 0.8,
    boundingBox: { x: index * 50, y: 0, w: 50, h: 50 },
  }));
  const said = toDescription({
    metadata,
    captionResult: { text: 'a boat in a harbour', confidence: 0.8 },
    denseCaptionsResult: {
      values: [
        { text: 'a boat in a harbour', confidence: 0.8, boundingBox: { x: 0, y: 0, w: 1000, h: 500 } },
        ...parts,
      ],
    },
    objectsResult: { values: [] },
  });
  expect(said?.objects).toHaveLength(10);
  expect(said?.caption).toBe('A boat in a harbour');
  expect(said?.altText).toBe(
    'A boat in a harbour; a part of the harbour that is called number 0; a part of the harbour that is called number 1',
  );
});

test('text keeps its outline, also upside down, and its words their confidence', () => {
  const upsideDown = [
    { x: 900, y: 450 },
    { x: 100, y: 450 },
    { x: 100, y: 400 },
    { x: 900, y: 400 },
  ];
  const said = toDescription({
    metadata,
    readResult: {
      blocks: [
        {
          lines: [
            {
              text: 'EXIT',
              boundingPolygon: upsideDown,
              words: [{ text: 'EXIT', boundingPolygon: upsideDown, confidence: 0.5 }],
            },
          ],
        },
      ],
    },
  });
  expect(said?.recognizedText).toBe('EXIT');
  expect(said?.textLines?.[0]?.polygon[0]).toEqual({ x: 0.9, y: 0.9 });
  expect(said?.textLines?.[0]?.words?.[0]?.confidence).toBe(0.5);
});

test.each([[undefined], [{}], [{ metadata: { width: 0, height: 5 } }], [[]], ['text'], [{ error: {} }]])(
  '%j is no analysis',
  (given) => {
    expect(toDescription(given)).toBeUndefined();
  },
);

test('whatever numbers come, boxes lie in the picture', () => {
  const anyNumber = double({ min: -1e6, max: 1e6, noNaN: true });
  assert(
    property(
      array(record({ x: anyNumber, y: anyNumber, w: anyNumber, h: anyNumber })),
      constantFrom(1, 640, 16_000),
      (boxes, width) => {
        const values = boxes.map((boundingBox) => ({
          boundingBox,
          tags: [{ name: 'thing', confidence: 1 }],
        }));
        const said = toDescription({ metadata: { width, height: 480 }, objectsResult: { values } });
        for (const { box } of said?.objects ?? []) {
          if (box === undefined) throw new Error('it has a place');
          expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
          expect(Math.max(box.x + box.width, box.y + box.height)).toBeLessThanOrEqual(1 + 1e-9);
          expect(Math.min(box.width, box.height)).toBeGreaterThan(0);
        }
      },
    ),
  );
});
