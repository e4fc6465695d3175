import { join } from 'node:path';
import { expect, test } from 'vitest';
import { askedOftenMs, batchSettings, describeInBatches } from '../helpers/batches.ts';
import { chargesOf } from '../helpers/charges.ts';
import { startChild } from '../helpers/child.ts';
import type { DescribingEngine } from '../helpers/describing-engine.ts';
import { makePhotos, readLedger, useBench } from '../helpers/engine.ts';

/** A day is over in a moment. */
const fast = { batches: { pollAfterMs: askedOftenMs, clockSpeed: 20_000 } };

test.each<[moment: string, diesBefore: string, occurrence?: number]>([
  ['before a line is in the ledger', 'INSERT INTO request (', 2],
  ['before a line is counted', 'UPDATE batch SET size_bytes', 2],
  ['before its job waits for the service', 'UPDATE job SET state = @state', 2],
  ['before the batch is closed', 'UPDATE batch SET state = @state WHERE', 1],
  ['before its file is on the way', 'UPDATE batch SET state = @state WHERE', 2],
  ['between the upload and its note', 'remote_file_id = @remoteFileId'],
  ['between the creation and its note', 'remote_id = @remoteId'],
  ['before it is known that it has ended', 'output_file_id = @outputFileId'],
  ['while its answers are stored', 'raw_answer = @rawAnswer', 2],
  ['between an answer and its description', 'INSERT INTO description', 2],
  ['before its files are cleared away', "UPDATE batch SET state = 'done'"],
])('killed %s, every photo is described, and paid once', async (_, diesBefore, occurrence = 1) => {
  const bench = await useBench(fast);
  const paths = await makePhotos(bench.photos, 3);
  const { library, photos, emulator } = bench;
  const script: DescribingEngine = {
    library,
    photos,
    emulator: { endpoint: emulator.endpoint, key: emulator.key },
    concurrency: 2,
    isBatch: true,
    diesBefore,
    occurrence,
  };
  const child = startChild(join(import.meta.dirname, '../helpers/describing-engine.ts'), [
    JSON.stringify(script),
  ]);
  expect(await child.gone).toBeNull();

  const engine = await bench.open(batchSettings(emulator));
  await engine.scan();
  await describeInBatches(engine);
  await engine.waitFor('run.changed', () => Promise.resolve(emulator.batches.files.length === 0 ? [1] : []));

  const [run] = await engine.engine.call('run.list', {});
  expect(run?.failures).toEqual([]);
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 3, failed: 0, ready: 0 } });
  expect([...(await chargesOf(paths, emulator)).values()]).toEqual([1, 1, 1]);
  expect(readLedger(library).map(({ state, booking }) => `${state} ${booking}`)).toEqual(
    paths.map(() => 'answered exact'),
  );
  expect(emulator.batches.all.filter(({ lines }) => lines.length > 0)).toHaveLength(1);
});
