import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { chmod, copyFile, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import sharp from 'sharp';
import { askOf, openWith } from '../helpers/asking.ts';
import { messageFor } from '../../app/contract/messages/en.ts';
import { renditionPath } from '../../app/library/renditions.ts';
import { credentialFor, EveryLaneEngine, useBench, writeOld, type Bench } from '../helpers/engine.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { ffmpeg, makeVideo, hasFfmpeg } from '../helpers/make-video.ts';
import { videoBytes } from '../helpers/videos.ts';

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
  // The container says UTC; clocks in Munich were two hours ahead.
  expect(shown.metadata.captureLocalMs).toBe(Date.UTC(2019, 4, 17, 12));
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

    for (const moment of moments) {
      const [, word = ''] = /“(.+)”/.exec(moment.text) ?? [];
      const { photos } = await engine.engine.call('search.query', { query: `is:video duration:>5 ${word}` });
      const times = photos.map(({ matches }) => matches.find(({ field }) => field === 'moments')?.momentMs);
      expect(times).toEqual([moment.startMs]);
    }
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
    expect(messageFor(without.video?.framesError ?? { code: 'internal' })).toMatch(/needs ffmpeg.*Install/);
    expect((await engine.engine.call('queue.list', {})).failures).toEqual([]);
    const { findings } = await engine.engine.call('library.doctor', { ports: [1] });
    expect(findings.find(({ check }) => check === 'ffmpeg')).toMatchObject({
      code: 'ffmpeg-missing',
      facts: { videos: 1 },
    });

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

it.skipIf(!hasFfmpeg)('a strip to scrub through shows the video from its beginning to its end', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'Beach.mp4');
  await writeOld(path, videoBytes('usual.mp4'));
  const engine = await openEveryLane(bench);
  await engine.scan(bench.photos);
  await engine.whenAllIdle();
  const { id } = await engine.show(path);
  await engine.engine.call('rendition.want', { rendition: 'scrub', assetIds: [id] });
  await engine.whenAllIdle();
  const strip = sharp(renditionPath(bench.library, id, 'scrub'));
  const { width, height } = await strip.metadata();
  // Ten cells of 160 × 120: a frame is never enlarged.
  expect({ width, height }).toEqual({ width: 1600, height: 120 });
  const colors = await Promise.all(
    Array.from({ length: 10 }, async (_, cell) => {
      const part = sharp(renditionPath(bench.library, id, 'scrub'));
      const { dominant } = await sharp(
        await part.extract({ left: cell * 160, top: 0, width: 160, height: 120 }).toBuffer(),
      ).stats();
      return dominant.r > dominant.g && dominant.r > dominant.b ? 'r' : dominant.g > dominant.b ? 'g' : 'b';
    }),
  );
  // Two seconds of each scene; the cells stand for 0.3, 0.9, 1.5 | 2.1, 2.7, 3.3, 3.9 | 4.5, 5.1, 5.7 s.
  expect(colors.join('')).toBe('rrrggggbbb');
});

