import { truncateSync, writeFileSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  integer,
  nat,
  record,
  uint8Array,
} from 'fast-check';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { AppError } from '../../app/platform/errors.ts';
import { listAviFrames } from '../../app/video/avi-frames.ts';
import { readAviHead } from '../../app/video/avi-header.ts';
import { framesOfJpegs, hasJpegFrames } from '../../app/video/jpeg-frames.ts';
import { probeVideo } from '../../app/video/probe.ts';
import { takePoster, takeRepresentativeFrames, type VideoFile } from '../../app/video/take-frames.ts';
import { aviBytes } from '../helpers/avi-bytes.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { hasFfmpeg, makeVideo } from '../helpers/make-video.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

const source = framesOfJpegs();

async function colorOf(bytes: Uint8Array | undefined): Promise<'red' | 'green' | 'blue'> {
  const { channels } = await sharp(bytes).stats();
  const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean);
  return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
}

function jpegOf(color: string): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 48, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
}

/** Three seconds at 12 frames a second: red, green (whose frames are said once, and then to be shown again), blue. */
async function threeColors(more: Partial<Parameters<typeof aviBytes>[0]> = {}): Promise<Buffer> {
  const [red, green, blue] = await Promise.all(['#c01010', '#10c010', '#1010c0'].map(jpegOf));
  const none = Buffer.alloc(0);
  return aviBytes({
    frames: Array.from({ length: 36 }, (_, index) =>
      index < 12 ? (red ?? none) : index === 12 ? (green ?? none) : index < 24 ? none : (blue ?? none),
    ),
    ...more,
  });
}

async function written(bytes: Uint8Array): Promise<VideoFile> {
  const path = join(useTemporaryFolder(), 'film.avi');
  await writeFile(path, bytes);
  return { path, format: 'avi', durationMs: 3_000 };
}

const frameAt = ({ path, format }: VideoFile, atMs: number, seek: 'exact' | 'key-frame' = 'exact') =>
  source.take({ path, format, atMs, boxPx: 320, seek });

it.skipIf(!hasFfmpeg).each(['avi', 'mov', 'mkv'] as const)(
  'a video whose frames are JPEGs has them without any program: %s',
  async (format) => {
    const path = join(useTemporaryFolder(), `film.${format}`);
    makeVideo(path, { codec: 'mjpeg', hasSound: true });
    const header = await probeVideo(path, format);
    expect(header.codec).toBe('mjpeg');
    expect(hasJpegFrames(header)).toBe(true);
    const video = { path, format, durationMs: 6_000 };
    const frames = await takeRepresentativeFrames(source, video, { most: 6, boxPx: 80 });
    expect(await Promise.all(frames.map(({ bytes }) => colorOf(bytes)))).toEqual(['red', 'green', 'blue']);
    const { width, height } = await sharp(frames[0]?.bytes).metadata();
    expect({ width, height }).toEqual({ width: 80, height: 60 });
    // At 12 frames a second the one that is shown then began less than 84 ms before.
    const { timeMs = 0 } = (await frameAt(video, 2_550)) ?? {};
    expect(timeMs).toBeLessThanOrEqual(2_550);
    expect(timeMs).toBeGreaterThan(2_550 - 84);
  },
);

it.skipIf(realPhotos === undefined)('the movie of a real camera has its pictures', async () => {
  const path = realPhoto('formats/100_0306.AVI');
  // As ffprobe says it: 320 × 240, 41 frames at 15 a second.
  const header = await probeVideo(path, 'avi');
  expect(header).toMatchObject({
    widthPx: 320,
    heightPx: 240,
    frameRate: 15,
    codec: 'mjpeg',
    hasSound: true,
  });
  expect(header.durationMs).toBe(Math.round((41 / 15) * 1000));
  const video = { path, format: 'avi', durationMs: header.durationMs } as const;
  const { bytes } = await takePoster(source, video, 2_560);
  const { width, height } = await sharp(bytes).metadata();
  expect({ width, height }).toEqual({ width: 320, height: 240 });
  const last = await frameAt(video, header.durationMs - 1);
  expect(last?.timeMs).toBe(Math.round((40 / 15) * 1000));
});

it.each(['list', 'file', 'none'] as const)(
  'an index counts from the list or the file, or is missing: %s',
  async (index) => {
    const video = await written(await threeColors({ index, soundBytes: 7 }));
    expect(await colorOf((await frameAt(video, 500))?.bytes)).toBe('red');
    // It is the frame of the beginning of that second, shown again.
    const green = await frameAt(video, 1_700);
    expect(await colorOf(green?.bytes)).toBe('green');
    expect(green?.timeMs).toBe(1_000);
    expect(await colorOf((await frameAt(video, 2_999))?.bytes)).toBe('blue');
  },
);

it('an index that points elsewhere is not believed', async () => {
  const bytes = await threeColors();
  const indexAt = bytes.indexOf('idx1');
  for (let at = indexAt + 8; at < bytes.length; at += 16) bytes.writeUInt32LE(0x7fff_fff0, at + 8);
  const video = await written(bytes);
  expect(await colorOf((await frameAt(video, 500))?.bytes)).toBe('red');
});

