import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { sniffFormat } from '../../app/imaging/sniff.ts';
import { findEmptyPart } from '../../app/metadata/find-empty-part.ts';
import { createRandom } from '../helpers/random.ts';
import { realPhotos } from '../helpers/real-photos.ts';

const side = 600;

/** Grain, as no encoder can make small. */
function grain(): Sharp {
  const random = createRandom(7);
  const pixels = Uint8Array.from({ length: side * side * 3 }, () => Math.floor(random() * 256));
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
}

const even = (grey: number): Sharp =>
  sharp({ create: { width: 1_600, height: 1_200, channels: 3, background: { r: grey, g: grey, b: grey } } });

const formats: readonly (readonly [string, (picture: Sharp) => Promise<Buffer>])[] = [
  ['jpeg', (picture) => picture.jpeg({ quality: 95 }).toBuffer()],
  ['webp', (picture) => picture.webp({ quality: 95 }).toBuffer()],
];

describe.each(formats)('%s', (format, encode) => {
  test.each([0, 0xff])('with blocks of %i in the middle is known to be damaged, and where', async (fill) => {
    const bytes = await encode(grain());
    expect(findEmptyPart(bytes, format)).toBeUndefined();
    const hole = { start: 40_960, end: 40_960 + 8_192 };
    bytes.fill(fill, hole.start, hole.end);
    expect(findEmptyPart(bytes, format)).toEqual(hole);
  });

  test('that is empty from a block on to its end is damaged too', async () => {
    const bytes = await encode(grain());
    bytes.fill(0, 61_440, bytes.length - 2);
    expect(findEmptyPart(bytes, format)?.start).toBe(61_440);
  });

  test.each([0, 128, 255])('of one even tone (%i) is as its photographer wanted it', async (grey) => {
    expect(findEmptyPart(await encode(even(grey)), format)).toBeUndefined();
  });
});

test('an even picture whose codes are all zeros is no damage', async () => {
  for (const grey of [0, 255]) {
    const plain = even(grey).jpeg({ optimiseCoding: true, chromaSubsampling: '4:4:4' });
    expect(findEmptyPart(await plain.toBuffer(), 'jpeg')).toBeUndefined();
    expect(findEmptyPart(await even(grey).jpeg({ progressive: true }).toBuffer(), 'jpeg')).toBeUndefined();
  }
});

test('a decoder says nothing of it: that is why it is looked for', async () => {
  const bytes = await grain().jpeg({ quality: 95 }).toBuffer();
  bytes.fill(0, 40_960, 49_152);
  const { info } = await sharp(bytes, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
  expect(info.width).toBe(side);
});

test.skipIf(realPhotos === undefined)('no real photo is taken for a damaged one', () => {
  const folder = realPhotos ?? '';
  const found = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ parentPath, name }) => {
      const bytes = readFileSync(join(parentPath, name));
      return findEmptyPart(bytes, sniffFormat(bytes, name).format) === undefined ? [] : [name];
    });
  expect(found).toEqual([]);
});
