import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../app/platform/errors.ts';
import { planImageSize } from '../../app/imaging/image-size.ts';
import { inspectImage } from '../../app/imaging/header.ts';
import { renderParallelism, renderPhoto } from '../../app/imaging/render.ts';
import { findSizeRule } from '../../app/imaging/size-rules.ts';
import {
  brokenFiles,
  encodePhoto,
  makeBrokenFile,
  makePhoto,
  meanDifference,
  truncateFile,
  type PhotoOptions,
} from '../helpers/photos.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cutline-render-'));
});

afterAll(() => rm(folder, { recursive: true }));

function differingBits(one: string, other: string): number {
  return (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;
}

async function hashOf(options: PhotoOptions): Promise<string> {
  const photo = await encodePhoto(options);
  return (await renderPhoto(photo, { thumbnail: { boxPx: 512 }, perceptualHash: true })).perceptualHash;
}

/** The code of the error with which it ends, or `rendered`. */
async function outcomeOf(rendering: Promise<unknown>): Promise<string> {
  try {
    await rendering;
    return 'rendered';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

const gps = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } };
const model = { widthPx: 150, heightPx: 100 };

describe('inspectImage', () => {
  test('says the size after orientation', async () => {
    const photo = await encodePhoto({ widthPx: 90, heightPx: 60, orientation: 6 });
    expect(await inspectImage(photo)).toEqual({
      format: 'jpeg',
      widthPx: 90,
      heightPx: 60,
      orientation: 6,
      frameCount: 1,
      heldBytes: 0,
    });
  });

  test.each(['gif', 'webp'] as const)('counts the frames of an animated %s', async (format) => {
    const film = await encodePhoto({ widthPx: 40, heightPx: 30, format, frameCount: 3 });
    expect(await inspectImage(film)).toMatchObject({ widthPx: 40, heightPx: 30, frameCount: 3 });
  });

  test('does not take the pages of a TIFF for frames', async () => {
    const photo = await encodePhoto({ widthPx: 40, heightPx: 30, format: 'tiff' });
    expect(await inspectImage(photo)).toMatchObject({ format: 'tiff', frameCount: 1 });
  });

  test('refuses a picture with too many pixels by its header alone, and says how many', async () => {
    await expect(inspectImage(await brokenFiles.pixelBomb())).rejects.toMatchObject({
      code: 'image-too-large',
      details: { megapixels: 900 },
    });
  });
});

describe('renderPhoto', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('turns a photo of orientation %i upright', async (orientation) => {
    const upright = await encodePhoto({ widthPx: 300, heightPx: 200, format: 'png' });
    const photo = await encodePhoto({ widthPx: 300, heightPx: 200, format: 'png', orientation });
    const rendered = await renderPhoto(photo, { model });
    expect(rendered.model).toMatchObject({ ...model, mediaType: 'image/jpeg' });
    expect(await meanDifference(rendered.model.bytes, upright)).toBeLessThan(4);
  });

  const kinds: [string, PhotoOptions][] = [
    ['grey JPEG', { colors: 'grey' }],
    ['CMYK JPEG', { colors: 'cmyk' }],
    ['CMYK TIFF', { format: 'tiff', colors: 'cmyk' }],
    ['Display P3 JPEG', { colors: 'p3' }],
    ['16-bit PNG', { format: 'png', colors: '16-bit' }],
    ['16-bit TIFF', { format: 'tiff', colors: '16-bit' }],
    ['palette PNG', { format: 'png', colors: 'palette' }],
    ['grey PNG with transparency', { format: 'png', colors: 'grey', hasAlpha: true }],
    ['WebP', { format: 'webp' }],
    ['AVIF', { format: 'avif' }],
    ['GIF', { format: 'gif' }],
  ];
  test.each(kinds)('gives a %s as plain sRGB without metadata', async (_, options) => {
    const photo = await encodePhoto({ widthPx: 300, heightPx: 200, exif: gps, xmp: '<x/>', ...options });
    const { model: sent, thumbnail } = await renderPhoto(photo, { model, thumbnail: { boxPx: 60 } });
    for (const { bytes, widthPx, heightPx } of [sent, thumbnail]) {
      const { exif, icc, xmp, iptc, orientation, ...header } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp, iptc, orientation }).toEqual({});
      expect(header).toMatchObject({ format: 'jpeg', space: 'srgb', depth: 'uchar', channels: 3 });
      expect(header).toMatchObject({ width: widthPx, height: heightPx, isProgressive: false });
    }
    if (options.colors === 'cmyk' || options.hasAlpha) return;
    const plain = await encodePhoto({ widthPx: 300, heightPx: 200, format: 'png' });
    const expected = options.colors === 'grey' ? await sharp(plain).greyscale().toBuffer() : plain;
    expect(await meanDifference(sent.bytes, expected)).toBeLessThan(8);
  });

  test('fills transparency with white', async () => {
    const photo = await encodePhoto({
      widthPx: 300,
      heightPx: 200,
      format: 'png',
      hasAlpha: true,
      background: '#000',
    });
    const rendered = await renderPhoto(photo, { model });
    const { data } = await sharp(rendered.model.bytes).raw().toBuffer({ resolveWithObject: true });
    const middle = (50 * model.widthPx + 75) * 3;
    expect([...data.subarray(0, 3), ...data.subarray(middle, middle + 3)]).toEqual([0, 0, 0, 255, 255, 255]);
  });

  test('takes the first frame of an animation', async () => {
    const film = await encodePhoto({ widthPx: 300, heightPx: 200, format: 'webp', frameCount: 3, seed: 5 });
    const first = await encodePhoto({ widthPx: 300, heightPx: 200, format: 'png', seed: 5 });
    const rendered = await renderPhoto(film, { model });
    expect(await meanDifference(rendered.model.bytes, first)).toBeLessThan(8);
  });

  test('makes everything of one decoding, and exactly what was wished for', async () => {
    const photo = await encodePhoto({ widthPx: 1200, heightPx: 800 });
    const wish = { model: { widthPx: 600, heightPx: 400 }, thumbnail: { boxPx: 512 } };
    const rendered = await renderPhoto(photo, { ...wish, perceptualHash: true, colors: true });
    expect(Object.keys(rendered).toSorted()).toEqual(['colors', 'model', 'perceptualHash', 'thumbnail']);
    expect(rendered.thumbnail).toMatchObject({ widthPx: 512, heightPx: 341 });
    expect(rendered.perceptualHash).toMatch(/^[0-9a-f]{16}$/);
    expect(Object.keys(await renderPhoto(photo, { thumbnail: { boxPx: 512 } }))).toEqual(['thumbnail']);
    expect(Object.keys(await renderPhoto(photo, { colors: true }))).toEqual(['colors']);
  });

  test('never enlarges and never bends, also when the wish is older than the file', async () => {
    const photo = await encodePhoto({ widthPx: 120, heightPx: 80 });
    const { model: sent, thumbnail } = await renderPhoto(photo, {
      model: { widthPx: 768, heightPx: 1152 },
      thumbnail: { boxPx: 512 },
    });
    expect([sent, thumbnail]).toEqual([
      expect.objectContaining({ widthPx: 120, heightPx: 80 }),
      expect.objectContaining({ widthPx: 120, heightPx: 80 }),
    ]);
  });

  test.each([
    [1, 1],
    [1, 5000],
    [7000, 3],
  ])('renders a picture of %i×%i at the planned size', async (widthPx, heightPx) => {
    const photo = await encodePhoto({ widthPx, heightPx, format: 'png' });
    const planned = planImageSize({ widthPx, heightPx }, findSizeRule('gpt-4.1'), 'high');
    const rendered = await renderPhoto(photo, { model: planned, perceptualHash: true, colors: true });
    expect(rendered.model).toMatchObject({ widthPx: planned.widthPx, heightPx: planned.heightPx });
  });

  test('a smaller copy of a photo has nearly the same hash, another photo has not', async () => {
    const original = await hashOf({ widthPx: 1200, heightPx: 800 });
    const copy = await sharp(await encodePhoto({ widthPx: 1200, heightPx: 800 }))
      .resize(450)
      .webp({ quality: 60 })
      .toBuffer();
    const ofCopy = await renderPhoto(copy, { perceptualHash: true });
    expect(differingBits(original, ofCopy.perceptualHash)).toBeLessThanOrEqual(4);
    expect(differingBits(original, await hashOf({ seed: 2 }))).toBeGreaterThan(12);
  });

  test.each([
    ['empty', 'file-empty'],
    ['text', 'not-an-image'],
    ['noise', 'not-an-image'],
    ['truncated', 'file-damaged'],
    ['truncatedPng', 'file-damaged'],
    ['onlyMagic', 'file-damaged'],
    ['pixelBomb', 'image-too-large'],
    ['video', 'unsupported-format'],
    ['heic', 'file-damaged'],
  ] as const)('gives no picture of a file that is %s: %s', async (kind, code) => {
    const path = join(folder, `${kind}.jpg`);
    await makeBrokenFile(path, kind);
    await expect(renderPhoto(path, { model })).rejects.toMatchObject({ code });
    await expect(renderPhoto(await brokenFiles[kind](), { model })).rejects.toMatchObject({ code });
  });

  test.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)(
    'notices a cut off %s',
    async (format) => {
      const path = join(folder, `cut-off.${format}`);
      await makePhoto(path, { widthPx: 300, heightPx: 200, format });
      await truncateFile(path, 0.8);
      await expect(renderPhoto(path, { model })).rejects.toMatchObject({ code: 'file-damaged' });
    },
  );

  test('notices a hole in the middle of a JPEG', async () => {
    const photo = await encodePhoto({ widthPx: 600, heightPx: 400 });
    photo.fill(0xff, photo.length * 0.4, photo.length * 0.6);
    await expect(renderPhoto(photo, { model })).rejects.toMatchObject({ code: 'file-damaged' });
  });

  test('says that a file is gone, and takes any file name', async () => {
    await expect(renderPhoto(join(folder, 'gone.jpg'), { model })).rejects.toMatchObject({
      code: 'file-missing',
    });
    for (const name of ['a[page=1]', 'b [copy].jpg', '日本 #é%20.jpg']) {
      const path = join(folder, name);
      await makePhoto(path, { widthPx: 300, heightPx: 200 });
      expect((await renderPhoto(path, { model })).model).toMatchObject(model);
    }
  });

  test('any number of calls may be made at once, and those that wait can be canceled', async () => {
    const photo = await encodePhoto({ widthPx: 600, heightPx: 400 });
    const controller = new AbortController();
    const first = Array.from({ length: renderParallelism }, () => renderPhoto(photo, { model }));
    const waiting = Array.from({ length: 8 }, () =>
      renderPhoto(photo, { model }, { signal: controller.signal }),
    );
    const last = renderPhoto(photo, { model });
    controller.abort();
    expect(await Promise.all(waiting.map((rendering) => outcomeOf(rendering)))).toEqual(
      waiting.map(() => 'canceled'),
    );
    expect((await Promise.all([...first, last])).map((rendered) => rendered.model.widthPx)).toEqual(
      [...first, last].map(() => model.widthPx),
    );
  });

  test.skipIf(realPhotos === undefined)('renders every real JPEG', async () => {
    const names = await readdir(realPhoto('jpeg'));
    const rendered = await Promise.all(
      names.map((name) => renderPhoto(realPhoto(`jpeg/${name}`), { thumbnail: { boxPx: 512 } })),
    );
    expect(rendered.map(({ thumbnail }) => Math.max(thumbnail.widthPx, thumbnail.heightPx) <= 512)).toEqual(
      names.map(() => true),
    );
  });

  test.skipIf(realPhotos === undefined).each([
    ['formats/Epson_PerfectionV800.tiff', 'rendered'],
    ['formats/Issue_649.avif', 'rendered'],
    ['formats/Alpha_Lossy_1.webp', 'rendered'],
    ['formats/Animation_Lossy.webp', 'rendered'],
    // A JPEG, whatever its name says.
    ['formats/Issue_247-1.nef', 'rendered'],
    // Its preview would begin where the file ends.
    ['formats/IMG_1361.dng', 'file-damaged'],
    ['raw/Nikon.nef', 'no-preview'],
    ['formats/Canon-R6-pruned.CR3', 'rendered'],
    ['formats/IMG_1034.heic', 'rendered'],
    ['formats/2021-02-13-1929.heic', 'rendered'],
    ['formats/Canon.HIF', 'rendered'],
    ['formats/Sony.HIF', 'rendered'],
    ['formats/Reagan.jxl', 'rendered'],
    ['formats/exiv2-photoshop.psd', 'rendered'],
    // Saved without its flattened picture, as Photoshop's own note in it says.
    ['formats/10x12x16bit-CMYK.psd', 'no-preview'],
    // The head of a JPEG XL, and no more.
    ['raw/JXL2.jxl', 'file-damaged'],
    ['formats/with-gps.mov', 'unsupported-format'],
    ['sidecars/BlueSquare.xmp', 'sidecar'],
    ['broken/empty.jpg', 'file-empty'],
    ['broken/truncated.jpg', 'file-damaged'],
    ['broken/text.jpg', 'not-an-image'],
    ['broken/noise.jpg', 'not-an-image'],
    ['broken/video-named.jpg', 'unsupported-format'],
    ['broken/fuzzed-21.tif', 'file-damaged'],
    // Sound perhaps, but compressed in a way that this decoder lacks.
    ['broken/1af8e95246f4cfa4e5e58f67d6428ea3.tif', 'unsupported-format'],
    ['broken/issue_1793_poc.heic', 'file-damaged'],
    ['broken/issue_855_poc.psd', 'file-damaged'],
  ])('the real %s: %s', async (path, outcome) => {
    const rendering = renderPhoto(realPhoto(path), { thumbnail: { boxPx: 512 } });
    expect(await outcomeOf(rendering)).toBe(outcome);
  });
});
