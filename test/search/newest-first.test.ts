import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { newestFirst } from '../../app/search/newest-first.ts';

function inOneGo(ids: Uint32Array, timeOf: Float64Array): Uint32Array {
  const sorting = newestFirst(ids, timeOf);
  for (;;) {
    const step = sorting.next();
    if (step.done === true) return step.value;
  }
}

const time = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -3_000_000_000_000, max: 3_000_000_000_000 }),
);

it('puts the latest first, and of the same time the highest id', () => {
  fc.assert(
    fc.property(fc.array(time, { maxLength: 60 }), (times) => {
      const timeOf = Float64Array.from([0, ...times]);
      const ids = Uint32Array.from(times, (_, index) => index + 1);
      const compared = [...ids].toSorted((a, b) => (timeOf[b] ?? 0) - (timeOf[a] ?? 0) || b - a);
      expect([...inOneGo(ids, timeOf)]).toEqual(compared);
      expect([...ids]).toEqual(times.map((_, index) => index + 1));
    }),
  );
});
