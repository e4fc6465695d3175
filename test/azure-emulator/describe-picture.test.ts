import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { describePicture } from './describe-picture.ts';
import { fingerprintDistance, isSamePicture } from './fingerprint.ts';
import { drawPicture } from './sample-requests.ts';

function solid(color: string, width = 300, height = 200) {
  return sharp({ create: { width, height, channels: 3, background: color } })
    .jpeg()
    .toBuffer();
}

test.each([
  ['#d02020', 'red'],
  ['#e08020', 'orange'],
  ['#7a4a1e', 'brown'],
  ['#e6d030', 'yellow'],
  ['#2f9e44', 'green'],
  ['#209090', 'teal'],
  ['#2050d0', 'blue'],
  ['#7a30c0', 'purple'],
  ['#e060a0', 'pink'],
  ['#808080', 'grey'],
  ['#050505', 'black'],
  ['#fafafa', 'white'],
])('names %s %s', async (color, name) => {
  const { keywords, caption } = await describePicture(await solid(color));
  expect(keywords[0]).toBe(name);
  expect(caption).toContain(name);
});

test('names brightness and shape', async () => {
  const dark = await describePicture(await solid('#101018', 200, 600));
  const bright = await describePicture(await solid('#f0f0f0', 600, 200));
  expect(dark.keywords).toEqual(expect.arrayContaining(['dark', 'portrait']));
  expect(bright.keywords).toEqual(expect.arrayContaining(['bright', 'panoramic']));
});

test('the word of a picture stands in its caption and keywords, and its alt text is short', async () => {
  const seen = await describePicture(await drawPicture(1));
  expect(seen.caption).toContain(seen.fingerprint);
  expect(seen.keywords).toContain(seen.fingerprint);
  expect(seen.altText.length).toBeLessThanOrEqual(125);
});

test('different pictures have different words', async () => {
  const words = await Promise.all(
    Array.from(
      { length: 40 },
      async (_, seed) => (await describePicture(await drawPicture(seed))).fingerprint,
    ),
  );
  expect(new Set(words).size).toBe(40);
  expect(isSamePicture(words[0]!, words[1]!)).toBe(false);
});

test('a picture is still the same one when smaller and compressed again', async () => {
  const original = await drawPicture(5, { widthPx: 3000, heightPx: 2000 });
  const smaller = await sharp(original).resize(900).webp({ quality: 60 }).toBuffer();
  const words = await Promise.all(
    [original, smaller].map(async (bytes) => (await describePicture(bytes)).fingerprint),
  );
  expect(isSamePicture(words[0]!, words[1]!)).toBe(true);
});

const photos = process.env['CUTLINE_PHOTOS'];
if (!photos) console.warn('CUTLINE_PHOTOS is not set: fingerprints are not tried on real photos.');

test.skipIf(!photos)('real photos are known again when smaller, and not taken for one another', async () => {
  const folder = join(photos ?? '', 'jpeg');
  const names = readdirSync(folder).filter((name) => /\.jpe?g$/i.test(name));
  const words = await Promise.all(
    names.map(async (name) => {
      const original = readFileSync(join(folder, name));
      const sent = await sharp(original).autoOrient().resize(768, 768, { fit: 'inside' }).jpeg().toBuffer();
      const seen = await describePicture(original, { upright: true });
      return { name, original: seen.fingerprint, sent: (await describePicture(sent)).fingerprint };
    }),
  );
  const knownAs = ({ sent }: { sent: string }) =>
    words.filter(({ original }) => isSamePicture(original, sent)).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(10);
  expect(words.map(knownAs)).toEqual(names.map((name) => [name]));
});

test('sees a picture as it is stored, and upright only when asked', async () => {
  const upright = await drawPicture(9, { widthPx: 400, heightPx: 200 });
  const turned = await sharp(upright)
    .rotate(270)
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 95 })
    .toBuffer();
  const stored = await describePicture(turned);
  const seen = await describePicture(turned, { upright: true });
  const expected = await describePicture(upright);
  expect([stored.widthPx, seen.widthPx]).toEqual([200, 400]);
  expect(isSamePicture(seen.fingerprint, expected.fingerprint)).toBe(true);
  expect(isSamePicture(stored.fingerprint, expected.fingerprint)).toBe(false);
});

test('something that is no fingerprint is far from every fingerprint', async () => {
  const { fingerprint } = await describePicture(await drawPicture(1));
  expect(fingerprintDistance('landscape', fingerprint)).toBe(Infinity);
});
