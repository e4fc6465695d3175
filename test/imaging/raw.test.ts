import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { inspectImage } from '../../app/imaging/header.ts';
import { choosePreview } from '../../app/imaging/raw-preview.ts';
import { findLoss } from '../../app/imaging/raw-extent.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { sniffFormat } from '../../app/imaging/sniff.ts';
import { encodePreviews, makeRaw, type RawPhoto } from '../helpers/camera-files.ts';
import { encodePhoto, meanDifference } from '../helpers/photos.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

/** Formats that are told from a plain TIFF by their content alone; the others need their file's name. */
const formats: readonly RawPhoto['format'][] = ['cr2', 'cr3', 'crw', 'dng', 'orf', 'raf', 'rw2'];

describe('a RAW', () => {
  test.each(formats)('%s is shown by the camera’s own JPEG', async (format) => {
    const raw = makeRaw({ format, previews: await encodePreviews([160, 1200]) });
    expect(sniffFormat(raw).format).toBe(format);
    expect(await inspectImage(raw)).toMatchObject({ format, widthPx: 1200, heightPx: 800 });
    const { model } = await renderPhoto(raw, { model: { widthPx: 300, heightPx: 200 } });
    const upright = await encodePhoto({ widthPx: 1200, heightPx: 800, format: 'png' });
    expect(await meanDifference(model.bytes, upright)).toBeLessThan(5);
  });

  test.each(['nef', 'arw', 'pef'] as const)('%s is known by name and maker', async (format) => {
    const make = { nef: 'NIKON', arw: 'SONY', pef: 'PENTAX' }[format];
    const raw = makeRaw({ format, make, previews: await encodePreviews([600]) });
    expect(sniffFormat(raw, `photo.${format}`).format).toBe(format);
  });

  test.each([1, 3, 6, 8])('is turned once, by its own orientation %i', async (orientation) => {
    const previews = await encodePreviews([160, 900], { orientation });
    const upright = orientation > 4 ? { widthPx: 600, heightPx: 900 } : { widthPx: 900, heightPx: 600 };
    const raw = makeRaw({ format: 'cr3', previews, orientation });
    expect(await inspectImage(raw)).toMatchObject({ ...upright, orientation });
    const { thumbnail } = await renderPhoto(raw, { thumbnail: { boxPx: 300 } });
    expect(thumbnail.widthPx < thumbnail.heightPx).toBe(orientation > 4);
    expect(
      await meanDifference(thumbnail.bytes, await encodePhoto({ ...upright, format: 'png' })),
    ).toBeLessThan(5);
  });

  test('is never enlarged beyond its largest preview', async () => {
    const raw = makeRaw({ format: 'dng', previews: await encodePreviews([400, 160]) });
    const { model } = await renderPhoto(raw, { model: { widthPx: 1152, heightPx: 768 } });
    expect(model).toMatchObject({ widthPx: 400, heightPx: 267 });
  });

  test('gives the smallest preview that is large enough: the other ones are not even looked at', async () => {
    const [large] = await encodePreviews([1500], { seed: 1 });
    const [middle] = await encodePreviews([600], { seed: 2 });
    if (large === undefined || middle === undefined) throw new Error('two previews');
    const raw = makeRaw({ format: 'cr2', previews: [middle, large] });
    const small = await renderPhoto(raw, { model: { widthPx: 300, heightPx: 200 } });
    const wide = await renderPhoto(raw, { model: { widthPx: 900, heightPx: 600 } });
    expect(await meanDifference(small.model.bytes, middle)).toBeLessThan(4);
    expect(await meanDifference(wide.model.bytes, large)).toBeLessThan(4);
  });

  test('without a preview, or with a stamp alone, says so', async () => {
    for (const previews of [[], await encodePreviews([160])]) {
      const raw = makeRaw({ format: 'dng', previews });
      await expect(inspectImage(raw)).rejects.toMatchObject({
        code: 'no-preview',
        details: { format: 'DNG' },
      });
    }
  });

  test('a preview that is cut off is none', async () => {
    const [preview] = await encodePreviews([900]);
    const raw = makeRaw({ format: 'raf', previews: preview === undefined ? [] : [preview] });
    const cut = raw.subarray(0, raw.length - 50_000 - 40_000);
    await expect(inspectImage(cut)).rejects.toMatchObject({ code: 'no-preview' });
  });

  test.each(['dng', 'cr2', 'orf', 'rw2', 'raf', 'cr3'] as const)(
    'that was cut off, as %s, is damaged and no RAW without a picture',
    async (format) => {
      const previews = await encodePreviews([900]);
      const raw = makeRaw({ format, previews, pointsAtPreview: true });
      expect(await inspectImage(raw)).toMatchObject({ widthPx: 900 });
      for (const share of [0.9, 0.5, 0.1]) {
        const cut = raw.subarray(0, 4096 + Math.floor((previews[0]?.length ?? 0) * share));
        await expect(inspectImage(cut)).rejects.toMatchObject({ code: 'file-damaged' });
      }
    },
  );

  test('whose preview was lost to empty blocks is damaged', async () => {
    const raw = makeRaw({ format: 'cr3', previews: await encodePreviews([1500]) });
    raw.fill(0, 4096);
    await expect(inspectImage(raw)).rejects.toMatchObject({
      code: 'file-damaged',
      details: { reason: expect.stringMatching(/^Of its \d+ kB \d+ kB are empty\.$/) as string },
    });
  });

  test('says how large the stamp is that it has', async () => {
    const raw = makeRaw({ format: 'dng', previews: await encodePreviews([160]) });
    await expect(inspectImage(raw)).rejects.toMatchObject({ details: { widthPx: 160, heightPx: 107 } });
  });

  test.skipIf(realPhotos === undefined)('that is whole is not taken for damaged; cut off it is', async () => {
    const names = (await readdir(realPhoto('raw'))).filter((name) =>
      /\.(?:cr2|cr3|crw|dng|nef|raf|rw2)$/.test(name),
    );
    expect(names.length).toBeGreaterThan(6);
    for (const name of names) {
      const bytes = await readFile(realPhoto(`raw/${name}`));
      const { format } = sniffFormat(bytes, name);
      expect([name, findLoss(bytes, format)]).toEqual([name, undefined]);
      const half = bytes.subarray(0, bytes.length / 2);
      expect([name, findLoss(half, format)?.code]).toEqual([name, 'file-damaged']);
    }
  });

  test('keeps no facts in what is sent', async () => {
    const raw = makeRaw({ format: 'cr2', previews: await encodePreviews([600]), orientation: 6 });
    const { thumbnail } = await renderPhoto(raw, { thumbnail: { boxPx: 100 } });
    const { exif, orientation } = await sharp(thumbnail.bytes).metadata();
    expect({ exif, orientation }).toEqual({});
  });
});

describe('choosePreview', () => {
  const sizes = [6000, 1620, 160].map((widthPx) => ({ widthPx, heightPx: (widthPx * 2) / 3 }));

  test.each([
    [160, 160],
    [161, 1620],
    [1620, 1620],
    [1621, 6000],
    [9000, 6000],
  ])('for %i pixels takes the one of %i', (wished, expected) => {
    const chosen = choosePreview(sizes, { widthPx: wished, heightPx: (wished * 2) / 3 });
    expect(chosen?.widthPx).toBe(expected);
    // An upright photo lies in its RAW.
    expect(choosePreview(sizes, { widthPx: (wished * 2) / 3, heightPx: wished })).toBe(chosen);
  });
});
