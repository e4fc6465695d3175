import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findFfmpeg, frameLimits, runFfmpeg } from '../../app/video/ffmpeg.ts';
import { framesByFfmpeg, takeFrame } from '../../app/video/take-frame.ts';
import { takeRepresentativeFrames } from '../../app/video/take-frames.ts';
import type { FrameSource } from '../../app/video/frame-source.ts';
import { AppError } from '../../app/platform/errors.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { hasFfmpeg, hdrVideo, makeVideo } from '../helpers/make-video.ts';
import sharp from 'sharp';

const isWindows = process.platform === 'win32';

async function script(text: string): Promise<string> {
  const path = join(useTemporaryFolder(), 'ffmpeg');
  await writeFile(path, `#!/bin/sh\n${text}\n`);
  await chmod(path, 0o755);
  return path;
}

it.skipIf(isWindows).each([
  ['echo "ffmpeg version 4.4.2-0ubuntu0.22.04.1 Copyright (c)"', { status: 'found' }],
  ['echo "ffmpeg version n7.1 Copyright (c)"', { status: 'found' }],
  ['echo "ffmpeg version N-109542-g4a80db5fc2 Copyright (c)"', { status: 'found' }],
  ['echo "ffmpeg version 3.4.8 Copyright (c)"', { status: 'missing', reason: 'too-old' }],
  ['echo "avconv version 12.3"', { status: 'missing', reason: 'broken' }],
  ['exit 1', { status: 'missing', reason: 'broken' }],
  ['exec sleep 100', { status: 'missing', reason: 'broken' }],
])('what answers “%s” is judged by its answer', async (text, expected) => {
  expect(await findFfmpeg(await script(text), 500)).toMatchObject(expected);
});

it('what is not there is not found', async () => {
  const command = join(useTemporaryFolder(), 'none');
  expect(await findFfmpeg(command)).toEqual({ status: 'missing', command, reason: 'not-found' });
});

it.skipIf(isWindows)('one that hangs is killed at its limit', async () => {
  const pidFile = join(useTemporaryFolder(), 'pid');
  const command = await script(`echo $$ > ${pidFile}; exec sleep 100`);
  const ran = runFfmpeg({ command }, [], { limits: { ...frameLimits, timeoutMs: 400 } });
  await expect(ran).rejects.toMatchObject({ code: 'decoder-timeout', details: { limitMs: 400 } });
  const pid = Number(await readFile(pidFile, 'utf8'));
  await expect.poll(() => isAlive(pid)).toBe(false);
});

it.skipIf(isWindows)('one that floods us is killed, and its flood is not kept', async () => {
  const command = await script('exec cat /dev/zero');
  const limits = { ...frameLimits, mostOutputBytes: 1_000_000 };
  await expect(runFfmpeg({ command }, [], { limits })).rejects.toMatchObject({
    code: 'decoder-crashed',
  });
});

