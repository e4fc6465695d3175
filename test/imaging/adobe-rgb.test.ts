import sharp from 'sharp';
import { expect, test } from 'vitest';
import { renderPhoto } from '../../app/imaging/render.ts';
import { makeRaw } from '../helpers/camera-files.ts';

/**
 * Adobe RGB (120, 200, 100) in sRGB: by the matrix and gamma 563/256 of the Adobe RGB (1998) specification to light, by sRGB's
 * of IEC 61966-2-1 back.
 */
const stored = { r: 120, g: 200, b: 100 };
const expected = toSrgb(stored);

function toSrgb({ r, g, b }: { r: number; g: number; b: number }): number[] {
  const [red, green, blue] = [r, g, b].map((value) => (value / 255) ** (563 / 256)) as [
    number,
    number,
    number,
  ];
  const [x, y, z] = [
    0.57667 * red + 0.18556 * green + 0.18823 * blue,
    0.29734 * red + 0.62736 * green + 0.07529 * blue,
    0.02703 * red + 0.07069 * green + 0.99134 * blue,
  ];
  return [
    3.2406 * x - 1.5372 * y - 0.4986 * z,
    -0.9689 * x + 1.8758 * y + 0.0415 * z,
    0.0557 * x - 0.204 * y + 1.057 * z,
  ].map((light) => {
    const cut = Math.min(1, Math.max(0, light));
    return 255 * (cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055);
  });
}

type Numbers = { readonly colorSpace: number; readonly index?: string };

/** TIFF: IFD 0 → Exif IFD with ColorSpace → interoperability IFD with its index. */
function exifBlock({ colorSpace, index }: Numbers): Buffer {
  const [exifAt, indexAt] = [8 + 18, 8 + 18 + 30];
  const tiff = Buffer.alloc(indexAt + 18);
  tiff.write('II*\0', 0, 'latin1');
  tiff.writeUInt32LE(8, 4);
  const entry = (at: number, tag: number, type: number, count: number, value: number | string): void => {
    tiff.writeUInt16LE(tag, at);
    tiff.writeUInt16LE(type, at + 2);
    tiff.writeUInt32LE(count, at + 4);
    if (typeof value === 'string') tiff.write(`${value}\0`, at + 8, 'latin1');
    else tiff.writeUInt32LE(value, at + 8);
  };
  tiff.writeUInt16LE(1, 8);
  entry(10, 0x87_69, 4, 1, exifAt);
  tiff.writeUInt16LE(index === undefined ? 1 : 2, exifAt);
  entry(exifAt + 2, 0xa0_01, 3, 1, colorSpace);
  entry(exifAt + 14, 0xa0_05, 4, 1, indexAt);
  tiff.writeUInt16LE(1, indexAt);
  entry(indexAt + 2, 0x00_01, 2, 4, index ?? '');
  return tiff;
}

async function plainJpeg(): Promise<Buffer> {
  return sharp({ create: { width: 400, height: 300, channels: 3, background: stored } })
    .jpeg({ quality: 98, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

async function jpegWith(numbers: Numbers): Promise<Buffer> {
  const jpeg = await plainJpeg();
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifBlock(numbers)]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

async function colorOf(file: Buffer): Promise<number[]> {
  const { model } = await renderPhoto(file, { model: { widthPx: 40, heightPx: 30 } });
  const { channels } = await sharp(model.bytes).stats();
  return channels.map(({ mean }) => mean);
}

/** How far two colours are apart, of the channel in which they differ most. */
function distance(found: readonly number[], wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, index) => Math.abs((found[index] ?? Number.NaN) - value)));
}

test.each<[string, Numbers]>([
  ['by DCF’s index', { colorSpace: 0xff_ff, index: 'R03' }],
  ['as older cameras say it', { colorSpace: 2 }],
])('a JPEG in Adobe RGB without a profile, %s, is shown in its colours', async (_, numbers) => {
  expect(distance(await colorOf(await jpegWith(numbers)), expected)).toBeLessThan(3);
});

test.each<[string, Numbers]>([
  ['sRGB', { colorSpace: 1, index: 'R98' }],
  ['nothing that is known', { colorSpace: 0xff_ff }],
])('a JPEG that says %s is taken for sRGB', async (_, numbers) => {
  expect(distance(await colorOf(await jpegWith(numbers)), [stored.r, stored.g, stored.b])).toBeLessThan(3);
});

test.each(['cr2', 'cr3'] as const)(
  'the preview of a %s in Adobe RGB is shown in its colours',
  async (format) => {
    const previews = [await plainJpeg()];
    const raw = makeRaw({ format, previews, colorSpace: 0xff_ff });
    expect(distance(await colorOf(raw), expected)).toBeLessThan(3);
    expect(
      distance(await colorOf(makeRaw({ format, previews, colorSpace: 1 })), [stored.r, stored.g, stored.b]),
    ).toBeLessThan(3);
  },
);
