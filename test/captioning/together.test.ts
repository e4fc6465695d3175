import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitAnswer } from '../../app/captioning/together-answer.ts';
import { mostTogether } from '../../app/captioning/together.ts';
import type { Connection } from '../../app/contract/models/connection.ts';
import { divideByShares } from '../../app/usage/cost.ts';
import { usualOptions } from '../helpers/engine.ts';

const partsOf = (text: string, photos: number, isCut = false): Record<string, unknown> =>
  Object.fromEntries(
    [...splitAnswer(text, photos, isCut)].map(([number, part]) => [number, JSON.parse(part) as unknown]),
  );

const named = (number: unknown) => ({ number, caption: 'a boat' });

const most = (connection: Partial<Connection>) =>
  mostTogether(
    {
      kind: 'azure-openai',
      endpoint: 'https://a.openai.azure.com',
      learned: {},
      ...connection,
    } as Connection, // why: nothing else is looked at
    usualOptions,
  );

describe('splitAnswer', () => {
  test('gives each number its own entry, in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 50 }),
        fc.string(),
        (numbers, words) => {
          const photos = numbers.map((number) => ({ number, caption: `${words}${String(number)}` }));
          const expected = Object.fromEntries(photos.map(({ number, caption }) => [number, { caption }]));
          expect(partsOf(JSON.stringify({ photos }), 50)).toEqual(expected);
        },
      ),
    );
  });

  test('gives nothing to anybody whom the answer does not name for certain', () => {
    const answer = [
      named(0),
      named(4),
      named(1.5),
      named('two'),
      { caption: 'whose?' },
      named(3),
      named(3),
      named('Photo 2'),
    ];
    expect(partsOf(JSON.stringify({ photos: answer }), 3)).toEqual({ 2: { caption: 'a boat' } });
  });

  test('never reads an entry that was cut off, wherever the cut is', () => {
    const whole = JSON.stringify({
      photos: [1, 2, 3].map((number) => ({
        number,
        caption: `caption ${String(number)}`,
        keywords: ['a', 'b'],
      })),
    });
    for (let length = 0; length < whole.length; length += 1) {
      for (const isCut of [true, false]) {
        for (const [number, entry] of Object.entries(partsOf(whole.slice(0, length), 3, isCut))) {
          expect({ length, entry }).toEqual({
            length,
            entry: { caption: `caption ${number}`, keywords: ['a', 'b'] },
          });
        }
      }
    }
  });

  test('finds the entries in a fence, between words, and as a bare list', () => {
    const list = JSON.stringify([
      { number: 1, caption: 'a' },
      { number: 2, caption: 'b' },
    ]);
    const expected = { 1: { caption: 'a' }, 2: { caption: 'b' } };
    expect(partsOf(`\`\`\`json\n{"photos": ${list}}\n\`\`\``, 2)).toEqual(expected);
    expect(partsOf(`Here they are: ${list} I hope [this] helps.`, 2)).toEqual(expected);
  });

  test('takes any text for what it is', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '1', 'number') }),
        (text) => {
          for (const number of splitAnswer(text, 9, false).keys()) expect(number).toBeLessThanOrEqual(9);
        },
      ),
    );
  });
});

test('what is divided by shares adds up, and nobody gets less or more than is due by a whole one', () => {
  fc.assert(
    fc.property(
      fc.nat(10_000_000),
      fc
        .array(fc.nat(5_000), { minLength: 1, maxLength: 50 })
        .filter((shares) => shares.some((share) => share > 0)),
      (whole, shares) => {
        const parts = divideByShares(whole, shares);
        const all = shares.reduce((sum, share) => sum + share, 0);
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
        for (const [index, part] of parts.entries()) {
          expect(Math.abs(part - (whole * (shares[index] ?? 0)) / all)).toBeLessThan(1);
        }
      },
    ),
  );
});

test('as many photos go together as the service takes pictures, and as can be written about in one answer', () => {
  // 192 tokens are usual; each may be twice that, and there is one to spare: ⌊4 096 ÷ 384⌋ − 1 and ⌊16 384 ÷ 384⌋ − 1.
  expect(most({ modelId: 'gpt-4-turbo' })).toBe(9);
  expect(most({ modelId: 'gpt-4.1' })).toBe(41);
  expect(most({ kind: 'built-in', endpoint: null })).toBe(1);
  expect(most({ kind: 'azure-vision' })).toBe(1);
  expect(most({ kind: 'openai-compatible', endpoint: 'http://127.0.0.1:11434/v1', modelId: 'llava' })).toBe(
    1,
  );
});
