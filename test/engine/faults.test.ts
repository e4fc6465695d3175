import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../app/contract/errors.ts';
import { messageFor } from '../../app/contract/messages/en.ts';
import { describePicture } from '../azure-emulator/describe-picture.ts';
import type { Fault, FaultName } from '../azure-emulator/faults.ts';
import { isSamePicture } from '../azure-emulator/fingerprint.ts';
import { azureSettings, makePhotos, photoOf, readLedger, useBench, type Bench } from '../helpers/engine.ts';

/**
 * Every way in which AZURE §3 and §4 say that a request can end, and what becomes of it: of the photo, of the queue, in
 * the ledger, and in the sentence for people. Two photos, one request at a time; the first request meets the fault.
 */

/** Requests by booking: `exact` as the service reported, `estimate` listed, `free` not charged. */
type Bookings = Readonly<Record<string, number>>;

async function useTwoPhotos(
  options: { readonly requestTimeoutMs?: number } = {},
): Promise<Bench & { engine: Awaited<ReturnType<Bench['openWith']>> }> {
  const bench = await useBench();
  const engine = await bench.openWith(2, azureSettings(bench.emulator, { concurrency: 1 }), options);
  return { ...bench, engine };
}

function bookingsOf(library: string): Bookings {
  const bookings: Record<string, number> = {};
  for (const { booking } of readLedger(library)) bookings[booking] = (bookings[booking] ?? 0) + 1;
  return bookings;
}

describe('described all the same', () => {
  test.each<[FaultName, Bookings, rests: string[]]>([
    // 429: nobody's failed attempt, and free. The lane rests as long as the service asks.
    ['rate-limited-ms', { exact: 2, free: 1 }, ['rate-limit']],
    ['rate-limited-seconds', { exact: 2, free: 1 }, ['rate-limit']],
    ['rate-limited-date', { exact: 2, free: 1 }, ['rate-limit']],
    ['rate-limited-bare', { exact: 2, free: 1 }, ['rate-limit']],
    ['rate-limited-text', { exact: 2, free: 1 }, ['rate-limit']],
    ['rate-limited-calls', { exact: 2, free: 1 }, ['rate-limit']],
    ['rate-limited-capacity', { exact: 2, free: 1 }, ['rate-limit']],
    // Tried again after a back-off, by itself. 408 is charged, the 5xx are not.
    ['timeout', { exact: 2, estimate: 1 }, []],
    ['server-error', { exact: 2, free: 1 }, []],
    ['bad-gateway-html', { exact: 2, free: 1 }, []],
    ['unavailable', { exact: 2, free: 1 }, []],
    ['gateway-timeout', { exact: 2, free: 1 }, []],
    // Sent, and no whole answer: perhaps charged, so booked at its upper estimate and listed.
    ['cut-before-headers', { exact: 2, estimate: 1 }, []],
    ['cut-body', { exact: 2, estimate: 1 }, []],
    ['stalled-body', { exact: 2, estimate: 1 }, []],
    ['empty-body', { exact: 2, estimate: 1 }, []],
    ['html-200', { exact: 2, estimate: 1 }, []],
    // Cut off by its limit: asked for once more with a larger one.
    ['truncated', { exact: 3 }, []],
    ['finish-details-max-tokens', { exact: 3 }, []],
    // A refused parameter is left out the next time; the refusal is free.
    ['unsupported-parameter', { exact: 2, free: 1 }, []],
    // Odd, and good.
    ['content-filter-error', { exact: 2 }, []],
    ['finish-reason-object', { exact: 2 }, []],
    ['finish-details', { exact: 2 }, []],
    ['fenced-json', { exact: 2 }, []],
    ['slow', { exact: 2 }, []],
    ['missing-usage', { exact: 1, estimate: 1 }, []],
  ])('%s', async (name, bookings, rests) => {
    // Long enough for a good answer on a busy machine.
    const { engine, emulator, library } = await useTwoPhotos(
      name === 'stalled-body' ? { requestTimeoutMs: 1_500 } : {},
    );
    const seen = engine.watchRests();
    emulator.faults.next({ name, ...(name.startsWith('rate-limited') && { retryAfterMs: 30 }) });

    const run = await engine.describe();

    expect(run).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 0 }, failures: [] });
    expect(bookingsOf(library)).toEqual(bookings);
    expect(seen).toEqual(rests);
    expect(await engine.connectionNow()).toMatchObject({ state: 'ready', error: null });
    // To the token over what was reported; everything else is listed or free.
    const totals = emulator.totals();
    const usage = await engine.usage();
    expect(usage).toMatchObject({ inputTokens: totals.promptTokens, outputTokens: totals.completionTokens });
    expect(usage.unexplained).toHaveLength(bookings['estimate'] ?? 0);
    expect(totals.chargedWithoutUsage).toBeLessThanOrEqual(usage.unexplained.length);
  });
});

