import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedNewest, newestFirst } from '../../app/search/newest-first.ts';

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

it('is the same after photos came, went or got another time as when all are put in order anew', () => {
  const was = fc.record({
    before: fc.option(time, { nil: undefined }),
    after: fc.option(time, { nil: undefined }),
  });
  fc.assert(
    fc.property(
      fc.array(was, { maxLength: 40 }),
      fc.array(fc.nat(39), { maxLength: 5 }),
      (photos, others) => {
        const idsWith = (when: 'before' | 'after'): Uint32Array =>
          Uint32Array.from(photos.flatMap((photo, index) => (photo[when] === undefined ? [] : [index + 1])));
        const timesOf = (when: 'before' | 'after'): Float64Array =>
          Float64Array.from([0, ...photos.map((photo) => photo[when] ?? 7)]);
        const changed = photos.flatMap(({ before, after }, index) => (before === after ? [] : [index + 1]));
        // Some are said to have changed that have not, and some twice.
        const said = [
          ...changed,
          ...others.filter((other) => other < photos.length).map((other) => other + 1),
        ];
        const order = changedNewest(
          inOneGo(idsWith('before'), timesOf('before')),
          said,
          (id) => photos[id - 1]?.after !== undefined,
          timesOf('after'),
        );
        expect([...order]).toEqual([...inOneGo(idsWith('after'), timesOf('after'))]);
      },
    ),
  );
});
