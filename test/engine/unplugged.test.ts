import { rename, rm } from 'node:fs/promises';
import { onTestFinished, test, expect } from 'vitest';
import { openForReading } from '../../app/db/open.ts';
import { azureSettings, credentialFor, EveryLaneEngine, makePhotos, useBench } from '../helpers/engine.ts';

/** What nobody asked for by name is done as well when the drive is back: thumbnails, and what ExifTool knows. */

function countDone(library: string): { readonly thumbnails: number; readonly thorough: number } {
  const opened = openForReading(library);
  try {
    return (
      opened?.db.get(
        "SELECT sum(has_thumbnail) AS thumbnails, sum(facts_by = 'exiftool') AS thorough FROM asset",
      ) ?? { thumbnails: 0, thorough: 0 }
    );
  } finally {
    opened?.close();
  }
}

test('a drive that is unplugged before its thumbnails and facts are made has them made when it is back', async () => {
  const bench = await useBench();
  await makePhotos(bench.photos, 12);
  const reading = await bench.open({ kind: 'built-in' });
  await reading.scan(bench.photos);
  await reading.close();
  const elsewhere = `${bench.photos}-unplugged`;
  await rename(bench.photos, elsewhere);
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));

  const engine = new EveryLaneEngine({
    libraryFolder: bench.library,
    credentialOf: credentialFor(bench.emulator),
  });
  onTestFinished(() => engine.close({ abort: true }));
  await engine.connect(azureSettings(bench.emulator));
  engine.start();
  await engine.whenAllIdle();
  expect(countDone(bench.library)).toEqual({ thumbnails: 0, thorough: 0 });
  expect((await engine.engine.call('queue.list', {})).jobs).toMatchObject({ ready: 0, failed: 0 });
  const [root] = await engine.engine.call('root.list', {});
  expect(root).toMatchObject({ state: 'offline' });

  await rename(elsewhere, bench.photos);
  await engine.scan();
  await engine.whenAllIdle();
  expect(countDone(bench.library)).toEqual({ thumbnails: 12, thorough: 12 });
});

test('pages of a report go through what its first page found', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(3);
  const report = (after?: number) =>
    engine.engine.call('description.report', {
      connectionId: engine.connection.id,
      query: '-is:excluded',
      limit: 1,
      ...(after === undefined ? {} : { after }),
    });
  const first = await report();
  const third = await engine.show(`${bench.photos}/photo-003.jpg`);
  await engine.engine.call('asset.exclude', { photos: { assetIds: [third.id] }, isExcluded: true });
  const second = await report(first.nextCursor ?? undefined);
  const last = await report(second.nextCursor ?? undefined);
  expect(last.files).toMatchObject([{ id: third.id, outcome: 'skipped', error: { code: 'excluded' } }]);
  expect((await report()).files).toMatchObject([{ id: first.files[0]?.id }]);
});
