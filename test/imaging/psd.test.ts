import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { inspectImage } from '../../app/imaging/header.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { makePsd, type PsdPhoto } from '../helpers/camera-files.ts';

const size = { widthPx: 200, heightPx: 120 };
const ways: readonly Partial<PsdPhoto>[] = [
  {},
  { isPacked: true },
  { depthBits: 16 },
  { depthBits: 16, isPacked: true },
  { isPacked: true, isLarge: true },
];

async function colorOf(psd: Buffer): Promise<number[]> {
  const { thumbnail } = await renderPhoto(psd, { thumbnail: { boxPx: 64 } });
  const { data } = await sharp(thumbnail.bytes).raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray(0, 3)];
}

describe('a Photoshop document', () => {
  test.each(ways)('gives its colours as they are: %o', async (way) => {
    const psd = makePsd({ ...size, mode: 'rgb', fill: [200, 100, 50], ...way });
    expect(await inspectImage(psd)).toMatchObject({ format: 'psd', ...size });
    for (const [index, value] of (await colorOf(psd)).entries()) {
      expect(Math.abs(value - [200, 100, 50][index]!)).toBeLessThanOrEqual(2); // why: three of three
    }
  });

  test('leaves out channels that hold saved selections', async () => {
    const [red, green, blue] = await colorOf(makePsd({ ...size, mode: 'rgb', fill: [10, 10, 240, 0] }));
    expect([red, green].every((value) => value !== undefined && value < 14)).toBe(true);
    expect(blue).toBeGreaterThan(236);
  });

  test('shows ink as ink: none is white, all of it is dark', async () => {
    const blank = await colorOf(makePsd({ ...size, mode: 'cmyk', fill: [255, 255, 255, 255] }));
    const black = await colorOf(makePsd({ ...size, mode: 'cmyk', fill: [255, 255, 255, 0] }));
    expect(Math.min(...blank)).toBeGreaterThan(250);
    expect(Math.max(...black)).toBeLessThan(70);
  });

  test('knows grey, and the middle of Lab', async () => {
    expect(await colorOf(makePsd({ ...size, mode: 'grey', fill: [90] }))).toEqual([90, 90, 90]);
    // L* 53.585 without any colour is the grey 128 of sRGB.
    const lab = await colorOf(makePsd({ ...size, mode: 'lab', fill: [Math.round(53.585 * 2.55), 128, 128] }));
    for (const value of lab) expect(Math.abs(value - 128)).toBeLessThanOrEqual(3);
  });

  test('without its flattened picture says so, and cut off it is damaged', async () => {
    const layersOnly = makePsd({ ...size, mode: 'rgb', fill: [255, 255, 255], hasPicture: false });
    await expect(renderPhoto(layersOnly, { thumbnail: { boxPx: 64 } })).rejects.toMatchObject({
      code: 'no-preview',
      details: { reason: 'not-flattened' },
    });
    const whole = makePsd({ ...size, mode: 'rgb', fill: [1, 2, 3] });
    for (const length of [20, 40, whole.length - 1]) {
      await expect(
        renderPhoto(whole.subarray(0, length), { thumbnail: { boxPx: 64 } }),
      ).rejects.toMatchObject({ code: 'file-damaged' });
    }
  });
});
