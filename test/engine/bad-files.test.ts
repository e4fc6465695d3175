import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messageFor } from '../../app/contract/messages/en.ts';
import { brokenFiles, encodePhoto } from '../helpers/photos.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';
import { photoOf, useBench, writeOld, type Bench, type TestEngine } from '../helpers/engine.ts';

/**
 * Each bad file has its defined outcome, stops nothing, and is never sent: everything that the emulator got, it could
 * look at. `failed` is something that a person can mend; `skipped` is not for this release, or no photo at all.
 */
async function describeFolder(bench: Bench, folder: string): Promise<TestEngine> {
  const engine = await bench.open();
  // The same here and on a machine without ffmpeg; what comes of videos with it is told in videos.test.ts.
  await engine.engine.call('setting.set', { ffmpegPath: join(bench.library, 'no-such-ffmpeg') });
  await engine.scan(folder);
  const run = await engine.describeRest();
  expect(run?.state ?? 'finished').toBe('finished');
  return engine;
}

/** What was sent was one good picture for each photo that is described. */
async function expectOnlyGoodWasSent(bench: Bench, engine: TestEngine): Promise<number> {
  const connectionId = engine.connection.id;
  const { described } = await engine.engine.call('description.count', { connectionId });
  const { files } = await engine.engine.call('description.report', { connectionId, limit: 500 });
  expect(bench.emulator.totals()).toMatchObject({ requests: described, answered: described });
  for (const { error } of files) {
    const sentence = messageFor(error ?? { code: 'internal' });
    expect(sentence).toMatch(/^[A-Z].{10,}\.$/);
    expect(sentence).not.toMatch(/undefined|\[object/);
  }
  return described;
}

test('every kind of bad file that we can make has its outcome, and the good ones beside it are described', async () => {
  const bench = await useBench();
  const write = async (name: string, bytes: Uint8Array | Promise<Uint8Array>): Promise<void> => {
    await writeOld(join(bench.photos, name), await bytes);
  };
  await write('empty.jpg', brokenFiles.empty());
  await write('text.jpg', brokenFiles.text());
  await write('noise.png', brokenFiles.noise());
  await write('truncated.jpg', brokenFiles.truncated());
  await write('truncated.png', brokenFiles.truncatedPng());
  await write('hole.jpg', brokenFiles.withHole());
  await write('only-magic.jpg', brokenFiles.onlyMagic());
  await write('bomb.png', brokenFiles.pixelBomb());
  await write('video.jpg', brokenFiles.video());
  await write('phone.heic', brokenFiles.heic());
  await write('notes.txt', Buffer.from('shopping'));
  await write('photo.xmp', Buffer.from('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'));
  // Odd, and good.
  await write('one-pixel.png', encodePhoto({ widthPx: 1, heightPx: 1, format: 'png', background: 'red' }));
  await write('stripe.jpg', encodePhoto({ widthPx: 3000, heightPx: 2, background: 'blue' }));
  await write('cmyk.jpg', encodePhoto({ widthPx: 300, heightPx: 200, colors: 'cmyk', seed: 2 }));
  await write(
    '16-bit.png',
    encodePhoto({ widthPx: 300, heightPx: 200, colors: '16-bit', format: 'png', seed: 3 }),
  );
  await write(
    '16-bit.tiff',
    encodePhoto({ widthPx: 300, heightPx: 200, colors: '16-bit', format: 'tiff', seed: 4 }),
  );
  await write(
    'animated.gif',
    encodePhoto({ widthPx: 120, heightPx: 80, frameCount: 3, format: 'gif', seed: 5 }),
  );
  await write(
    'animated.webp',
    encodePhoto({ widthPx: 120, heightPx: 80, frameCount: 3, format: 'webp', seed: 6 }),
  );
  await write(
    'see-through.png',
    encodePhoto({ widthPx: 120, heightPx: 80, hasAlpha: true, format: 'png', seed: 7 }),
  );
  await write('really-a-png.jpg', encodePhoto({ widthPx: 120, heightPx: 80, format: 'png', seed: 8 }));
  await write('naïve café – 写真 "1".jpg', photoOf(9));
  await mkdir(join(bench.photos, 'folder.jpg'));
  symlinkSync(bench.photos, join(bench.photos, 'loop'));
  symlinkSync(join(bench.photos, 'nowhere.jpg'), join(bench.photos, 'dangling.jpg'));
  if (process.platform !== 'win32') execFileSync('mkfifo', [join(bench.photos, 'pipe.jpg')]);

  const engine = await describeFolder(bench, bench.photos);

  expect(await engine.report()).toEqual({
    'empty.jpg': 'failed file-empty',
    'text.jpg': 'failed not-an-image',
    'noise.png': 'failed not-an-image',
    'truncated.jpg': 'failed file-damaged',
    'truncated.png': 'failed file-damaged',
    'hole.jpg': 'failed file-damaged',
    'only-magic.jpg': 'failed file-damaged',
    'bomb.png': 'failed image-too-large',
    'video.jpg': 'failed file-damaged',
    'phone.heic': 'failed file-damaged',
    'notes.txt': 'skipped not-a-photo',
    'photo.xmp': 'skipped sidecar',
  });
  expect(await expectOnlyGoodWasSent(bench, engine)).toBe(10);
  // A second look changes nothing and sends nothing.
  await engine.scan();
  expect(await engine.isDone()).toBe(true);
});

test('a bad file that was mended is described; a good one that went bad says so and keeps its description', async () => {
  const bench = await useBench();
  const mended = join(bench.photos, 'mended.jpg');
  const spoiled = join(bench.photos, 'spoiled.jpg');
  await writeOld(mended, await brokenFiles.truncated());
  await writeOld(spoiled, await photoOf(1));
  const engine = await describeFolder(bench, bench.photos);
  expect(await engine.report()).toEqual({ 'mended.jpg': 'failed file-damaged' });

  await writeOld(mended, await encodePhoto({ widthPx: 600, heightPx: 400 }));
  await writeOld(spoiled, await brokenFiles.text());
  await engine.scan();
  await engine.describeRest();
  expect(await engine.captionOf(mended)).toMatch(/reads/);
  // What was said of it is not forgotten.
  expect(await engine.show(spoiled)).toMatchObject({
    state: 'unreadable',
    error: { code: 'not-an-image' },
    description: { caption: { owner: 'model' } },
  });
  expect(await engine.engine.call('library.status', {})).toMatchObject({ problems: 1, described: 2 });
});

test('a file that could not be read is read once more when a person asks for it, though it looks the same', async () => {
  const bench = await useBench();
  const path = join(bench.photos, 'hole.jpg');
  await writeOld(path, await brokenFiles.withHole());
  const engine = await describeFolder(bench, bench.photos);
  const broken = await engine.show(path);
  expect(broken.failure?.error.code).toBe('file-damaged');
  const failed = () => engine.engine.call('search.query', { query: 'is:failed' });
  expect((await failed()).photos).toMatchObject([{ path, failure: { code: 'file-damaged' } }]);

  // The card reads well today: the same size and time.
  const { mtime } = await stat(path);
  await writeFile(path, await encodePhoto({ widthPx: 1200, heightPx: 800, seed: 11 }));
  await utimes(path, mtime, mtime);
  await engine.scan();
  expect((await failed()).total).toBe(1);
  const photos = { assetIds: [broken.id] };
  expect(await engine.engine.call('queue.retry', { photos })).toEqual({ photos: 1 });
  await engine.engine.whenIdle(['ingest']);
  expect(await engine.show(path)).toMatchObject({ state: 'ready', error: null, failure: null });
  expect((await failed()).total).toBe(0);
  await engine.describeRest();
  expect(await engine.captionOf(path)).toMatch(/reads/);
});

const unsupported = 'skipped unsupported-format';
const noPreview = 'skipped no-preview';
const damaged = 'failed file-damaged';
const needsDecoder = 'skipped no-video-decoder';
const expectedOf: Readonly<
  Record<string, { described: number; byName?: Readonly<Record<string, string>>; others: string }>
> = {
  broken: {
    // Four of the corrupt TIFFs are pictures all the same, and a JPEG XL that once broke another program.
    described: 5,
    byName: {
      '1af8e95246f4cfa4e5e58f67d6428ea3.tif': unsupported,
      'empty.jpg': 'failed file-empty',
      'fuzzed-21.tif': damaged,
      'issue_1793_poc.heic': damaged,
      'issue_855_poc.psd': damaged,
      'noise.jpg': 'failed not-an-image',
      'text.jpg': 'failed not-an-image',
      'truncated.jpg': damaged,
      'video-named.jpg': needsDecoder,
      'issue_1713_poc.xmp': 'skipped sidecar',
      'issue_1821_poc.xmp': 'skipped sidecar',
      'issue_1901_poc1.xmp': 'skipped sidecar',
      'issue_1959_poc.xmp': 'skipped sidecar',
      'issue_851_poc.xmp': 'skipped sidecar',
    },
    // What was made to break programs: videos, HEIC and RAW files.
    others: damaged,
  },
  formats: {
    // One of them the movie of an old camera, whose frames are JPEGs.
    described: 18,
    byName: { 'IMG_1361.dng': damaged, '10x12x16bit-CMYK.psd': noPreview },
    others: needsDecoder,
  },
  // Heads of files, cut down to their facts.
  raw: { described: 0, byName: { 'JXL2.jxl': damaged, 'QuickTime.heic': damaged }, others: noPreview },
  sidecars: { described: 0, others: 'skipped sidecar' },
};

test.skipIf(realPhotos === undefined).each(Object.entries(expectedOf))(
  'real files: %s',
  async (name, { described, byName = {}, others }) => {
    const bench = await useBench();
    const engine = await describeFolder(bench, realPhoto(name));
    expect(await expectOnlyGoodWasSent(bench, engine)).toBe(described);
    const report = await engine.report();
    // Every file is accounted for.
    expect(Object.keys(report)).toHaveLength((await readdir(realPhoto(name))).length - described);
    const expected = Object.fromEntries(Object.keys(report).map((file) => [file, byName[file] ?? others]));
    expect(report).toEqual(expected);
  },
  // Pictures of 50 megapixels, on a machine that does other things too.
  300_000,
);
