import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { inspectImage } from '../../app/imaging/header.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { makeHeic, type HeicPhoto } from '../helpers/heic.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

const size = { widthPx: 96, heightPx: 64 };

function flat(color: readonly [number, number, number], more: Partial<HeicPhoto> = {}): Buffer {
  return makeHeic({ ...size, colorAt: () => color, ...more });
}

async function pixelsOf(heic: Uint8Array): Promise<Buffer> {
  const { thumbnail } = await renderPhoto(heic, { thumbnail: { boxPx: 512 } });
  return sharp(thumbnail.bytes).raw().toBuffer();
}

/** The largest difference of the first pixel's red, green and blue from what is expected. */
async function colorError(heic: Uint8Array, expected: readonly number[]): Promise<number> {
  const pixels = await pixelsOf(heic);
  return Math.max(...expected.map((value, part) => Math.abs((pixels[part] ?? 0) - value)));
}

/** The matrix of CSS Color 4 (§10.8) from linear Display P3 to linear sRGB, and sRGB's curve, which both have. */
function p3ToSrgb(color: readonly number[]): number[] {
  const matrix = [
    [1.224_940_18, -0.224_940_18, 0],
    [-0.042_056_96, 1.042_056_96, 0],
    [-0.019_637_55, -0.078_636_05, 1.098_273_6],
  ];
  const light = color.map((value) => {
    const signal = value / 255;
    return signal <= 0.040_45 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;
  });
  return matrix.map((row) => {
    const sum = row.reduce((total, weight, part) => total + weight * (light[part] ?? 0), 0);
    const clipped = Math.min(Math.max(sum, 0), 1);
    return Math.round(
      255 * (clipped <= 0.003_130_8 ? 12.92 * clipped : 1.055 * clipped ** (1 / 2.4) - 0.055),
    );
  });
}

/** Red above; below, green on the left and blue on the right. */
function threeColors(x: number, y: number): readonly [number, number, number] {
  if (y < 32) return [200, 40, 40];
  return x < 48 ? [40, 200, 40] : [40, 40, 200];
}

describe('a HEIC', () => {
  test('is as large as it is when it is upright, and its colours are where they were', async () => {
    const heic = makeHeic({ ...size, colorAt: threeColors, turns: 1 });
    expect(await inspectImage(heic)).toMatchObject({
      format: 'heic',
      widthPx: 64,
      heightPx: 96,
      orientation: 1,
    });
    const pixels = await pixelsOf(heic);
    const mainAt = (x: number, y: number) => {
      const parts = [...pixels.subarray((y * 64 + x) * 3, (y * 64 + x) * 3 + 3)];
      return ['red', 'green', 'blue'][parts.indexOf(Math.max(...parts))];
    };
    // A quarter against the clock: the top is on the left, the right is on top.
    expect([mainAt(8, 8), mainAt(8, 88), mainAt(56, 8), mainAt(56, 88)]).toEqual([
      'red',
      'red',
      'blue',
      'green',
    ]);
  });

  test('in sRGB keeps its colours', async () => {
    expect(await colorError(flat([180, 90, 60]), [180, 90, 60])).toBeLessThanOrEqual(3);
  });

  test.each([[[180, 90, 60]], [[60, 160, 90]], [[70, 90, 200]], [[128, 128, 128]]] as const)(
    'in Display P3 %j becomes sRGB, by its numbers and by a profile',
    async (color) => {
      const expected = p3ToSrgb(color);
      expect(
        await colorError(flat(color, { nclx: { primaries: 12, transfer: 13 } }), expected),
      ).toBeLessThanOrEqual(3);
      const { icc } = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
        .withIccProfile('p3')
        .png()
        .toBuffer()
        .then((png) => sharp(png).metadata());
      if (icc === undefined) throw new Error('sharp brings the profile of Display P3');
      expect(await colorError(flat(color, { profile: icc }), expected)).toBeLessThanOrEqual(3);
    },
  );

  test('for HDR screens is bright where paper would be white, and grey stays grey', async () => {
    // SMPTE ST 2084: 203 candelas, the white of BT.2408, is signal 0.58; a tenth of that 0.36.
    const pq = { primaries: 9, transfer: 16 };
    const white = await pixelsOf(flat([148, 148, 148], { nclx: pq }));
    const middle = await pixelsOf(flat([92, 92, 92], { nclx: pq }));
    expect(white[0]).toBeGreaterThan(225);
    expect(middle[0]).toBeGreaterThan(80);
    expect(middle[0]).toBeLessThan(105);
    for (const pixels of [white, middle]) {
      expect(Math.abs((pixels[0] ?? 0) - (pixels[2] ?? 255))).toBeLessThanOrEqual(3);
    }
  });

  test('that ends early is damaged, and is never half a picture', async () => {
    const heic = flat([180, 90, 60]);
    for (const share of [0.02, 0.5, 0.99]) {
      const cut = heic.subarray(0, Math.floor(heic.length * share));
      await expect(renderPhoto(cut, { thumbnail: { boxPx: 512 } })).rejects.toMatchObject({
        code: 'file-damaged',
      });
    }
  });

  test('with too many pixels is refused by its header alone', async () => {
    const heic = flat([1, 2, 3]);
    const sizeAt = heic.indexOf('ispe') + 8;
    heic.writeUInt32BE(40_000, sizeAt);
    heic.writeUInt32BE(30_000, sizeAt + 4);
    await expect(renderPhoto(heic, { thumbnail: { boxPx: 512 } })).rejects.toMatchObject({
      code: 'image-too-large',
      details: { megapixels: 1200 },
    });
  });
});

test.skipIf(realPhotos === undefined)(
  'the real phone photos are as large as ExifTool and their turns say',
  async () => {
    const sizes = await Promise.all(
      ['IMG_1034.heic', '2021-02-13-1929.heic', 'Canon.HIF', 'Sony.HIF'].map(async (name) => {
        const { widthPx, heightPx } = await inspectImage(realPhoto(`formats/${name}`));
        return [widthPx, heightPx];
      }),
    );
    expect(sizes).toEqual([
      [4032, 3024],
      [3024, 4032],
      [2400, 1600],
      [8640, 5760],
    ]);
  },
);