describe('final for this photo: kept, said, and no other photo suffers', () => {
  test.each<[Fault | FaultName, ErrorCode, message: RegExp, Bookings]>([
    [
      'content-filtered-prompt',
      'content-filtered',
      /content filter blocked it: sexual\/medium/,
      { exact: 1, estimate: 1 },
    ],
    [
      'content-filtered-completion',
      'content-filtered',
      /content filter blocked it: sexual\/medium/,
      { exact: 2 },
    ],
    ['refusal', 'refused', /declined to answer\. .*can't assist/, { exact: 2 }],
    ['empty-content', 'answer-empty', /empty answer/, { exact: 2 }],
    ['invalid-json', 'provider-bad-response', /could not be understood.*parsed again for free/, { exact: 2 }],
    [
      'context-length-exceeded',
      'provider-request-too-large',
      /too large for the service.*--max-image-tokens/,
      { exact: 1, free: 1 },
    ],
    ['payload-too-large', 'provider-request-too-large', /too large for the service/, { exact: 1, free: 1 }],
    [
      'image-broken-base64',
      'provider-image-refused',
      /did not accept the picture.*base64/,
      { exact: 1, free: 1 },
    ],
    ['image-invalid-data', 'provider-image-refused', /Invalid image data/, { exact: 1, free: 1 }],
    ['image-invalid', 'provider-image-refused', /Invalid image/, { exact: 1, free: 1 }],
    ['image-unsupported', 'provider-image-refused', /unsupported image/, { exact: 1, free: 1 }],
    ['image-broken', 'provider-image-refused', /unsupported image/, { exact: 1, free: 1 }],
    ['image-timeout', 'provider-image-refused', /Timeout while downloading/, { exact: 1, free: 1 }],
    ['image-domain', 'provider-image-refused', /is not allowed/, { exact: 1, free: 1 }],
  ])('%s', async (fault, code, message, bookings) => {
    const { engine, emulator, library } = await useTwoPhotos();
    emulator.faults.next(fault);

    const run = await engine.describe();

    expect(run).toMatchObject({
      state: 'finished',
      jobs: { finished: 1, failed: 1 },
      failures: [{ error: { code }, photos: 1 }],
    });
    expect(messageFor(run.failures[0]?.error ?? { code: 'internal' })).toMatch(message);
    expect(Object.values(await engine.report())).toEqual([`failed ${code}`]);
    expect(bookingsOf(library)).toEqual(bookings);
    expect(await engine.connectionNow()).toMatchObject({ state: 'ready' });

    // Never again by itself, and by hand it works.
    expect(await engine.isDone()).toBe(true);
    expect(await engine.engine.call('queue.retry', { runId: run.id })).toEqual({ photos: 1 });
    expect(await engine.settle(run.id)).toMatchObject({
      state: 'finished',
      jobs: { finished: 2, failed: 0 },
      failures: [],
    });
    expect(await engine.report()).toEqual({});
  });

  test.each<[FaultName, ErrorCode, requests: number, RegExp, Bookings]>([
    ['server-error', 'provider-unavailable', 5, /failed \(500\) again and again.*retry/i, { free: 5 }],
    ['bad-gateway-html', 'provider-unavailable', 5, /failed \(502\)/, { free: 5 }],
    ['unavailable', 'provider-unavailable', 5, /failed \(503\)/, { free: 5 }],
    ['gateway-timeout', 'provider-unavailable', 5, /failed \(504\)/, { free: 5 }],
    ['timeout', 'provider-unavailable', 5, /failed \(408\)/, { estimate: 5 }],
    ['cut-before-headers', 'provider-cut-off', 5, /broke in the middle.*charged/, { estimate: 5 }],
    ['cut-body', 'provider-cut-off', 5, /broke in the middle/, { estimate: 5 }],
    ['html-200', 'provider-bad-response', 5, /could not be understood. It is a web page/, { estimate: 5 }],
    ['empty-body', 'provider-bad-response', 5, /could not be understood. It is empty/, { estimate: 5 }],
    ['truncated', 'answer-truncated', 2, /longer than its limit, twice/, { exact: 2 }],
  ])(
    '%s again and again: given up in the end, kept, and retried by hand',
    async (name, code, requests, message, bookings) => {
      const bench = await useBench();
      const engine = await bench.openWith(1);
      const { emulator, library } = bench;
      emulator.faults.always(name);

      const run = await engine.describe();

      expect(run).toMatchObject({
        state: 'finished',
        jobs: { finished: 0, failed: 1 },
        failures: [{ error: { code } }],
      });
      expect(messageFor(run.failures[0]?.error ?? { code: 'internal' })).toMatch(message);
      expect(emulator.totals().requests).toBe(requests);
      expect(bookingsOf(library)).toEqual(bookings);

      emulator.faults.clear();
      await engine.engine.call('queue.retry', { code });
      expect(await engine.settle(run.id)).toMatchObject({
        state: 'finished',
        jobs: { finished: 1, failed: 0 },
      });
    },
  );
});

describe('wrong for every photo: the queue waits for a person', () => {
  test.each<[FaultName, ErrorCode, RegExp]>([
    ['unauthorized', 'provider-unauthorized', /key was refused/],
    ['forbidden-network', 'provider-forbidden', /Virtual Network/],
    ['forbidden-role', 'provider-forbidden', /lacks the required data action/],
    ['forbidden-abuse', 'provider-forbidden', /temporarily blocked/],
    ['deployment-not-found', 'provider-deployment-not-found', /“gpt-41” does not exist/],
    ['resource-not-found', 'provider-not-found', /does not know this address/],
    ['headers-too-large', 'provider-misconfigured', /headers are too large/],
    ['no-vision', 'provider-no-vision', /cannot see pictures/],
  ])('%s', async (name, code, message) => {
    const { engine, emulator, library, reopen } = await useTwoPhotos();
    emulator.faults.always(name);

    const held = await engine.describe();

    expect(held).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 }, failures: [] });
    expect(await engine.pause()).toMatchObject({ pausedBy: 'blocked', untilMs: null, error: { code } });
    const { state, error } = await engine.connectionNow();
    expect(state).toBe('blocked');
    expect(messageFor(error ?? { code: 'internal' })).toMatch(message);

    // Also after a restart: nothing is sent before somebody acts.
    await engine.close();
    expect(bookingsOf(library)).toEqual({ free: 1 });
    const again = reopen(engine.connection);
    expect(await again.pause()).toMatchObject({ pausedBy: 'blocked' });
    emulator.faults.clear();
    await again.connect(azureSettings(emulator));
    expect(await again.settle(held.id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
    expect(await again.connectionNow()).toMatchObject({ state: 'ready', error: null });
  });
});

