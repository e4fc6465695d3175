import { chmod, copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import sharp from 'sharp';
import { messageFor } from '../../app/contract/messages/en.ts';
import { renditionPath } from '../../app/library/renditions.ts';
import { credentialFor, EveryLaneEngine, useBench, writeOld, type Bench } from '../helpers/engine.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { makeVideo, hasFfmpeg, videoBytes } from '../helpers/videos.ts';

async function openEveryLane(bench: Bench, ffmpegPath?: string): Promise<EveryLaneEngine> {
  const engine = new EveryLaneEngine({
    libraryFolder: bench.library,
    credentialOf: credentialFor(bench.emulator),
  });
  onTestFinished(() => engine.close({ abort: true }));
  await engine.connect({ kind: 'built-in' });
  if (ffmpegPath !== undefined) await engine.engine.call('setting.set', { ffmpegPath });
  return engine;
}

/** The colour in the middle of a rendition. */
async function colorOf(bench: Bench, id: Parameters<typeof renditionPath>[1]): Promise<string> {
  const path = renditionPath(bench.library, id, 'thumbnail');
  const { dominant } = await sharp(path).stats();
  const [name] = Object.entries({ red: dominant.r, green: dominant.g, blue: dominant.b }).toSorted(
    (one, other) => other[1] - one[1],
  )[0] ?? ['none'];
  return name;
}

it.skipIf(!hasFfmpeg)('a video is an asset with its facts, its picture and a description', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'Beach.mov');
  makeVideo(path, {
    widthPx: 192,
    heightPx: 108,
    hasSound: true,
    metadata: { creation_time: '2019-05-17T10:00:00Z', location: '+48.1372+011.5756/' },
  });
  const engine = await openEveryLane(bench);
  await engine.scan(bench.photos);
  await engine.describeRest();
  await engine.whenAllIdle();

  const shown = await engine.show(path);
  expect(shown).toMatchObject({
    state: 'ready',
    error: null,
    metadata: { format: 'mov', widthPx: 192, heightPx: 108 },
    video: { durationMs: 6000, codec: 'avc', hasSound: true, framesError: null },
  });
  expect(shown.metadata.latitude).toBeCloseTo(48.1372, 4);
  expect(shown.metadata.longitude).toBeCloseTo(11.5756, 4);
  expect(shown.metadata.captureLocalMs).toBe(Date.UTC(2019, 4, 17, 10));
  expect(shown.description?.caption?.text).toContain('Munich');
  expect(await colorOf(bench, shown.id)).toBe('red');
  expect(await engine.report()).toEqual({});
});

it.skipIf(!hasFfmpeg)(
  'frames with their times are described in one request, and each moment is found; undone, nothing is left',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'Beach.mp4');
    await writeOld(path, videoBytes('usual.mp4'));
    const engine = await bench.open();
    await engine.scan(bench.photos);
    const plan = await engine.plan({ detail: 'auto' });
    const run = await engine.describe({ options: { detail: 'auto' } });
    expect(bench.emulator.totals()).toMatchObject({ requests: 1, answered: 1 });

    const shown = await engine.show(path);
    const { moments = [] } = shown.description ?? {};
    expect(moments.map(({ startMs }) => startMs)).toEqual(
      moments.map(({ startMs }) => startMs).toSorted((one, other) => one - other),
    );
    expect(moments.length).toBe(3);
    for (const { endMs } of moments) expect(endMs).toBeLessThanOrEqual(6000);
    const [sent] = await engine.engine.call('asset.sent', { id: shown.id });
    expect(sent?.pictures.length).toBe(3);
    expect(sent?.text).toContain('Frame at time');
    // As many tokens as planned, or fewer: what looks alike was not sent.
    expect(shown.history[0]?.inputTokens).toBeLessThanOrEqual(plan.inputTokens);

    const found = await engine.engine.call('search.query', { query: 'is:video duration:>5' });
    expect(found.total).toBe(1);
    await engine.engine.call('run.undo', { id: run.id });
    expect((await engine.show(path)).description?.moments ?? []).toEqual([]);
  },
);

it.skipIf(!hasFfmpeg)('a lead-in of black is passed over for the picture', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'Fade.mp4');
  makeVideo(path, {
    scenes: [
      { color: 'black', seconds: 2 },
      { color: 'blue', seconds: 3 },
    ],
  });
  const engine = await openEveryLane(bench);
  await engine.scan(bench.photos);
  await engine.whenAllIdle();
  expect(await colorOf(bench, (await engine.show(path)).id)).toBe('blue');
});

