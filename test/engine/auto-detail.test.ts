import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { libraryFiles } from '../../app/db/open.ts';
import { azureSettings, useBench, writeOld } from '../helpers/engine.ts';
import { drawBackdrop, drawSign } from '../helpers/text-photos.ts';

test('auto shows a photo without text at low and one with text at high, and the plan says what it does not know yet', async () => {
  const bench = await useBench();
  const sign = await drawSign('a sign', { seed: 3, letterPx: 18, lines: 5 });
  await writeOld(join(bench.photos, 'plain.jpg'), await drawBackdrop(1));
  await writeOld(join(bench.photos, 'sign.jpg'), sign.bytes);
  const engine = await bench.open();
  await engine.scan(bench.photos);

  const before = await engine.plan({ detail: 'auto' });
  const most = await engine.plan({ detail: 'high' });
  expect(before).toMatchObject({ photos: 2, unmeasured: 2, imageTokens: most.imageTokens });
  expect(most.unmeasured).toBeUndefined();

  const run = await engine.describe({ options: { detail: 'auto' } });

  expect(run.jobs.finished).toBe(2);
  const sent = bench.emulator.requests.flatMap(({ pictures }) => pictures);
  expect(sent.map(({ detail, widthPx, heightPx }) => ({ detail, widthPx, heightPx }))).toEqual(
    expect.arrayContaining([
      { detail: 'low', widthPx: 512, heightPx: 384 },
      { detail: 'high', widthPx: 960, heightPx: 720 },
    ]),
  );
  // Booked as it was sent, and planned as it was booked from now on.
  await engine.connect(azureSettings(bench.emulator, { deployment: 'gpt-4o-mini', modelId: 'gpt-4o-mini' }));
  const after = await engine.plan({ detail: 'auto' });
  expect(after).toMatchObject({ photos: 2, imageTokens: 2833 + 25_501 });
  expect(after.unmeasured).toBeUndefined();
});

test('auto sends a sign with large letters in two tiles; one that an older release looked at goes out as large as then', async () => {
  const bench = await useBench();
  const sign = await drawSign('a sign', { seed: 1, letterPx: 48 });
  await writeOld(join(bench.photos, 'sign.jpg'), sign.bytes);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describe({ options: { detail: 'auto' } });

  expect(bench.emulator.requests.flatMap(({ pictures }) => pictures)).toMatchObject([
    { detail: 'high', widthPx: 683, heightPx: 512, imageTokens: 85 + 2 * 170 },
  ]);
  const anew = { detail: 'auto', again: 'all' } as const;
  expect(await engine.plan(anew)).toMatchObject({ photos: 1, imageTokens: 85 + 2 * 170 });
  await engine.close();

  const db = new Database(join(bench.library, libraryFiles.database));
  db.exec('UPDATE asset SET finest_text = NULL');
  db.close();
  expect(await (await bench.open()).plan(anew)).toMatchObject({ photos: 1, imageTokens: 85 + 4 * 170 });
});

test('another picture in the same file is measured again', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'photo.jpg');
  await writeOld(path, await drawBackdrop(1));
  const engine = await bench.open();
  await engine.scan(bench.photos);
  await engine.describe({ options: { detail: 'auto' } });
  const sign = await drawSign('a sign', { seed: 3, letterPx: 18, lines: 5 });
  await writeOld(path, sign.bytes);
  await engine.scan();
  expect(await engine.plan({ detail: 'auto' })).toMatchObject({ photos: 1, unmeasured: 1 });
  await engine.describe({ options: { detail: 'auto' } });
  expect(bench.emulator.requests.map(({ pictures }) => pictures[0]?.detail)).toEqual(['low', 'high']);
});
