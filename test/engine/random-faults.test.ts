import { expect, test } from 'vitest';
import { azureSettings, readLedger, useBench } from '../helpers/engine.ts';

test.each([1])(
  '200 photos in bad weather all end described, and the ledger is the service’s own count (seed %i)',
  async (seed) => {
    const bench = await useBench();
    const { emulator, library } = bench;
    const engine = await bench.openWith(200, azureSettings(emulator), { retryBaseMs: 2 });
    emulator.faults.random({
      seed,
      rates: {
        'rate-limited-ms': 0.05,
        'rate-limited-bare': 0.02,
        'server-error': 0.05,
        unavailable: 0.02,
        timeout: 0.02,
        'cut-before-headers': 0.03,
        'cut-body': 0.03,
        'missing-usage': 0.02,
        truncated: 0.02,
        slow: 0.05,
      },
      options: { retryAfterMs: 3, delayMs: 20 },
    });

    const run = await engine.describe();
    // Bad luck five times in a row is given up and retried by hand, as a person would.
    if (run.jobs.failed > 0) {
      await engine.engine.call('queue.retry', {});
      await engine.settle(run.id);
    }

    expect(await engine.run(run.id)).toMatchObject({
      state: 'finished',
      jobs: { finished: 200, failed: 0, ready: 0 },
      failures: [],
    });
    const totals = emulator.totals();
    expect(totals.free).toBeGreaterThan(10);
    const usage = await engine.usage();
    expect(usage).toMatchObject({
      requests: totals.requests,
      inputTokens: totals.promptTokens,
      outputTokens: totals.completionTokens,
    });
    const ledger = readLedger(library);
    const count = (booking: string): number => ledger.filter((row) => row.booking === booking).length;
    expect({ exact: count('exact'), estimate: count('estimate'), free: count('free') }).toEqual({
      exact: totals.answered,
      estimate: totals.chargedWithoutUsage,
      free: totals.free,
    });
    expect(usage.unexplained).toHaveLength(totals.chargedWithoutUsage);
  },
  120_000,
);