it.skipIf(!hasFfmpeg)(
  'a video that was moved and renamed while Cutline was closed keeps what was said of it',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'before.mkv');
    makeVideo(path);
    const engine = await openEveryLane(bench);
    await engine.scan(bench.photos);
    await engine.describeRest();
    const before = await engine.show(path);
    // Copied and removed: another inode.
    await copyFile(path, join(bench.photos, 'after.mkv'));
    await rm(path);
    await writeOld(join(bench.photos, 'after.mkv'), await readFile(join(bench.photos, 'after.mkv')));
    await engine.scan();
    const after = await engine.show(join(bench.photos, 'after.mkv'));
    expect(after.id).toBe(before.id);
    expect(after.description?.caption).toEqual(before.description?.caption);
  },
);

it.skipIf(!hasFfmpeg)(
  'without ffmpeg a video has its facts, and one sentence says what to install; with it, all comes by itself',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'Beach.mp4');
    makeVideo(path);
    const engine = await openEveryLane(bench, join(bench.photos, 'no-such-ffmpeg'));
    await engine.scan(bench.photos);
    await engine.describeRest();
    await engine.whenAllIdle();
    const without = await engine.show(path);
    expect(without).toMatchObject({
      state: 'ready',
      error: null,
      video: { durationMs: 6000, framesError: { code: 'no-video-decoder' } },
    });
    expect(without.description?.baseline).toBe(true);
    expect(messageFor(without.video?.framesError ?? { code: 'internal' })).toMatch(/needs ffmpeg.*install/);
    expect((await engine.engine.call('queue.list', {})).failures).toEqual([]);

    await engine.engine.call('setting.set', { ffmpegPath: null });
    await engine.whenAllIdle();
    expect((await engine.show(path)).video?.framesError).toBeNull();
    expect(await colorOf(bench, without.id)).toBe('red');
  },
);

it.skipIf(!hasFfmpeg).each([
  ['is too old', '#!/bin/sh\necho "ffmpeg version 2.8.15 Copyright"\n', 'no-video-decoder'],
  ['is another program', '#!/bin/sh\necho "hello"\n', 'no-video-decoder'],
  [
    'cannot decode this codec',
    '#!/bin/sh\ncase "$*" in *-version*) exec ffmpeg "$@";; *) exec ffmpeg -codec_whitelist mjpeg "$@";; esac\n',
    'no-video-decoder',
  ],
  [
    'floods us',
    '#!/bin/sh\ncase "$*" in *-version*) echo "ffmpeg version 6.0 Copyright";; *) exec cat /dev/zero;; esac\n',
    'decoder-crashed',
  ],
])('an ffmpeg that %s stops nothing, and leaves no process behind', async (_, script, code) => {
  const bench = await useBench();
  const path = join(bench.photos, 'Beach.mp4');
  await writeOld(path, videoBytes('usual.mp4'));
  const command = join(useTemporaryFolder(), 'ffmpeg');
  await writeFile(command, script);
  await chmod(command, 0o755);
  const engine = await openEveryLane(bench, command);
  await engine.scan(bench.photos);
  await engine.describeRest();
  await engine.whenAllIdle();
  const shown = await engine.show(path);
  expect(shown).toMatchObject({ state: 'ready', video: { framesError: { code } } });
  expect(shown.description?.baseline).toBe(true);
});

it.skipIf(!hasFfmpeg)(
  'a video that is cut off is told as damaged, and read again once it is whole',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'Beach.mp4');
    await writeOld(path, videoBytes('usual.mp4').subarray(0, 3000));
    const engine = await openEveryLane(bench);
    await engine.scan(bench.photos);
    expect(await engine.show(path)).toMatchObject({ state: 'unreadable', error: { code: 'file-damaged' } });
    await writeOld(path, videoBytes('usual.mp4'));
    await engine.scan();
    await engine.whenAllIdle();
    expect(await engine.show(path)).toMatchObject({
      state: 'ready',
      error: null,
      video: { durationMs: 6000 },
    });
  },
);

it.skipIf(!hasFfmpeg)('a recording whose end is missing has the frames that are there', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'stream.mkv');
  makeVideo(path, { scenes: [{ color: 'green', seconds: 20 }], widthPx: 640, heightPx: 480 });
  await truncate(path, 12_000);
  await writeOld(path, await readFile(path));
  const engine = await openEveryLane(bench);
  await engine.scan(bench.photos);
  await engine.whenAllIdle();
  const shown = await engine.show(path);
  expect(shown.state).toBe('ready');
  expect(shown.video?.durationMs).toBeGreaterThan(0);
});
