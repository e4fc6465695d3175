import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Borders, isAtBorder, kilometresBetween, type Position } from '../../app/metadata/border.ts';

const at = (latitude: number, longitude: number) => ({ latitude, longitude });

test('distances are those of the sphere', () => {
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

/** What was wrongly said of photos, one after the other. */
async function wrongVerdicts(
  foreignTowns: readonly Position[],
  photos: readonly { readonly at: Position; readonly ownKm: number }[],
): Promise<unknown[]> {
  const borders = new Borders();
  const wrong: unknown[] = [];
  for (const photo of photos) {
    const { ownKm } = photo;
    const foreignKm = Math.min(...foreignTowns.map((town) => kilometresBetween(town, photo.at)));
    const ask = () => Promise.resolve({ km: foreignKm, isFound: true });
    const verdict = await borders.isAtBorder(photo.at, { country: 'XX', ownKm }, ask);
    // What is exactly on the line may fall on either side of it.
    const isOnLine = Math.abs(foreignKm - 2 * ownKm) < 1e-6;
    if (!isOnLine && verdict !== isAtBorder(ownKm, foreignKm)) wrong.push({ ...photo, foreignKm, verdict });
  }
  return wrong;
}

test('what is known of other positions never gives another verdict than asking', async () => {
  const photo = fc.record({
    at: fc.oneof(nearby, position),
    ownKm: fc.double({ min: 0, max: 30, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(nearby, position), { minLength: 1, maxLength: 12 }),
      fc.array(photo, { maxLength: 30 }),
      async (foreignTowns, photos) => {
        expect(await wrongVerdicts(foreignTowns, photos)).toEqual([]);
      },
    ),
  );
});

test('a day far from any border is asked for once, and another country anew', async () => {
  const borders = new Borders();
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.resolve({ km: 80, isFound: true });
  };
  for (let photo = 0; photo < 50; photo += 1) {
    const here = at(48 + photo / 1_000, 16);
    expect(await borders.isAtBorder(here, { country: 'AT', ownKm: 3 }, ask)).toBe(false);
  }
  expect(asked).toBe(1);
  await borders.isAtBorder(at(48, 16), { country: 'SK', ownKm: 3 }, ask);
  expect(asked).toBe(2);
});

test('amid a bay, with no town of another country around, the country is certain', async () => {
  const isUncertain = await new Borders().isAtBorder(at(35.5, 139.9), { country: 'JP', ownKm: 10 }, () =>
    Promise.resolve({ km: 19, isFound: false }),
  );
  expect(isUncertain).toBe(false);
});
