import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { renderPhoto } from '../../app/imaging/render.ts';
import { makePsd } from '../helpers/camera-files.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

/** What is left of files that heavy decoders read: shown when a part is enough, and never else. */

const wish = { thumbnail: { boxPx: 256 } };

async function partOf(bytes: Uint8Array) {
  await expect(renderPhoto(bytes, wish)).rejects.toMatchObject({ code: 'file-damaged' });
  const { thumbnail } = await renderPhoto(bytes, { ...wish, isPartial: true });
  return thumbnail;
}

/** Red, green and blue in the middle of a band of rows, from 0 (top) to 1. */
async function colorAt({ bytes, widthPx, heightPx }: Awaited<ReturnType<typeof partOf>>, share: number) {
  const data = await sharp(bytes).raw().toBuffer();
  const at = (Math.floor(share * heightPx) * widthPx + Math.floor(widthPx / 2)) * 3;
  return [...data.subarray(at, at + 3)];
}

/** The largest difference of any of the three. */
function distance(color: readonly number[], wanted: readonly number[]): number {
  return Math.max(...wanted.map((value, index) => Math.abs((color[index] ?? Infinity) - value)));
}

const near = 8;

describe('a Photoshop document that ends early', () => {
  const size = { widthPx: 256, heightPx: 128 };

  test.each([8, 16] as const)(
    'shows the colours that are there, the first one for the others (%i bits)',
    async (depthBits) => {
      const psd = makePsd({ ...size, mode: 'rgb', fill: [200, 100, 50], depthBits });
      // Blue, the last one, ends in the middle of the picture; then green has all its rows, and blue none.
      const rowBytes = (size.widthPx * depthBits) / 8;
      const inBlue = await partOf(psd.subarray(0, psd.length - rowBytes * 64));
      expect(distance(await colorAt(inBlue, 0.2), [200, 100, 50])).toBeLessThan(near);
      expect(distance(await colorAt(inBlue, 0.8), [200, 100, 200])).toBeLessThan(near);
      const withoutGreen = await partOf(psd.subarray(0, psd.length - rowBytes * 256));
      expect(distance(await colorAt(withoutGreen, 0.5), [200, 200, 200])).toBeLessThan(near);
    },
  );

  test('shows rows that are packed up to the cut', async () => {
    const psd = makePsd({ ...size, mode: 'rgb', fill: [200, 100, 50], isPacked: true });
    expect(
      distance(await colorAt(await partOf(psd.subarray(0, psd.length - 20)), 0.2), [200, 100, 50]),
    ).toBeLessThan(near);
  });

  test('shows its thumbnail where it ends before the picture', async () => {
    const jpeg = await encodePhoto({ widthPx: 80, heightPx: 40 });
    const thumbnail = { jpeg, widthPx: 80, heightPx: 40 };
    const psd = makePsd({ ...size, mode: 'rgb', fill: [0, 0, 0], thumbnail });
    const end = psd.indexOf(jpeg) + jpeg.length + (jpeg.length % 2) + 4;
    const shown = await partOf(psd.subarray(0, end));
    expect([shown.widthPx, shown.heightPx]).toEqual([80, 40]);
    const [of, as] = await Promise.all([sharp(jpeg).stats(), sharp(shown.bytes).stats()]);
    const [shownMeans, means] = [as, of].map(({ channels }) => channels.map(({ mean }) => mean));
    expect(distance(shownMeans ?? [], means ?? [])).toBeLessThan(near);
  });

  test('of which nothing is there shows nothing', async () => {
    const psd = makePsd({ ...size, mode: 'rgb', fill: [1, 2, 3] });
    for (const length of [20, 40, 100]) {
      await expect(renderPhoto(psd.subarray(0, length), { ...wish, isPartial: true })).rejects.toMatchObject({
        code: 'file-damaged',
      });
    }
  });
});

describe.skipIf(realPhotos === undefined)('a real photo that ends early', () => {
  test.each([
    // Tiles from the top.
    ['formats/IMG_1034.heic', 0.5, 0.2],
    // Coarse first, then finer.
    ['formats/Reagan.jxl', 0.7, 1],
  ] as const)(
    '%s with %f of its bytes shows its part',
    async (name, share, rows) => {
      const bytes = await readFile(realPhoto(name));
      const { thumbnail: whole } = await renderPhoto(bytes, wish);
      const part = await partOf(bytes.subarray(0, Math.floor(bytes.length * share)));
      expect([part.widthPx, part.heightPx]).toEqual([whole.widthPx, whole.heightPx]);
      const area = { left: 0, top: 0, width: whole.widthPx, height: Math.floor(whole.heightPx * rows) };
      const difference = await sharp(await sharp(part.bytes).extract(area).png().toBuffer())
        .composite([{ input: await sharp(whole.bytes).extract(area).png().toBuffer(), blend: 'difference' }])
        .png()
        .toBuffer();
      const { channels } = await sharp(difference).stats();
      expect(Math.max(...channels.slice(0, 3).map(({ mean }) => mean))).toBeLessThan(16);
    },
    120_000,
  );

  test('shows nothing where nothing of the picture is there', async () => {
    const bytes = await readFile(realPhoto('formats/IMG_1034.heic'));
    await expect(renderPhoto(bytes.subarray(0, 8_000), { ...wish, isPartial: true })).rejects.toMatchObject({
      code: 'file-damaged',
    });
  }, 120_000);
});
