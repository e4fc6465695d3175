import { hash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashFile, hashLargeFile } from '../../app/metadata/image-data-hash.ts';
import {
  formats,
  hasExifTool,
  iimDataset,
  iimSegment,
  inTemporaryFolder,
  insertSegments,
  jpegSegment,
  makePicture,
  runExifTool,
  xmpPacket,
  xmpSegment,
} from './samples.ts';

const canRunExifTool = await hasExifTool();

describe('hashFile', () => {
  test.each(formats)('gives another picture of the same size another image hash: %s', async (format) => {
    const dark = hashFile(await makePicture(format, 0), format);
    const light = hashFile(await makePicture(format, 255), format);
    expect(dark.imageDataHash).not.toBe(light.imageDataHash);
    expect(dark.imageDataHash).not.toBe(dark.contentHash);
  });

  test.runIf(canRunExifTool).each(formats)(
    'keeps the image hash when ExifTool writes a caption, keywords and an artist: %s',
    async (format) => {
      await inTemporaryFolder(async (folder) => {
        const path = join(folder, `picture.${format}`);
        const before = await makePicture(format);
        await writeFile(path, before);
        const exif = format === 'gif' ? ['-Comment=hello'] : ['-EXIF:Artist=Ada'];
        await runExifTool(['-XMP-dc:Description=a heron', '-XMP-dc:Subject=bird', ...exif, path]);
        const after = await readFile(path);
        expect(hashFile(after, format).contentHash).not.toBe(hashFile(before, format).contentHash);
        expect(hashFile(after, format).imageDataHash).toBe(hashFile(before, format).imageDataHash);
      });
    },
  );

  test('leaves out what follows the picture in a JPEG: previews, videos of motion photos, trailers', async () => {
    const jpeg = await makePicture('jpeg');
    const withTrailer = Buffer.concat([jpeg, await makePicture('jpeg', 255)]);
    expect(hashFile(withTrailer, 'jpeg').imageDataHash).toBe(hashFile(jpeg, 'jpeg').imageDataHash);
  });

  test('keeps the Adobe segment, which says how the colours of a JPEG are stored', async () => {
    const jpeg = await makePicture('jpeg');
    const adobe = jpegSegment(0xee, Buffer.from('Adobe\0\x64\0\0\0\0\0', 'latin1'));
    const changed = hashFile(insertSegments(jpeg, [adobe]), 'jpeg');
    expect(changed.imageDataHash).not.toBe(hashFile(jpeg, 'jpeg').imageDataHash);
  });

  test('does not care which metadata stands before the picture of a JPEG, or how much', async () => {
    const jpeg = await makePicture('jpeg');
    const { imageDataHash } = hashFile(jpeg, 'jpeg');
    const metadata = fc.record({
      marker: fc.constantFrom(0xe0, 0xe1, 0xe2, 0xed, 0xef, 0xfe),
      content: fc.uint8Array({ maxLength: 2000 }),
    });
    fc.assert(
      fc.property(fc.array(metadata, { maxLength: 5 }), (segments) => {
        const inserted = segments.map(({ marker, content }) => jpegSegment(marker, Buffer.from(content)));
        expect(hashFile(insertSegments(jpeg, inserted), 'jpeg').imageDataHash).toBe(imageDataHash);
      }),
    );
  });

  test.each(formats)(
    'hashes all of a cut-off file, so that it is not taken for the whole one: %s',
    async (format) => {
      const picture = await makePicture(format);
      const cut = picture.subarray(0, Math.floor(picture.length * 0.7));
      const hashes = hashFile(cut, format);
      expect(hashes.imageDataHash).toBe(hash('sha256', cut));
    },
  );

  test('hashes all of a format that it does not know', () => {
    const bytes = Buffer.from('anything');
    expect(hashFile(bytes, 'cr3')).toEqual({
      contentHash: hash('sha256', bytes),
      imageDataHash: hash('sha256', bytes),
    });
  });

  test.each(formats)('takes any damage without throwing: %s', async (format) => {
    const jpeg = insertSegments(await makePicture('jpeg'), [
      xmpSegment(xmpPacket('')),
      iimSegment([iimDataset(2, 25, 'bird')]),
    ]);
    const picture = format === 'jpeg' ? jpeg : await makePicture(format);
    const damage = fc.array(fc.tuple(fc.nat(picture.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(damage, fc.nat(picture.length), (changes, length) => {
        const damaged = Buffer.from(picture);
        for (const [offset, value] of changes) damaged[offset] = value;
        const cut = damaged.subarray(0, length);
        const { contentHash } = hashFile(cut, format);
        expect(hashFile(Buffer.from(cut), format).contentHash).toBe(contentHash);
        expect(contentHash === hashFile(picture, format).contentHash).toBe(cut.equals(picture));
      }),
      { numRuns: 200 },
    );
  });

  test('does not hash the same bytes thousands of times because a hostile TIFF says so', () => {
    const pieces = 150_000;
    const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4 + pieces * 8 + 1_000_000);
    const offsetsAt = 38;
    const lengthsAt = offsetsAt + pieces * 4;
    tiff.write('II*\0', 0, 'latin1');
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(2, 8);
    for (const [index, [tag, at]] of [[273, offsetsAt] as const, [279, lengthsAt] as const].entries()) {
      const entry = 10 + index * 12;
      tiff.writeUInt16LE(tag, entry);
      tiff.writeUInt16LE(4, entry + 2);
      tiff.writeUInt32LE(pieces, entry + 4);
      tiff.writeUInt32LE(at, entry + 8);
    }
    for (let index = 0; index < pieces; index++) tiff.writeUInt32LE(1_000_000, lengthsAt + index * 4);
    const { contentHash, imageDataHash } = hashFile(tiff, 'tiff');
    expect(imageDataHash).toBe(contentHash);
  });
});

describe('hashLargeFile', () => {
  test('gives the content hash without holding the file in memory', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 'large.bin');
      const bytes = Buffer.alloc(3_500_000, 'cutline');
      await writeFile(path, bytes);
      expect(await hashLargeFile(path, new AbortController().signal)).toBe(hash('sha256', bytes));
    });
  });

  test('stops when it is cancelled', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = join(folder, 'large.bin');
      await writeFile(path, Buffer.alloc(10));
      await expect(hashLargeFile(path, AbortSignal.abort())).rejects.toMatchObject({ code: 'canceled' });
    });
  });
});
