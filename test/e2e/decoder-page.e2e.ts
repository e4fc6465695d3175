import { test as base, expect, type ElectronApplication } from '@playwright/test';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { FrameOutcome, FrameWish } from '../../app/host/engine-messages.ts';
import { ffmpeg, hasFfmpeg, makeVideo, type VideoOptions } from '../helpers/make-video.ts';
import type { HostOptions } from './app.ts';
import type { DecoderUnderTest } from './decoder-page.main.ts';
import { launchElectron } from './hosts.ts';

/** The page that decodes videos, alone: what Chromium makes of good and of bad files. */

type Decoder = {
  readonly folder: string;
  readonly desktop: ElectronApplication;
  readonly take: (path: string, atMs: number, more?: Partial<FrameWish>) => Promise<FrameOutcome>;
  /** What befalls the page from now on. */
  readonly befall: (fault: DecoderUnderTest['fault']) => Promise<void>;
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
        desktop,
        take: (path, atMs, more = {}) =>
          desktop.evaluate(
            (_, wish) => {
              const { underTest } = globalThis as unknown as { underTest: DecoderUnderTest };
              return underTest.decoder.take(wish, new AbortController().signal);
            },
            { path, atMs, boxPx: 320, seek: 'exact' as const, ...more },
          ),
        befall: (fault) =>
          desktop.evaluate((_, wanted) => {
            (globalThis as unknown as { underTest: DecoderUnderTest }).underTest.fault = wanted;
          }, fault),
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

  test('says of bad files what is wrong with them, and goes on', async ({ decoder }) => {
    const make = (name: string, options: VideoOptions = {}): string => {
      const path = join(decoder.folder, name);
      makeVideo(path, options);
      return path;
    };
    const cut = async (name: string, options: VideoOptions, bytesLeft: (whole: Buffer) => number) => {
      const path = make(name, options);
      const whole = await readFile(path);
      await writeFile(path, whole.subarray(0, bytesLeft(whole)));
      return path;
    };
    const good = make('good.mp4');

    await test.step('ten hours', async () => {
      const path = join(decoder.folder, 'long.mp4');
      const picture = 'color=c=red:s=64x48:r=1/600';
      ffmpeg(['-f', 'lavfi', '-i', picture, '-t', '36000', '-g', '1', '-pix_fmt', 'yuv420p', path]);
      const taken = await decoder.take(path, 32_400_000);
      expect(await colorOf(taken)).toBe('red');
      expect(taken).toMatchObject({ timeMs: 32_400_000 });
    });

    await test.step('no frame at all', async () => {
      const path = join(decoder.folder, 'none.mp4');
      ffmpeg(['-i', good, '-c', 'copy', '-t', '0', path]);
      expect(['none', 'unreadable']).toContain((await decoder.take(path, 0)).status);
    });

    await test.step('an index that points behind the end', async () => {
      const options = { more: ['-movflags', '+faststart'] };
      const path = await cut('behind.mp4', options, (whole) => whole.indexOf('mdat') + 200);
      expect(['none', 'unreadable']).toContain((await decoder.take(path, 5_000)).status);
    });

    await test.step('an index that never came', async () => {
      const path = await cut('no-index.mp4', {}, () => 3_000);
      expect(await decoder.take(path, 0)).toMatchObject({ status: 'unreadable' });
    });

    await test.step('a recording that was cut off has the frames that are there', async () => {
      // Of a cluster that ends too early nothing is read: as in a camera's files, there are several.
      const options = { keyFrameEvery: 6, more: ['-cluster_time_limit', '1000'] };
      const path = await cut('cut.mkv', options, (whole) => Math.floor(whole.length / 2));
      expect(await colorOf(await decoder.take(path, 200))).toBe('red');
    });

    await test.step('HEVC, which only some systems decode', async () => {
      const outcome = await decoder.take(make('hevc.mov', { codec: 'libx265' }), 1_000);
      if (outcome.status !== 'taken') expect(outcome).toEqual({ status: 'no-decoder', codec: 'hevc' });
    });

    await test.step('what no browser knows', async () => {
      const path = make('mpeg4.mp4', { codec: 'mpeg4' });
      expect(await decoder.take(path, 1_000)).toMatchObject({ status: 'no-decoder' });
    });

    await test.step('a text, nothing, and no file', async () => {
      const text = join(decoder.folder, 'text.mp4');
      const empty = join(decoder.folder, 'empty.mp4');
      await writeFile(text, 'This is no video. '.repeat(400));
      await writeFile(empty, '');
      for (const path of [text, empty, join(decoder.folder, 'not-there.mp4')]) {
        expect(await decoder.take(path, 0)).toMatchObject({ status: 'unreadable' });
      }
    });

    // One page for all of them: nothing was broken off.
    const opened = await decoder.desktop.evaluate(
      () => (globalThis as unknown as { underTest: DecoderUnderTest }).underTest.opened,
    );
    expect(opened).toBe(1);
    expect(await colorOf(await decoder.take(good, 3_000))).toBe('green');
  });

  test('that crashes or hangs has that outcome for its file, and another page has the next one', async ({
    decoder,
  }) => {
    const path = join(decoder.folder, 'film.mp4');
    makeVideo(path);
    await decoder.befall('crash');
    expect(await decoder.take(path, 1_000)).toMatchObject({ status: 'crashed' });
    await decoder.befall('none');
    expect(await colorOf(await decoder.take(path, 3_000))).toBe('green');

    await decoder.desktop.evaluate(() => {
      (globalThis as unknown as { underTest: DecoderUnderTest }).underTest.beHasty(15_000);
    });
    await decoder.befall('hang');
    expect(await decoder.take(path, 1_000)).toEqual({ status: 'late', limitMs: 15_000 });
    await decoder.befall('none');
    await expect.poll(async () => colorOf(await decoder.take(path, 5_000))).toBe('blue');

    await test.step('a recording whose end was never written, which the parser goes round for ever', async () => {
      const hollow = join(decoder.folder, 'hollow.mkv');
      makeVideo(hollow);
      const bytes = await readFile(hollow);
      await writeFile(hollow, bytes.fill(0, Math.floor(bytes.length / 2)));
      expect(await decoder.take(hollow, 5_900)).toEqual({ status: 'late', limitMs: 15_000 });
      await expect.poll(async () => colorOf(await decoder.take(path, 1_000))).toBe('red');
    });
  });
});