describe('rests', () => {
  test('a rate limit is nobody’s failed attempt, however often it is met', async () => {
    const { engine, emulator } = await useTwoPhotos();
    emulator.faults.next(
      ...Array.from({ length: 9 }, () => ({ name: 'rate-limited-ms', retryAfterMs: 2 }) as const),
    );
    expect(await engine.describe()).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 0 } });
    expect(emulator.totals()).toMatchObject({ requests: 11, free: 9 });
  });

  test('a wait of a day rests the queue for a day, visibly, also over a restart', async () => {
    const { engine, emulator, library, reopen } = await useTwoPhotos();
    emulator.faults.next('rate-limited-day');
    const nowMs = Date.now();

    const held = await engine.describe();

    expect(held).toMatchObject({ state: 'running', failures: [] });
    const pause = await engine.pause();
    expect(pause).toMatchObject({ pausedBy: 'rate-limit', error: { code: 'provider-rate-limited' } });
    expect((pause?.untilMs ?? 0) - nowMs).toBeGreaterThan(86_000_000);
    expect(messageFor(pause?.error ?? { code: 'internal' })).toMatch(/asked to wait 86400 s/);
    await engine.close();
    const again = reopen(engine.connection);
    expect(await again.pause()).toEqual(pause);
    expect(readLedger(library)).toHaveLength(1);

    // Somebody who knows better goes on at once.
    await again.engine.call('queue.resume', {});
    expect(await again.settle(held.id)).toMatchObject({ state: 'finished', jobs: { finished: 2 } });
  });

  test('while the queue rests, nothing more goes out', async () => {
    const bench = await useBench({ latencyMs: 5 });
    const engine = await bench.openWith(30, azureSettings(bench.emulator, { concurrency: 2 }));
    bench.emulator.faults.next('rate-limited-day');
    await engine.describe();
    await engine.close();
    // The refused one, and at most the one that was in flight beside it.
    expect(bench.emulator.totals().requests).toBeLessThanOrEqual(2);
  });

  test.each(['unavailable', 'cut-before-headers', 'html-200'] as const)(
    'while the service is down (%s) the queue rests, and only the photo that it never answers is given up',
    async (name) => {
      const bench = await useBench();
      const engine = await bench.openWith(40);
      const { fingerprint } = await describePicture(await photoOf(1));
      const never: Fault = {
        name: 'server-error',
        when: ({ pictures: [picture] }) =>
          picture !== undefined && isSamePicture(picture.fingerprint, fingerprint),
      };
      bench.emulator.faults.always(never, name);
      const run = await engine.begin();
      // Without a rest, so many refusals and soon 200 would be the end of all 40 photos.
      await bench.emulator.waitForRequests(14);
      expect((await engine.run(run.id)).jobs.failed).toBe(0);
      bench.emulator.faults.always(never);

      expect(await engine.settle(run.id)).toMatchObject({
        state: 'finished',
        jobs: { finished: 39, failed: 1 },
      });
      expect(await engine.report()).toEqual({ 'photo-001.jpg': 'failed provider-unavailable' });
      expect(await engine.connectionNow()).toMatchObject({ state: 'ready', error: null });
      expect(bench.emulator.totals().requests).toBeLessThan(40 + 40);
    },
  );

  test('without a network everything waits, counts nothing, and goes on by itself', async () => {
    const { engine, emulator, library } = await useTwoPhotos();
    await emulator.goOffline();
    const run = await engine.begin();
    await engine.waitFor('connection.changed', async () =>
      (await engine.connectionNow()).state === 'offline' ? [1] : [],
    );
    const { error } = await engine.connectionNow();
    expect(error).toMatchObject({ code: 'provider-unreachable' });
    expect(messageFor(error ?? { code: 'internal' })).toMatch(/cannot be reached \(127\.0\.0\.1:\d+\)/);
    // Long enough for more tries than a photo has attempts.
    for (let tries = 0; tries < 6; tries += 1) {
      await engine.waitFor('queue.changed', async () => ((await engine.pause()) === undefined ? [1] : []));
      await engine.waitFor('queue.changed', async () => ((await engine.pause()) === undefined ? [] : [1]));
    }
    expect(readLedger(library)).toEqual([]);

    await emulator.goOnline();
    expect(await engine.settle(run.id)).toMatchObject({
      state: 'finished',
      jobs: { finished: 2, failed: 0 },
    });
    expect(await engine.connectionNow()).toMatchObject({ state: 'ready', error: null });
    expect(readLedger(library)).toHaveLength(2);
  });
});

