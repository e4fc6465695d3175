import { expect, test } from 'vitest';
import { runCrashes } from '../soak/crash.ts';
import { runFaults } from '../soak/faults.ts';
import { runHostile } from '../soak/hostile.ts';
import { runRate } from '../soak/rate.ts';

/** Short slices of `npm run soak`; their seeds are fixed, so that a failure can be looked at again. */

const silent = (): void => {};

// Other moments of dying have tests of their own (kill.test.ts).
test('an engine that is killed three times over 12 photos loses nothing and pays nothing twice', async () => {
  const { failures, figures } = await runCrashes({ seed: 9, say: silent }, { lives: 3, photosPerLife: 4 });
  expect(failures).toEqual([]);
  expect(figures['lives that were ended by kill -9']).toBe(3);
}, 600_000);

test('an engine that is killed while ExifTool’s facts and a photo’s text are not stored reads them again', async () => {
  const { failures, figures } = await runCrashes({ seed: 17, say: silent }, { lives: 2, photosPerLife: 3 });
  expect(failures).toEqual([]);
  expect(figures['lives that were ended by kill -9']).toBe(2);
}, 600_000);

test('160 photos in bad weather are all described without anybody’s help, and the ledger is the service’s own count', async () => {
  const { failures } = await runRate(
    { seed: 3, say: silent },
    { photos: 160, photosPerFolder: 80, concurrency: 16, latencyMs: 10 },
  );
  // How fast it is depends on the machine, and is no test's business.
  expect(failures.filter((failure) => !failure.startsWith('the rate is'))).toEqual([]);
}, 600_000);

test('60 photos through a service that errs in every way come to their ends, and the ledger is the service’s own count', async () => {
  const { failures } = await runFaults({ seed: 5, size: 60, say: silent });
  expect(failures).toEqual([]);
}, 600_000);

test('bombs and a handful of mutated files are accounted for, in bounded memory and time', async () => {
  const { failures } = await runHostile({ seed: 5, size: 43, say: silent }, { withReal: false });
  expect(failures).toEqual([]);
}, 600_000);
