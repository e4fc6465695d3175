import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Borders, isAtBorder, kilometresBetween } from '../../app/metadata/border.ts';

test('distances are those of the sphere', () => {
  const at = (latitude: number, longitude: number) => ({ latitude, longitude });
  // A quarter of the way round, and a degree of a meridian, at 6 371 km.
  expect(kilometresBetween(at(0, 0), at(0, 90))).toBeCloseTo(10_007.5, 0);
  expect(kilometresBetween(at(50, 8), at(51, 8))).toBeCloseTo(111.19, 1);
  expect(kilometresBetween(at(0, 179.5), at(0, -179.5))).toBeCloseTo(111.19, 1);
  expect(kilometresBetween(at(90, 0), at(90, 120))).toBeCloseTo(0, 6);
});

const position = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
});
/** Close together, so that many are near a border. */
const nearby = fc.record({
  latitude: fc.double({ min: 47, max: 49, noNaN: true }),
  longitude: fc.double({ min: 7, max: 10, noNaN: true }),
});

test('what is known of other positions never gives another verdict than asking', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(nearby, position), { minLength: 1, maxLength: 12 }),
      fc.array(
        fc.record({ at: fc.oneof(nearby, position), ownKm: fc.double({ min: 0, max: 30, noNaN: true }) }),
        {
          maxLength: 30,
        },
      ),
      async (foreignTowns, photos) => {
        const borders = new Borders();
        for (const { at, ownKm } of photos) {
          const foreignKm = Math.min(...foreignTowns.map((town) => kilometresBetween(town, at)));
          const verdict = await borders.isAtBorder(at, { country: 'XX', ownKm }, () =>
            Promise.resolve(foreignKm),
          );
          // What is exactly on the line may fall on either side of it.
          if (Math.abs(foreignKm - 2 * ownKm) > 1e-6) expect(verdict).toBe(isAtBorder(ownKm, foreignKm));
        }
      },
    ),
  );
});

test('a day far from any border is asked for once, and another country anew', async () => {
  const borders = new Borders();
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.resolve(80);
  };
  for (let photo = 0; photo < 50; photo += 1) {
    const at = { latitude: 48 + photo / 1_000, longitude: 16 };
    expect(await borders.isAtBorder(at, { country: 'AT', ownKm: 3 }, ask)).toBe(false);
  }
  expect(asked).toBe(1);
  await borders.isAtBorder({ latitude: 48, longitude: 16 }, { country: 'SK', ownKm: 3 }, ask);
  expect(asked).toBe(2);
});
