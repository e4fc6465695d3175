import { expect, test } from 'vitest';
import { runCrashes } from '../soak/crash.ts';

/** Short slices of `npm run soak`; their seeds are fixed, so that a failure can be looked at again. */

const silent = (): void => {};

test('an engine that is killed six times over 30 photos loses nothing and pays nothing twice', async () => {
  const { failures, figures } = await runCrashes({ seed: 9, say: silent }, { lives: 6, photosPerLife: 5 });
  expect(failures).toEqual([]);
  expect(figures['lives that were ended by kill -9']).toBe(6);
}, 120_000);
