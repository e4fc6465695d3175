import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { describePicture } from '../azure-emulator/describe-picture.ts';
import { readFile } from 'node:fs/promises';
import { makeBurst } from '../helpers/bursts.ts';
import { azureSettings, makePhotos, readLedger, useBench, type TestEngine } from '../helpers/engine.ts';

const sum = (values: readonly (number | null | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? Number.NaN), 0);

const together = { options: { bursts: 'together' } } as const;

/** Of each photo, the word of its own picture: what a caption must name, and no other. */
async function expectOwnCaptions(engine: TestEngine, paths: readonly string[]): Promise<void> {
  const said: Record<string, string | undefined> = {};
  const seen: Record<string, string> = {};
  for (const path of paths) {
    said[basename(path)] = /reads “(\w+)”/.exec((await engine.captionOf(path)) ?? '')?.[1];
    seen[basename(path)] = (await describePicture(await readFile(path))).fingerprint;
  }
  expect(said).toEqual(seen);
  expect(new Set(Object.values(seen)).size).toBe(paths.length);
}

/** How many pictures each request carried. */
const sizesOf = ({ emulator }: Awaited<ReturnType<typeof useBench>>): number[] =>
  emulator.requests.map(({ pictures }) => pictures.length).toSorted((one, other) => one - other);

test('a burst that nobody has looked at yet is one request, in which each photo gets its own description', async () => {
  const bench = await useBench();
  const burst = await makeBurst(bench.photos, 6);
  const others = await makePhotos(bench.photos, 2);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const run = await engine.describe(together);

  expect(run).toMatchObject({ state: 'finished', requests: 3, jobs: { finished: 8, failed: 0, skipped: 0 } });
  expect(sizesOf(bench)).toEqual([1, 1, 6]);
  await expectOwnCaptions(engine, [...burst, ...others]);
});

test('the cost of one request is shared among its photos, to the last millionth', async () => {
  const bench = await useBench();
  const burst = await makeBurst(bench.photos, 5);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const { costMicroUsd, inputTokens, outputTokens } = await engine.describe(together);

  const shares = await Promise.all(burst.map(async (path) => (await engine.show(path)).history[0]));
  expect({
    costMicroUsd: sum(shares.map((share) => share?.costMicroUsd)),
    inputTokens: sum(shares.map((share) => share?.inputTokens)),
    outputTokens: sum(shares.map((share) => share?.outputTokens)),
  }).toEqual({ costMicroUsd, inputTokens, outputTokens });
  expect(Math.min(...shares.map((share) => share?.costMicroUsd ?? 0))).toBeGreaterThan(0);
});

test('the plan of what has been seen says how many requests, and no more is sent or paid', async () => {
  const bench = await useBench();
  await makeBurst(bench.photos, 7, { seed: 1 });
  await makeBurst(bench.photos, 4, { seed: 2, startMinute: 5 });
  await makePhotos(bench.photos, 3);
  const engine = await bench.open();
  await engine.connect({ kind: 'built-in' });
  await engine.scan(bench.photos);
  await engine.describe();
  await engine.connect(azureSettings(bench.emulator));

  const alone = await engine.plan();
  const plan = await engine.plan(together.options);
  expect(alone).toMatchObject({ photos: 14, requests: 14 });
  expect(alone.together).toBeUndefined();
  expect(plan).toMatchObject({ photos: 14, requests: 5, together: { photos: 11, requests: 2 } });
  expect(plan.together?.savedMicroUsd).toBe((alone.costMicroUsd ?? 0) - (plan.costMicroUsd ?? 0));
  expect(plan.together?.savedMicroUsd).toBeGreaterThan(0);

  const run = await engine.describe(together);
  expect(run).toMatchObject({ requests: 5, jobs: { finished: 14 } });
  expect(sizesOf(bench)).toEqual([1, 1, 1, 4, 7]);
  expect(run.inputTokens).toBeLessThanOrEqual(plan.inputTokens);
  expect(run.costMicroUsd).toBeLessThanOrEqual(plan.maxCostMicroUsd ?? 0);
});

