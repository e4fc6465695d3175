import { expect, test } from 'vitest';
import { toOklab } from '../../app/imaging/oklab.ts';

// CSS Color Module Level 4, §10 and its sample conversions.
test.each([
  ['white', [1, 1, 1], [1, 0, 0]],
  ['black', [0, 0, 0], [0, 0, 0]],
  ['red', [1, 0, 0], [0.628, 0.2249, 0.1258]],
  ['lime', [0, 1, 0], [0.8664, -0.2339, 0.1795]],
  ['blue', [0, 0, 1], [0.452, -0.0325, -0.3115]],
  ['purple', [128 / 255, 0, 128 / 255], [0.4209, 0.1647, -0.1014]],
] as const)('%s is where CSS says', (_, [red, green, blue], [l, a, b]) => {
  const found = toOklab(red, green, blue);
  expect(found.l).toBeCloseTo(l, 3);
  expect(found.a).toBeCloseTo(a, 3);
  expect(found.b).toBeCloseTo(b, 3);
});
