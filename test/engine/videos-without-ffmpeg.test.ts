import { chmod, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { libraryFiles } from '../../app/db/open.ts';
import { aviBytes } from '../helpers/avi-bytes.ts';
import { askOf } from '../helpers/asking.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import {
  credentialFor,
  EveryLaneEngine,
  photoOf,
  useBench,
  writeOld,
  type Bench,
  type TestEngine,
} from '../helpers/engine.ts';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { videoBytes } from '../helpers/videos.ts';

/** Nobody has installed anything. */
async function openWithout(bench: Bench): Promise<TestEngine> {
  const engine = await bench.open();
  await engine.engine.call('setting.set', { ffmpegPath: join(bench.photos, 'no-such-ffmpeg') });
  return engine;
}

function everyLane(bench: Bench): EveryLaneEngine {
  const engine = new EveryLaneEngine({
    libraryFolder: bench.library,
    credentialOf: credentialFor(bench.emulator),
  });
  onTestFinished(() => engine.close({ abort: true }));
  return engine;
}

it.skipIf(!hasFfmpeg)(
  'a plan leaves out what nobody here can look into, and says so once; with ffmpeg it is counted, and described',
  async () => {
    const bench = await useBench();
    await writeOld(join(bench.photos, 'Beach.mp4'), videoBytes('usual.mp4'));
    await writeOld(join(bench.photos, 'Lake.mp4'), videoBytes('usual.mp4', { keyFrameEvery: 24 }));
    await writeOld(join(bench.photos, 'photo.jpg'), await photoOf(1));
    const engine = await openWithout(bench);
    await engine.scan(bench.photos);
    expect(await engine.plan()).toMatchObject({ photos: 1, requests: 1 });
    await engine.describe();
    expect(bench.emulator.requests).toHaveLength(1);
    const skipped = 'skipped no-video-decoder';
    expect(await engine.report()).toEqual({ 'Beach.mp4': skipped, 'Lake.mp4': skipped });
    expect((await engine.engine.call('queue.list', {})).failures).toEqual([]);
    const reasons = await engine.engine.call('description.summarize', { connectionId: engine.connection.id });
    expect(reasons.map(({ files, error }) => [files, error?.code])).toEqual([[2, 'no-video-decoder']]);

    await engine.engine.call('setting.set', { ffmpegPath: null });
    expect(await engine.plan()).toMatchObject({ photos: 2, requests: 2 });
    await engine.describe();
    expect(await engine.report()).toEqual({});
  },
);

it('the movies of old cameras are described and asked about without anything that must be installed', async () => {
  const bench = await useBench();
  const path = join(bench.photos, '100_0306.AVI');
  const [first, second] = await Promise.all([photoOf(1), photoOf(2)]);
  const frames = Array.from({ length: 48 }, (_, index) => (index < 24 ? first : second));
  await writeOld(path, aviBytes({ frames, widthPx: 600, heightPx: 400 }));
  const engine = await openWithout(bench);
  await engine.scan(bench.photos);
  await engine.describe({ options: { detail: 'auto' } });
  const shown = await engine.show(path);
  expect(shown).toMatchObject({ state: 'ready', video: { codec: 'mjpeg', framesError: null } });
  expect(shown.description?.moments).toHaveLength(2);
  await askOf(engine, { assetIds: [shown.id], question: 'What happens?' });
  expect(bench.emulator.requests.at(-1)?.pictures).toHaveLength(2);
});

it('those that an older Cutline could not look into get their pictures by themselves', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'film.avi');
  await writeOld(path, aviBytes({ frames: [await photoOf(1)], widthPx: 600, heightPx: 400 }));
  const before = await openWithout(bench);
  await before.scan(bench.photos);
  const { id } = await before.show(path);
  await before.close();
  const db = new Database(join(bench.library, libraryFiles.database));
  db.prepare(
    `UPDATE video SET frames_error = '{"code":"no-video-decoder","details":{"reason":"not-found"}}'`,
  ).run();
  db.prepare('UPDATE asset SET has_thumbnail = 0').run();
  db.close();

  const engine = everyLane(bench);
  await engine.scan();
  await engine.whenAllIdle();
  expect((await engine.show(path)).video?.framesError).toBeNull();
  expect(
    (await engine.engine.call('rendition.want', { rendition: 'thumbnail', assetIds: [id] })).made,
  ).toEqual([id]);
});

it.skipIf(!hasFfmpeg)(
  'a video whose drive was unplugged before anybody looked into it is not called broken',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'Beach.mp4');
    await writeOld(path, videoBytes('usual.mp4'));
    const before = await bench.open();
    await before.scan(bench.photos);
    await before.close();
    await rename(bench.photos, `${bench.photos}-unplugged`);

    const away = everyLane(bench);
    away.start();
    await away.whenAllIdle();
    const shown = await away.show(path);
    expect(shown.video?.framesError).toBeNull();
    await away.close();

    await rename(`${bench.photos}-unplugged`, bench.photos);
    const back = everyLane(bench);
    await back.scan();
    await back.whenAllIdle();
    const { made } = await back.engine.call('rendition.want', {
      rendition: 'thumbnail',
      assetIds: [shown.id],
    });
    expect(made).toEqual([shown.id]);
  },
);

it.skipIf(process.platform === 'win32' || !hasFfmpeg)(
  'a video that crashed its decoder is looked into again when a person asks for it',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'Beach.mp4');
    await writeOld(path, videoBytes('usual.mp4'));
    const crashing = join(useTemporaryFolder(), 'ffmpeg');
    await writeFile(
      crashing,
      '#!/bin/sh\ncase "$*" in *-version*) echo "ffmpeg version 6.0 Copyright";; *) kill -SEGV $$;; esac\n',
    );
    await chmod(crashing, 0o755);
    const engine = everyLane(bench);
    await engine.engine.call('setting.set', { ffmpegPath: crashing });
    await engine.scan(bench.photos);
    await engine.whenAllIdle();
    const { id, video } = await engine.show(path);
    expect(video?.framesError?.code).toBe('decoder-crashed');

    await engine.engine.call('setting.set', { ffmpegPath: null });
    expect(await engine.engine.call('queue.retry', { photos: { assetIds: [id] } })).toEqual({ photos: 1 });
    await engine.whenAllIdle();
    expect((await engine.show(path)).video?.framesError).toBeNull();
    const { made } = await engine.engine.call('rendition.want', { rendition: 'thumbnail', assetIds: [id] });
    expect(made).toEqual([id]);
    expect(await engine.engine.call('queue.retry', {})).toEqual({ photos: 0 });
  },
);
