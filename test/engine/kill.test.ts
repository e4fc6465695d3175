import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chargesOf } from '../helpers/charges.ts';
import { makeBurst } from '../helpers/bursts.ts';
import { startChild, type Child } from '../helpers/child.ts';
import type { DescribingEngine } from '../helpers/describing-engine.ts';
import { createRandom } from '../helpers/random.ts';
import {
  azureSettings,
  makePhotos,
  readLedger,
  useBench,
  type Bench,
  type LedgerRow,
} from '../helpers/engine.ts';

function startEngine(bench: Bench, more: Partial<DescribingEngine> = {}): Child {
  const { library, photos, emulator } = bench;
  const script: DescribingEngine = {
    library,
    photos,
    emulator: { endpoint: emulator.endpoint, key: emulator.key },
    concurrency: 4,
    ...more,
  };
  return startChild(join(import.meta.dirname, '../helpers/describing-engine.ts'), [JSON.stringify(script)]);
}

/** Resolves once the child prints the line, or is gone. */
async function heard(child: Child, line: string): Promise<boolean> {
  for await (const printed of child.lines) if (printed === line) return true;
  return false;
}

test.each([7])(
  'killed again and again at any moment, every photo is described, and nothing whose answer was stored is paid twice (seed %i)',
  async (seed) => {
    const bench = await useBench({ latencyMs: 4 });
    const paths = await makePhotos(bench.photos, 60);
    const random = createRandom(seed);
    let kills = 0;
    for (let life = 0; life < 12; life += 1) {
      const before = bench.emulator.totals().requests;
      const child = startEngine(bench);
      const requests = Math.floor(random() * 9);
      const isEarly = requests === 0;
      await Promise.race([
        isEarly ? heard(child, 'open') : bench.emulator.waitForRequests(before + requests),
        heard(child, 'described'),
      ]);
      await child.kill();
      kills += 1;
    }
    expect(kills).toBe(12);

    const engine = await bench.open();
    await engine.scan();
    await engine.describeRest();

    const runs = await engine.engine.call('run.list', {});
    expect(runs).toMatchObject([
      { state: 'finished', jobs: { finished: 60, ready: 0, running: 0, failed: 0 }, failures: [] },
    ]);
    expect(await engine.report()).toEqual({});
    const ledger = readLedger(bench.library);
    expect(ledger.filter(({ state }) => state === 'sent')).toEqual([]);
    const lost = ledger.filter(({ booking }) => booking === 'estimate');
    expect(lost.length).toBeGreaterThan(0);
    expect((await engine.usage()).unexplained).toHaveLength(lost.length);
    for (const [path, charged] of await chargesOf(paths, bench.emulator)) {
      const rows = ledger.filter((row) => join(bench.photos, row.relativePath) === path);
      const bookings = (kind: string): number => rows.filter(({ booking }) => booking === kind).length;
      expect({ path, exact: bookings('exact') }).toEqual({ path, exact: 1 });
      expect(charged).toBeLessThanOrEqual(1 + bookings('estimate'));
    }
  },
  // A dozen processes, on a machine that does other things too.
  600_000,
);

const answered = { state: 'answered', booking: 'exact', error: null };
const lost = { state: 'unanswered', booking: 'estimate', error: 'answer-lost' };

test.each<[moment: string, diesBefore: string, Partial<LedgerRow>[], requests: number]>([
  ['before the request is in the ledger', 'INSERT INTO request_asset', [answered], 1],
  ['between answer and storing it', 'raw_answer = @rawAnswer', [lost, answered], 2],
  ['between storing the answer and its description', 'INSERT INTO description', [answered], 1],
  ['before the job is ended', "UPDATE job SET state = 'finished'", [answered], 1],
  ['between the last photo and the end of the run', 'UPDATE run SET state', [answered], 1],
])('killed %s', async (_, diesBefore, ledger, requests) => {
  const bench = await useBench();
  const [path = ''] = await makePhotos(bench.photos, 1);
  expect(await heard(startEngine(bench, { diesBefore }), 'described')).toBe(false);

  const engine = await bench.open();
  await engine.scan();
  await engine.describeRest();

  expect(await engine.captionOf(path)).toMatch(/reads “/);
  expect(readLedger(bench.library)).toMatchObject(ledger);
  expect(bench.emulator.totals().requests).toBe(requests);
  expect((await engine.engine.call('run.list', {})).map(({ state }) => state)).toEqual(['finished']);
});

test('a refusal that was stored and not read yet is not taken for a caption afterwards', async () => {
  const bench = await useBench();
  const [path = ''] = await makePhotos(bench.photos, 1);
  bench.emulator.faults.next('refusal');
  await heard(startEngine(bench, { diesBefore: 'UPDATE job SET state = @state' }), 'described');
  const engine = await bench.open();
  await engine.scan();
  await engine.describe();
  expect((await engine.show(path)).description).toBeNull();
  expect(await engine.report()).toEqual({ 'photo-001.jpg': 'failed refused' });
  expect(bench.emulator.totals().requests).toBe(1);
});

test('photos that were being decoded when the engine was killed are nobody’s failed attempt', async () => {
  const bench = await useBench();
  await makePhotos(bench.photos, 3);
  for (let life = 0; life < 2; life += 1) {
    const child = startEngine(bench, { diesBefore: 'INSERT INTO request (', concurrency: 3 });
    expect(await heard(child, 'described')).toBe(false);
  }
  const engine = await bench.open(azureSettings(bench.emulator));
  await engine.scan();
  expect(await engine.describe()).toMatchObject({ state: 'finished', jobs: { finished: 3, failed: 0 } });
  expect(bench.emulator.totals().requests).toBe(3);
});

test.each<[moment: string, diesBefore: string, occurrence: number, Partial<LedgerRow>[], requests: number]>([
  ['before the request is in the ledger', 'INSERT INTO request_asset', 3, [answered], 1],
  ['between the answer and storing it', 'raw_answer = @rawAnswer', 1, [lost, answered], 2],
  ['between storing the answer and the first description', 'INSERT INTO description', 1, [answered], 1],
  ['between two of its descriptions', 'INSERT INTO description', 3, [answered], 1],
  ['before the end of its second job', "UPDATE job SET state = 'finished'", 2, [answered], 1],
])('killed with a burst in one request %s', async (_, diesBefore, occurrence, ledger, requests) => {
  const bench = await useBench();
  const paths = await makeBurst(bench.photos, 5);
  const options = { bursts: 'together' } as const;
  expect(await heard(startEngine(bench, { diesBefore, occurrence, options }), 'described')).toBe(false);

  const engine = await bench.open();
  await engine.scan();
  await engine.describeRest(options);

  const captions = await Promise.all(paths.map((path) => engine.captionOf(path)));
  expect(captions.filter((caption) => caption?.includes('reads “') !== true)).toEqual([]);
  expect(new Set(captions).size).toBe(5);
  expect(readLedger(bench.library)).toMatchObject(ledger);
  expect(bench.emulator.requests.map(({ pictures }) => pictures.length)).toEqual(Array(requests).fill(5));
  expect(await engine.report()).toEqual({});
});