it.skipIf(process.platform !== 'linux')('one that takes all memory is killed', async () => {
  const command = await script(
    `exec ${process.execPath} -e "globalThis.a = Buffer.alloc(400e6, 1); setInterval(() => {}, 1000)"`,
  );
  const limits = { ...frameLimits, mostMemoryBytes: 300e6 };
  await expect(runFfmpeg({ command }, [], { limits })).rejects.toMatchObject({
    code: 'decoder-crashed',
    details: { end: 'too much memory' },
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function colorsOf(frames: readonly { readonly bytes: Uint8Array }[]): Promise<string[]> {
  return Promise.all(
    frames.map(async ({ bytes }) => {
      const { dominant } = await sharp(bytes).stats();
      const [color] = Object.entries({ red: dominant.r, green: dominant.g, blue: dominant.b }).toSorted(
        (one, other) => other[1] - one[1],
      );
      return color?.[0] ?? 'none';
    }),
  );
}

const program = { command: 'ffmpeg', version: '', canToneMap: true };
const source = framesByFfmpeg(program);

it.skipIf(!hasFfmpeg)('a frame says where it stands, and is upright', async () => {
  const path = join(useTemporaryFolder(), "it's [a] film: 100%.mp4");
  makeVideo(path, { widthPx: 160, heightPx: 90, rotate: 90 });
  const exact = await takeFrame(program, { path, format: 'mp4', atMs: 2500, boxPx: 80, seek: 'exact' });
  const key = await takeFrame(program, { path, format: 'mp4', atMs: 2500, boxPx: 80, seek: 'key-frame' });
  expect(exact?.timeMs).toBe(2500);
  expect(key?.timeMs).toBe(2000);
  const { width, height } = await sharp(exact?.bytes).metadata();
  expect({ width, height }).toEqual({ width: 45, height: 80 });
});

it.skipIf(!hasFfmpeg).each([
  ['key frames every second', 12],
  ['one key frame in all', 1000],
])('each scene has a frame, and looks alike are left out: %s', async (_, keyFrameEvery) => {
  const path = join(useTemporaryFolder(), 'film.mp4');
  makeVideo(path, {
    keyFrameEvery,
    scenes: [
      { color: 'black', seconds: 2 },
      { color: 'red', seconds: 4 },
      { color: 'green', seconds: 4 },
      { color: 'blue', seconds: 4 },
    ],
  });
  const video = { path, format: 'mp4', durationMs: 14_000 } as const;
  const frames = await takeRepresentativeFrames(source, video, { most: 7, boxPx: 160 });
  expect(await colorsOf(frames)).toEqual(['red', 'green', 'blue']);
  for (const { timeMs } of frames) expect(timeMs).toBeLessThan(14_000);
  expect(frames.map(({ timeMs }) => timeMs)).toEqual(
    frames.map(({ timeMs }) => timeMs).toSorted((a, b) => a - b),
  );
});

it.skipIf(!hasFfmpeg)(
  'of a part of a video, frames are of that part alone, also before its first key frame',
  async () => {
    const path = join(useTemporaryFolder(), 'film.mp4');
    makeVideo(path, {
      keyFrameEvery: 1000,
      scenes: [
        { color: 'red', seconds: 4 },
        { color: 'green', seconds: 4 },
        { color: 'blue', seconds: 4 },
      ],
    });
    const video = { path, format: 'mp4', durationMs: 12_000 } as const;
    const range = { startMs: 4500, endMs: 7500 };
    const frames = await takeRepresentativeFrames(source, video, { most: 3, boxPx: 160, range });
    expect(await colorsOf(frames)).toEqual(['green']);
  },
);

it.skipIf(!hasFfmpeg)('white paper in an HDR video is white, not grey', async () => {
  const path = join(useTemporaryFolder(), 'hdr.mp4');
  // SMPTE ST 2084 writes 203 cd/m², which ITU-R BT.2408 names as white in HDR, as 58 % of its range.
  hdrVideo(path, 0.58);
  const wish = { path, format: 'mp4', atMs: 0, boxPx: 64, seek: 'exact' } as const;
  const { channels } = await sharp((await source.take(wish))?.bytes).stats();
  const plain = await sharp((await takeFrame(program, wish))?.bytes).stats();
  const brightness = channels[1]?.mean ?? 0;
  expect(plain.channels[1]?.mean).toBeLessThan(160);
  expect(brightness).toBeGreaterThan(170);
});

it('a file that hangs its decoder is not asked for each of its frames', async () => {
  let asked = 0;
  const hanging: FrameSource = {
    take: () => {
      asked += 1;
      return Promise.reject(new AppError('decoder-timeout', { limitMs: 1 }));
    },
  };
  const video = { path: 'film.mp4', format: 'mp4', durationMs: 60_000 } as const;
  const taken = takeRepresentativeFrames(hanging, video, { most: 10, boxPx: 64 });
  await expect(taken).rejects.toMatchObject({ code: 'decoder-timeout' });
  expect(asked).toBeLessThanOrEqual(2);
});
