import { test as base, expect } from '@playwright/test';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { FrameOutcome, FrameWish } from '../../app/host/engine-messages.ts';
import { hasFfmpeg, makeVideo, type VideoOptions } from '../helpers/make-video.ts';
import type { HostOptions } from './app.ts';
import type { DecoderUnderTest } from './decoder-page.main.ts';
import { launchElectron } from './hosts.ts';

/** The page that decodes videos, alone: what Chromium makes of the files that it decodes. */

type Decoder = {
  readonly folder: string;
  readonly take: (path: string, atMs: number, more?: Partial<FrameWish>) => Promise<FrameOutcome>;
};

const test = base.extend<HostOptions & { decoder: Decoder }>({
  host: ['web', { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its pattern
  decoder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'cutline-decoder-'));
    const desktop = await launchElectron(
      [`--user-data-dir=${join(folder, 'user-data')}`, join(import.meta.dirname, 'decoder-page.main.ts')],
      { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: tmpdir() },
    );
    try {
      await use({
        folder,
        take: (path, atMs, more = {}) =>
          desktop.evaluate(
            (_, wish) => {
              const { underTest } = globalThis as unknown as { underTest: DecoderUnderTest };
              return underTest.decoder.take(wish, new AbortController().signal);
            },
            { path, atMs, boxPx: 320, seek: 'exact' as const, ...more },
          ),
      });
    } finally {
      await desktop.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
});

test.skip(!hasFfmpeg, 'There is no ffmpeg to make videos with.');
test.beforeEach(({ host }) => {
  test.skip(host !== 'electron', 'The desktop alone has this.');
});

/** `red` … of a frame; of none, what became of it. */
async function colorOf(outcome: FrameOutcome): Promise<string> {
  if (outcome.status !== 'taken') return outcome.status;
  const { channels } = await sharp(Buffer.from(outcome.jpeg, 'base64')).stats();
  const [red = 0, green = 0, blue = 0] = channels.map(({ mean }) => mean);
  return red > green && red > blue ? 'red' : green > blue ? 'green' : 'blue';
}

const sizeOf = async (outcome: FrameOutcome) => {
  const { width, height } = await sharp(
    Buffer.from(outcome.status === 'taken' ? outcome.jpeg : '', 'base64'),
  ).metadata();
  return [width, height];
};

/** Two seconds each of red, green and blue. */
const known: readonly (readonly [string, VideoOptions])[] = [
  ['h264.mp4', { hasSound: true }],
  ['h264.mov', {}],
  ['h264.mkv', {}],
  ['vp8.webm', { codec: 'libvpx' }],
  ['vp9.webm', { codec: 'libvpx-vp9' }],
  ['vp9.mkv', { codec: 'libvpx-vp9' }],
  ['av1.mkv', { codec: 'libsvtav1' }],
  ['av1.mp4', { codec: 'libsvtav1' }],
  ['one-key-frame.mp4', { keyFrameEvery: 1000 }],
];

test.describe('the decoder page', () => {
  test('takes frames out of what Chromium decodes, where they are asked for', async ({ decoder }) => {
    for (const [name, options] of known) {
      const path = join(decoder.folder, name);
      makeVideo(path, options);
      await test.step(name, async () => {
        const seen = [];
        for (const atMs of [1_000, 3_000, 5_000]) seen.push(await colorOf(await decoder.take(path, atMs)));
        expect(seen).toEqual(['red', 'green', 'blue']);
      });
    }
    const upright = join(decoder.folder, 'upright.mp4');
    makeVideo(upright, { widthPx: 160, heightPx: 90, rotate: 90 });
    expect(await sizeOf(await decoder.take(upright, 1_000, { boxPx: 80 }))).toEqual([45, 80]);
    const keyed = await decoder.take(join(decoder.folder, 'h264.mp4'), 2_500, { seek: 'key-frame' });
    expect(keyed).toMatchObject({ status: 'taken', timeMs: 2_000 });
  });
});
