import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitTimes } from '../../../renderer/ask/answer-times.ts';

const minute = 60_000;

test.each([
  ['The dog jumps at 0:07.', [7_000]],
  ['0:00: It sleeps. At 0:03: it wakes, 12 s: it runs', [0, 3_000, 12_000]],
  ['From 1:05–1:20 it swims, and at 1:02:03 it is home.', [65_000, 80_000, 3_723_000]],
  ['After 12 seconds, again at 12.5 s and nach 3 Sekunden', [12_000, 12_500, 3_000]],
  ['It was 10:30 in the morning of 2019-05-17.', [630_000]],
  ['ratio 16:9, 3:4:5:6, 12 stones, 1.0:30', []],
])('in “%s” these are times', (answer, times) => {
  expect(splitTimes(answer, 120 * minute).flatMap(({ timeMs }) => timeMs ?? [])).toEqual(times);
});

test('a time behind the end of the video means something else', () => {
  expect(splitTimes('at 10:30 o’clock', minute)).toEqual([{ text: 'at 10:30 o’clock', at: 0 }]);
});

test('the pieces together are the answer, whatever it says', () => {
  const words = fc.oneof(fc.string(), fc.constantFrom('0:07', '12 s', '1:02:03', ' ', '.', '-'));
  fc.assert(
    fc.property(fc.array(words), fc.nat(), (parts, durationMs) => {
      const answer = parts.join('');
      const pieces = splitTimes(answer, durationMs);
      expect(pieces.map(({ text }) => text).join('')).toBe(answer);
      for (const { timeMs = 0 } of pieces) expect(timeMs).toBeLessThanOrEqual(durationMs);
    }),
  );
});