it('a recording that was cut off has the frames that are there, and its last one stands for the rest', async () => {
  const bytes = await threeColors();
  const video = await written(bytes);
  const firstBlue = bytes.lastIndexOf(await jpegOf('#1010c0'), bytes.indexOf('idx1'));
  truncateSync(video.path, firstBlue - 100);
  expect(await colorOf((await frameAt(video, 500))?.bytes)).toBe('red');
  expect(await frameAt(video, 2_999)).toBeUndefined();
  expect(await colorOf((await frameAt(video, 2_999, 'key-frame'))?.bytes)).toBe('blue');
  const frames = await takeRepresentativeFrames(source, video, { most: 6, boxPx: 64 });
  expect(await Promise.all(frames.map((frame) => colorOf(frame.bytes)))).toEqual(['red', 'green', 'blue']);
});

it('one of its frames is damaged: that one is left out', async () => {
  const bytes = await threeColors();
  const green = await jpegOf('#10c010');
  bytes.fill(0x55, bytes.indexOf(green) + 2, bytes.indexOf(green) + green.length);
  const video = await written(bytes);
  await expect(frameAt(video, 1_500)).rejects.toMatchObject({ code: 'no-frames' });
  const frames = await takeRepresentativeFrames(source, video, { most: 6, boxPx: 64 });
  expect(await Promise.all(frames.map((frame) => colorOf(frame.bytes)))).toEqual(['red', 'blue']);
});

it('frames that are no JPEGs, and one of four gigabytes, are told as that', async () => {
  const noise = await written(aviBytes({ frames: [Buffer.from('This is no picture at all.')] }));
  await expect(frameAt(noise, 0)).rejects.toMatchObject({ code: 'no-frames' });
  const bytes = await threeColors();
  // Of the second frame, which begins after 84 ms.
  bytes.writeUInt32LE(0xffff_fff0, bytes.indexOf('idx1') + 8 + 16 + 12);
  await expect(frameAt(await written(bytes), 100)).rejects.toMatchObject({ code: 'no-frames' });
});

it('whoever calls it off hears no more of it', async () => {
  const video = await written(await threeColors());
  const { path, format } = video;
  const signal = AbortSignal.abort();
  const taken = framesOfJpegs().take({ path, format, atMs: 0, boxPx: 64, seek: 'exact' }, { signal });
  await expect(taken).rejects.toMatchObject({ code: 'canceled' });
});

const toError = (error: unknown): unknown => error;

/** A frame, none, or words about the file: whatever else happens is a mistake of ours. */
const isOfTheFile = (outcome: unknown): boolean =>
  !(outcome instanceof Error) || (outcome instanceof AppError && outcome.code === 'no-frames');

async function listed(path: string) {
  const file = await open(path);
  try {
    return await listAviFrames(file, await readAviHead(path));
  } finally {
    await file.close();
  }
}

it('an index that counts from the file is not taken for one that counts from the list, where both would find a frame', async () => {
  const frames = [7, 0, 3, 0, 9, 3, 5, 7].map((length) => Buffer.alloc(length));
  const path = join(useTemporaryFolder(), 'film.avi');
  await writeFile(path, aviBytes({ frames, soundBytes: 1, index: 'file' }));
  expect((await listed(path)).map(({ sizeBytes }) => sizeBytes)).toEqual([7, 0, 3, 0, 9, 3, 5, 7]);
});

it('with and without an index the same bytes are found, whatever lies between them', async () => {
  const parts = record({
    frames: array(uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 30 }),
    soundBytes: nat(9),
    inLists: boolean(),
    index: constantFrom('list', 'file', 'none'),
  });
  const path = join(useTemporaryFolder(), 'film.avi');
  await assert(
    asyncProperty(parts, async (avi) => {
      const bytes = aviBytes(avi);
      writeFileSync(path, bytes);
      const found = (await listed(path)).map(({ at, sizeBytes }) => bytes.subarray(at, at + sizeBytes));
      expect(found).toEqual(avi.frames.map((frame) => Buffer.from(frame)));
    }),
    { numRuns: 60 },
  );
});

it('whatever bytes are changed, it ends, and says so in its own words', async () => {
  const whole = await threeColors({ soundBytes: 3 });
  const path = join(useTemporaryFolder(), 'film.avi');
  const changes = array(record({ at: nat(whole.length - 1), to: nat(255) }), { minLength: 1, maxLength: 12 });
  await assert(
    asyncProperty(changes, integer({ min: 13, max: whole.length }), async (changed, length) => {
      const bytes = Buffer.from(whole.subarray(0, length));
      for (const { at, to } of changed) if (at < length) bytes[at] = to;
      // What is looked at first of all.
      bytes.write('RIFF', 0, 'latin1');
      bytes.write('AVI ', 8, 'latin1');
      writeFileSync(path, bytes);
      const wish = { path, format: 'avi', atMs: 1_500, boxPx: 64, seek: 'key-frame' } as const;
      await expect(framesOfJpegs().take(wish).catch(toError)).resolves.toSatisfy(isOfTheFile);
    }),
    { numRuns: 150 },
  );
});

it
  .skipIf(realPhotos === undefined)
  .each(['fuzzed-15.avi', 'fuzzed-18.avi', 'fuzzed-30.avi', 'fuzzed-33.avi'])(
  'a fuzzed file ends in a frame, in none, or in its own words: %s',
  async (name) => {
    const path = realPhoto(`broken/${name}`);
    expect((await readFile(path)).length).toBeGreaterThan(0);
    const taken = source.take({ path, format: 'avi', atMs: 0, boxPx: 64, seek: 'key-frame' });
    await expect(taken.catch(toError)).resolves.toSatisfy(isOfTheFile);
  },
);
