import { assert, integer, property, uint8Array } from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { findColors } from '../../app/imaging/colors.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { encodePhoto } from '../helpers/photos.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

/** What is said of a picture drawn in SVG, 300 × 200. */
async function colorsOf(content: string) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200">${content}</svg>`;
  const photo = await sharp(Buffer.from(svg)).flatten().jpeg({ quality: 90 }).toBuffer();
  return (await renderPhoto(photo, { colors: true })).colors;
}

const all = (color: string) => `<rect width="300" height="200" fill="${color}"/>`;

/** A grey street with a red box. */
const street = (boxWidthPx: number) =>
  `${all('#8a8a8a')}<rect x="100" y="40" width="${boxWidthPx}" height="120" fill="#d01818"/>`;

describe('findColors', () => {
  test.each([
    ['#000000', 'black'],
    ['#ffffff', 'white'],
    ['#808080', 'grey'],
    ['#c81e1e', 'red'],
    ['#ee7711', 'orange'],
    ['#f5d90a', 'yellow'],
    ['#3a8f3a', 'green'],
    ['#20908c', 'teal'],
    ['#3a78d0', 'blue'],
    ['#15295c', 'navy'],
    ['#7a2fb0', 'purple'],
    ['#f090b4', 'pink'],
    ['#6e4a2a', 'brown'],
    ['#e0d0b0', 'beige'],
  ])('calls %s %s', async (color, name) => {
    expect((await colorsOf(all(color))).names).toEqual([name]);
  });

  test('names the main colours of a landscape, most first', async () => {
    const meadow = `${all('#7fb2e5')}<rect y="80" width="300" height="120" fill="#4f8a34"/>`;
    expect(await colorsOf(meadow)).toMatchObject({ names: ['green', 'blue'], isMonochrome: false });
  });

  test('sees a strong colour in a grey street, and no speck of one', async () => {
    expect((await colorsOf(street(50))).names.toSorted()).toEqual(['grey', 'red']);
    expect(await colorsOf(street(5))).toMatchObject({ names: ['grey'], isMonochrome: false });
  });

  test('knows the mean of all pixels', () => {
    expect(findColors(Uint8Array.of(255, 0, 10, 1, 0, 20)).average).toBe(0x80_00_0f);
    expect(findColors(Uint8Array.of(255, 255, 255)).average).toBe(0xff_ff_ff);
  });

  test('knows a black-and-white photo, and does not take a dull one for it', async () => {
    const grey = await encodePhoto({ widthPx: 300, heightPx: 200, colors: 'grey' });
    expect((await renderPhoto(grey, { colors: true })).colors.isMonochrome).toBe(true);
    expect((await colorsOf(all('#808890'))).isMonochrome).toBe(false);
  });

  test('says one to three names, whatever the pixels are', () => {
    assert(
      property(integer({ min: 1, max: 60 }), uint8Array({ minLength: 3, maxLength: 3 }), (count, color) => {
        const pixels = Uint8Array.from(
          { length: count * 3 },
          (_, at) => ((color[at % 3] ?? 0) + at * count) & 255,
        );
        const { names } = findColors(pixels);
        expect(names.length).toBeGreaterThanOrEqual(1);
        expect(names.length).toBeLessThanOrEqual(3);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });

  test.skipIf(realPhotos === undefined).each([
    ['Nikon_D40.jpg', 'red'],
    ['Minolta_DiMAGE_S404.jpg', 'green'],
    ['Canon_PowerShot_A85.jpg', 'blue'],
    ['Kodak_PIXPRO_FZ201.jpg', 'black'],
    ['Minolta_DiMAGE_X.jpg', 'blue'],
  ])('sees what a person sees first in the real %s: %s', async (name, color) => {
    const { colors } = await renderPhoto(realPhoto(`jpeg/${name}`), { colors: true });
    expect(colors.names[0]).toBe(color);
  });

  test.skipIf(realPhotos === undefined)('knows a thermal picture in grey tones', async () => {
    const { colors } = await renderPhoto(realPhoto('jpeg/FLIR_Vue_Pro_640.jpg'), { colors: true });
    expect(colors).toMatchObject({ names: ['grey'], isMonochrome: true });
  });
});
