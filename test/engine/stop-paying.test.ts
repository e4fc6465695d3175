import { expect, test } from 'vitest';
import { makePhotos, readLedger, useBench } from '../helpers/engine.ts';

test('canceling a run closes its connections to the service, and books what they may have cost', async () => {
  const bench = await useBench();
  await makePhotos(bench.photos, 3);
  const engine = await bench.open();
  engine.knowToAnswer();
  await engine.scan(bench.photos);
  const never = Promise.withResolvers<undefined>();
  bench.emulator.faults.always({ name: 'slow', until: never.promise });
  const { id } = await engine.begin();
  // The service has each of them whole.
  await expect
    .poll(() => bench.emulator.requests.filter(({ fault }) => fault === 'slow'), { timeout: 10_000 })
    .toHaveLength(3);
  await engine.engine.call('run.cancel', { id });

  await expect
    .poll(() => bench.emulator.requests.map(({ outcome }) => outcome))
    .toEqual(['reader-gone', 'reader-gone', 'reader-gone']);
  expect(readLedger(bench.library)).toMatchObject([
    { state: 'unanswered', booking: 'estimate' },
    { state: 'unanswered', booking: 'estimate' },
    { state: 'unanswered', booking: 'estimate' },
  ]);
  expect((await engine.usage()).unexplained).toHaveLength(3);
});

test('stopping an answer that streams closes the connection while the model still writes', async () => {
  const bench = await useBench();
  const [path = ''] = await makePhotos(bench.photos, 1);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const { id: assetId } = await engine.show(path);
  bench.emulator.faults.always({ name: 'slow-stream', delayMs: 200 });
  const stop = new AbortController();
  const asked = engine.engine.call(
    'thread.ask',
    { connectionId: engine.connection.id, assetIds: [assetId], question: 'What is this?' },
    {
      signal: stop.signal,
      onPart: (part) => {
        if ('text' in part) stop.abort();
      },
    },
  );
  await expect(
    asked.then(
      (answer) => answer.isPartial,
      () => true,
    ),
  ).resolves.toBe(true);
  await expect.poll(() => bench.emulator.requests.map(({ outcome }) => outcome)).toEqual(['reader-gone']);
});
