import { expect, test } from 'vitest';
import { parseMoment } from '../../app/cli/parse-moment.ts';

test.each([
  ['0:12-0:20', { startMs: 12_000, endMs: 20_000 }],
  ['12-20', { startMs: 12_000, endMs: 20_000 }],
  ['59:50 – 1:00:05', { startMs: 3_590_000, endMs: 3_605_000 }],
  ['1.5..2', { startMs: 1_500, endMs: 2_000 }],
])('%s is a part of a video', (text, moment) => {
  expect(parseMoment(text)).toEqual(moment);
});

test.each(['', '12', '20-12', '5-5', 'a-b', '1-2-3', '-5'])('“%s” is none', (text) => {
  expect(() => parseMoment(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
});