it.skipIf(!hasFfmpeg)(
  'a question about a video shows its frames with their times; about a moment, those of that part alone',
  async () => {
    const bench = await useBench();
    const path = join(bench.photos, 'Beach.mp4');
    await writeOld(path, videoBytes('usual.mp4'));
    const engine = await bench.open();
    await engine.scan(bench.photos);
    const { id } = await engine.show(path);
    const wish = { assetIds: [id], question: 'What happens?' };
    const plan = await engine.engine.call('thread.plan', { ...wish, connectionId: engine.connection.id });
    const answer = await askOf(engine, wish);
    // One frame of each scene, each behind its time; what looks alike is left out.
    expect(bench.emulator.requests.at(-1)?.pictures.length).toBe(3);
    expect(answer.costMicroUsd).toBeLessThanOrEqual(plan.maxCostMicroUsd ?? 0);

    const moment = { startMs: 2000, endMs: 4000 };
    const more = await askOf(engine, { ...wish, threadId: answer.threadId, moment });
    const request = bench.emulator.requests.at(-1);
    expect(request?.pictures.length).toBe(1);
    const thread = await engine.engine.call('thread.get', { id: answer.threadId });
    expect(thread.answers.map((one) => one.moment)).toEqual([null, moment]);
    const sent = await engine.engine.call('asset.sent', { id });
    const ofMoment = sent.find(({ pictures }) => pictures.length === 1);
    expect(ofMoment?.text).toContain('from 2 to 4 seconds');

    // Gone on with, it is about the same moment.
    await askOf(engine, { threadId: more.threadId, question: 'And then?' });
    expect(bench.emulator.requests.at(-1)?.pictures.length).toBe(1);
    await expect(askOf(engine, { ...wish, moment: { startMs: 7000, endMs: 8000 } })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  },
);

it.skipIf(!hasFfmpeg)('a moment is a part of one video, and of no photo', async () => {
  const bench = await useBench();
  const { ids, ask } = await openWith(bench, 1);
  await expect(
    ask({ assetIds: ids, question: 'When?', moment: { startMs: 0, endMs: 1000 } }),
  ).rejects.toMatchObject({ code: 'invalid-input' });
  expect(bench.emulator.requests).toHaveLength(0);
});

it.skipIf(!hasFfmpeg).each([
  [
    'holds no frame at all',
    (path: string): void => {
      makeVideo(path, { scenes: [{ color: 'red', seconds: 1 }] });
      // An MP4 of its header alone, as a camera leaves it whose card was full: the track is there, with a length of nothing.
      ffmpeg(['-i', path, '-c', 'copy', '-t', '0', '-y', `${path}.none.mp4`]);
      renameSync(`${path}.none.mp4`, path);
    },
    ['no-frames', 'file-damaged'],
  ],
  [
    'has an index that points behind its end',
    (path: string): void => {
      makeVideo(path, { more: ['-movflags', '+faststart'], scenes: [{ color: 'red', seconds: 20 }] });
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.subarray(0, bytes.indexOf('mdat') + 200));
    },
    ['no-frames', 'file-damaged'],
  ],
])('a video that %s stops nothing: it says what is wrong with it', async (_, make, codes) => {
  const bench = await useBench();
  const path = join(bench.photos, 'Broken.mp4');
  make(path);
  await writeOld(path, await readFile(path));
  await writeOld(join(bench.photos, 'Whole.mp4'), videoBytes('usual.mp4'));
  const engine = await openEveryLane(bench);
  await engine.scan(bench.photos);
  await engine.describeRest();
  await engine.whenAllIdle();
  const shown = await engine.show(path);
  expect(codes).toContain(shown.error?.code ?? shown.video?.framesError?.code);
  expect(await engine.show(join(bench.photos, 'Whole.mp4'))).toMatchObject({
    state: 'ready',
    video: { framesError: null },
  });
});

it.skipIf(!hasFfmpeg)('ten hours are described by ten frames, like ten seconds', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'Long.mp4');
  ffmpeg([
    '-f',
    'lavfi',
    '-i',
    'testsrc=s=64x48:r=1/600',
    '-t',
    '36000',
    '-g',
    '1',
    '-pix_fmt',
    'yuv420p',
    path,
  ]);
  await writeOld(path, await readFile(path));
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const plan = await engine.plan({ detail: 'auto' });
  await engine.describe({ options: { detail: 'auto' } });
  const shown = await engine.show(path);
  expect(shown.video?.durationMs).toBe(36_000_000);
  const [sent] = await engine.engine.call('asset.sent', { id: shown.id });
  expect(sent?.pictures.length).toBeLessThanOrEqual(10);
  expect(shown.history[0]?.inputTokens).toBeLessThanOrEqual(plan.inputTokens);
});