test.each(['temperature', 'max_tokens'])(
  'a refused parameter (%s) is refused once, and never sent again, also after a restart',
  async (parameter) => {
    const { engine, emulator, photos, open } = await useTwoPhotos();
    emulator.faults.next({ name: 'unsupported-parameter', parameter });
    await engine.describe();
    const bodies = (): object[] => emulator.requests.map(({ body }) => body as object); // why: all requests of this test have one
    expect(bodies().map((body) => parameter in body)).toEqual([true, false, false]);
    await engine.close();

    const again = await open();
    await makePhotos(photos, 1, 50);
    await again.scan();
    await again.describe();
    expect(bodies().map((body) => parameter in body)).toEqual([true, false, false, false]);
  },
);

test('a deployment that is none for pictures is told from a bad photo, and another one goes on', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(3, {
    ...azureSettings(bench.emulator, { deployment: 'gpt-35-text' }),
    modelId: undefined,
  });
  const run = await engine.describe();
  expect(run).toMatchObject({ state: 'running', jobs: { failed: 0 } });
  expect(await engine.pause()).toMatchObject({ pausedBy: 'blocked', error: { code: 'provider-no-vision' } });
  await engine.connect(azureSettings(bench.emulator));
  expect(await engine.describe()).toMatchObject({ state: 'finished', jobs: { finished: 3 } });
});