test('a burst of more photos than the service takes in one request is divided', async () => {
  const bench = await useBench();
  const burst = await makeBurst(bench.photos, 14);
  const engine = await bench.open(
    azureSettings(bench.emulator, { deployment: 'gpt-4-turbo', modelId: 'gpt-4-turbo' }),
  );
  await engine.scan(bench.photos);
  const run = await engine.describe(together);

  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 14, failed: 0 } });
  expect(
    bench.emulator.requests.every(({ outcome, pictures }) => outcome === 'answered' && pictures.length <= 10),
  ).toBe(true);
  expect(run.requests).toBe(2);
  await expectOwnCaptions(engine, burst);
});

test.each([
  ['leaves one out', 'entry-left-out', [1, 5]],
  ['gives two the same number', 'entry-twice', [1, 1, 5]],
  ['turns their order', 'entries-turned', [5]],
  ['is no JSON at all', 'refusal', [1, 1, 1, 1, 1, 5]],
  ['has the filter stop it', 'content-filtered-completion', [1, 1, 1, 1, 1, 5]],
] as const)('an answer that %s: what is missing is asked for alone', async (_, fault, sizes) => {
  const bench = await useBench();
  const burst = await makeBurst(bench.photos, 5);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  bench.emulator.faults.next(fault);
  const run = await engine.describe(together);

  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 5, failed: 0 } });
  expect(sizesOf(bench)).toEqual(sizes);
  await expectOwnCaptions(engine, burst);
});

test('of an answer that breaks off, what was whole is kept, and the rest is asked for alone', async () => {
  const bench = await useBench();
  const burst = await makeBurst(bench.photos, 5);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  bench.emulator.faults.next('truncated');
  const run = await engine.describe(together);

  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 5, failed: 0 } });
  expect(run.requests).toBeLessThan(1 + 5);
  expect(sizesOf(bench).at(-1)).toBe(5);
  await expectOwnCaptions(engine, burst);
});

test('a picture that the filter refuses fails alone, and all others of its burst are described', async () => {
  const bench = await useBench();
  const burst = await makeBurst(bench.photos, 5);
  const [, , bad = ''] = burst;
  const { fingerprint } = await describePicture(await readFile(bad));
  bench.emulator.faults.always({
    name: 'content-filtered-prompt',
    when: ({ pictures }) => pictures.some((picture) => picture.fingerprint === fingerprint),
  });
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const run = await engine.describe(together);

  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 4, failed: 1 } });
  expect(await engine.report()).toEqual({ [basename(bad)]: 'failed content-filtered' });
  expect(sizesOf(bench)).toEqual([1, 1, 1, 1, 1, 5]);
  await expectOwnCaptions(
    engine,
    burst.filter((path) => path !== bad),
  );
});

test('a service in trouble is tried as often for a burst as for one photo', async () => {
  const bench = await useBench();
  await makeBurst(bench.photos, 4);
  bench.emulator.faults.always('timeout');
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const run = await engine.describe(together);

  expect(run.jobs).toMatchObject({ failed: 4 });
  expect(sizesOf(bench)).toEqual([4, 4, 4, 4, 4]);
  expect(readLedger(bench.library)).toHaveLength(5);
});

test('what a rate limit sends back goes together again', async () => {
  const bench = await useBench();
  const burst = await makeBurst(bench.photos, 5);
  bench.emulator.faults.next({ name: 'rate-limited-ms', retryAfterMs: 5 });
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describe(together);

  expect(sizesOf(bench)).toEqual([5, 5]);
  expect(readLedger(bench.library).map(({ booking }) => booking)).toEqual(['free', 'exact']);
  await expectOwnCaptions(engine, burst);
});
