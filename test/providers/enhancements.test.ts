import { anything, assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseDescription } from '../../app/captioning/parse-description.ts';
import { withGrounding } from '../../app/providers/enhancements.ts';

const polygon = [
  { x: 0.12, y: 0.41 },
  { x: 0.34, y: 0.41 },
  { x: 0.34, y: 0.98 },
  { x: 0.12, y: 0.98 },
];
const box = {
  x: 0.12,
  y: 0.41,
  width: expect.closeTo(0.22) as number,
  height: expect.closeTo(0.57) as number,
};

/** As AZURE §5.1 quotes it. */
const answer = (content: string, spans: readonly object[], text = content) =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    model: 'gpt-4',
    choices: [
      {
        index: 0,
        finish_details: { type: 'stop', stop: '<|fim_suffix|>' },
        message: { role: 'assistant', content },
        enhancements: { grounding: { status: 'Success', lines: [{ text, spans }] } },
      },
    ],
  });

const fieldsOf = (text: string) => {
  const parsed = parseDescription(text, ['caption', 'keywords', 'objects']);
  if (parsed.status !== 'parsed') throw new Error(parsed.status);
  return parsed.fields;
};

test('what prose speaks of has its place in the picture', () => {
  const prose = 'The image shows a person holding a cup.';
  const raw = answer(prose, [{ text: 'a person', offset: 16, length: 8, polygon }]);
  expect(fieldsOf(withGrounding(prose, raw))).toEqual({
    caption: prose,
    objects: [{ label: 'person', box }],
  });
});

test('offsets count code points', () => {
  const prose = '🌊🌊 and a gull 🐦 there';
  const raw = answer(prose, [{ offset: 7, length: 6, polygon }]);
  expect(fieldsOf(withGrounding(prose, raw)).objects).toEqual([{ label: 'gull', box }]);
});

test('JSON keeps what it says, and gets the places that it lacks', () => {
  const json = JSON.stringify({ caption: 'A person.', keywords: ['cup'], objects: ['person'] });
  const raw = answer(json, [{ text: 'a person', offset: 0, length: 8, polygon }]);
  expect(fieldsOf(withGrounding(json, raw))).toEqual({
    caption: 'A person.',
    keywords: ['cup'],
    objects: [{ label: 'person', box }],
  });
  const placed = JSON.stringify({ caption: 'A.', objects: [{ label: 'cup', box: [100, 100, 200, 200] }] });
  expect(withGrounding(placed, raw)).toBe(placed);
});

test.each([
  ['a polygon of one point', [{ text: 'a person', polygon: polygon.slice(0, 1) }]],
  ['a polygon without numbers', [{ text: 'a person', polygon: [{ x: 'a' }, {}, {}] }]],
  ['a polygon outside', [{ text: 'a person', polygon: polygon.map(({ x, y }) => ({ x: x + 3_000, y })) }]],
])('%s is no place', (_, spans) => {
  const objects = fieldsOf(withGrounding('A person.', answer('A person.', spans))).objects ?? [];
  expect(objects.filter((object) => object.box !== undefined)).toEqual([]);
});

test('other answers stay as they are, whatever they hold', () => {
  expect(withGrounding('A person.', answer('A person.', []))).toBe('A person.');
  assert(
    property(string(), anything(), (text, value) => {
      const raw = JSON.stringify({ choices: [{ enhancements: value }] });
      expect(typeof withGrounding(text, raw)).toBe('string');
    }),
  );
});