test.each<[string, Partial<Parameters<typeof azureSettings>[1] & object>, ErrorCode]>([
  ['its model is known to see nothing', { modelId: 'gpt-35-turbo-0125' }, 'provider-no-vision'],
  [
    'nothing better is known than its name',
    { deployment: 'gpt-3.5-turbo', modelId: undefined },
    'provider-no-vision',
  ],
])('a text model gets no picture where %s', async (_, more, code) => {
  const bench = await useBench();
  const engine = await bench.openWith(5, azureSettings(bench.emulator, more));
  expect(await engine.describe()).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 } });
  const { state, error } = await engine.connectionNow();
  expect({ state, code: error?.code }).toEqual({ state: 'blocked', code });
  expect(messageFor(error ?? { code: 'internal' })).toMatch(/^gpt-3\S+ cannot see pictures\. Choose/);
  expect(bench.emulator.totals().requests).toBe(0);
  // Somebody who knows better says so, and it goes on.
  await engine.connect(azureSettings(bench.emulator));
  expect(await engine.describe()).toMatchObject({ state: 'finished', jobs: { finished: 5 } });
});

test.each(['no-vision', 'deployment-not-found', 'unauthorized'] as const)(
  'what a deployment tells every photo (%s) is told to one, where it has never answered',
  async (name) => {
    const bench = await useBench({ latencyMs: 20 });
    const engine = await bench.openWith(12, azureSettings(bench.emulator, { concurrency: 4 }));
    bench.emulator.faults.always(name);
    await engine.describe();
    expect(bench.emulator.totals().requests).toBe(1);
  },
);

test('a key that is missing is said before anything is sent', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(2, azureSettings(bench.emulator), { credentialOf: () => undefined });
  await engine.describe();
  const { state, error } = await engine.connectionNow();
  expect({ state, code: error?.code }).toEqual({ state: 'blocked', code: 'provider-misconfigured' });
  expect(messageFor(error ?? { code: 'internal' })).toMatch(/AZURE_OPENAI_API_KEY/);
  // The other photo's request may just be taken back.
  await engine.close();
  expect(readLedger(bench.library)).toEqual([]);
  expect(bench.emulator.totals().requests).toBe(0);
});

test('a person who stops waiting for a stalled answer has it booked, and the photo is asked for again', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(1);
  bench.emulator.faults.next('stalled-body');
  await engine.begin();
  await bench.emulator.waitForRequests(1);
  await engine.close({ abort: true });
  expect(readLedger(bench.library)).toMatchObject([
    { state: 'unanswered', booking: 'estimate', error: 'canceled' },
  ]);
  const again = await bench.open();
  expect(await again.describe()).toMatchObject({ state: 'finished', jobs: { finished: 1, failed: 0 } });
});
