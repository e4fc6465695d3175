import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assert, constantFrom, property, uint8Array } from 'fast-check';
import { formatName } from '../../app/imaging/formats.ts';
import { sniffFile, sniffFormat } from '../../app/imaging/sniff.ts';
import { brokenFiles, encodePhoto } from '../helpers/photos.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cutline-sniff-'));
});

afterAll(() => rm(folder, { recursive: true }));

const bytes = (text: string) => Buffer.from(text.padEnd(64, '\0'), 'latin1');

/** A little-endian TIFF whose first directory holds these fields: `[tag, type, value]`, text of at most 3 letters. */
function tiff(fields: [tag: number, type: number, value: number | string][]): Buffer {
  const head = Buffer.alloc(8 + 2 + fields.length * 12 + 4);
  head.write('II*\0', 0, 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(fields.length, 8);
  for (const [index, [tag, type, value]] of fields.entries()) {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(typeof value === 'string' ? value.length : 1, at + 4);
    if (typeof value === 'string') head.write(value, at + 8, 'latin1');
    else head.writeUInt32LE(value, at + 8);
  }
  return head;
}

describe('sniffFormat', () => {
  test.each(['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const)(
    'takes a %s as a photo',
    async (format) => {
      const photo = await encodePhoto({ widthPx: 16, heightPx: 16, format });
      expect(sniffFormat(photo)).toEqual({ format, kind: 'photo', supported: true });
    },
  );

  test.each([
    ['HEIC of a phone', bytes('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 'heic'],
    ['HIF of a Canon', bytes('\0\0\0\x20ftypheix\0\0\0\0mif1heixmiafMiHA'), 'heic'],
    ['still picture with HEVC', bytes('\0\0\0\x18ftypmif1\0\0\0\0mif1heic'), 'heic'],
    ['still picture of an unknown codec', bytes('\0\0\0\x14ftypmif1\0\0\0\0mif1'), 'heif'],
    ['CR3', bytes('\0\0\0\x18ftypcrx \0\0\0\x01crx isom'), 'cr3'],
    ['CR2', bytes('II*\0\x10\0\0\0CR\x02\0'), 'cr2'],
    ['CRW', bytes('II\x1a\0\0\0HEAPCCDR'), 'crw'],
    ['RAF', bytes('FUJIFILMCCD-RAW 0201'), 'raf'],
    ['RW2', bytes('IIU\0\x18\0\0\0'), 'rw2'],
    ['ORF', bytes('IIRO\x08\0\0\0'), 'orf'],
    ['JPEG XL in boxes', bytes('\0\0\0\x0cJXL \r\n\x87\n'), 'jxl'],
    ['bare JPEG XL', bytes('\xff\x0a\xfa'), 'jxl'],
    ['PSD', bytes('8BPS\0\x01'), 'psd'],
  ] as const)('takes a %s for a photo', (_, head, format) => {
    expect(sniffFormat(head)).toEqual({ format, kind: 'photo', supported: true });
  });

  test.each([
    ['JPEG 2000', bytes('\0\0\0\x0cjP  \r\n\x87\n'), 'jp2'],
    ['BMP', bytes('BM\x10\0\0\0\0\0\0\0'), 'bmp'],
  ] as const)('lists a %s as a photo for a later release', (_, head, format) => {
    expect(sniffFormat(head)).toEqual({ format, kind: 'photo', supported: false });
  });

  test.each([
    ['MP4', bytes('\0\0\0\x18ftypmp42\0\0\0\0mp42isom'), 'mp4'],
    ['phone video', bytes('\0\0\0\x18ftyp3gp5\0\0\0\x003gp5isom'), 'mp4'],
    ['QuickTime', bytes('\0\0\0\x14ftypqt  \0\0\0\0qt  '), 'mov'],
    ['old QuickTime', bytes('\0\0\x10\0moov'), 'mov'],
    ['AVI', bytes('RIFF\0\0\0\0AVI LIST'), 'avi'],
    ['Matroska', bytes('\x1a\x45\xdf\xa3\x01\0\0\0\x42\x82\x88matroska'), 'mkv'],
    ['WebM', bytes('\x1a\x45\xdf\xa3\x01\0\0\0\x42\x82\x84webm'), 'webm'],
  ] as const)('takes an %s as a video', (_, head, format) => {
    expect(sniffFormat(head)).toEqual({ format, kind: 'video', supported: true });
  });

  test.each([
    ['XMP packet', bytes('<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?>'), 'xmp'],
    ['bare XMP', bytes('<x:xmpmeta xmlns:x="adobe:ns:meta/">'), 'xmp'],
    ['text', bytes('this is not a photo'), 'unknown'],
    ['sound', bytes('\0\0\0\x18ftypM4A \0\0\0\0M4A mp42'), 'unknown'],
    ['nothing', Buffer.alloc(0), 'unknown'],
    ['one byte', Buffer.from([0xff]), 'unknown'],
  ] as const)('takes %s as no photo', (_, head, format) => {
    expect(sniffFormat(head)).toEqual({ format, kind: 'other', supported: false });
  });

  test('tells RAW formats with a TIFF head apart from a TIFF, whatever their names say', () => {
    const dng = tiff([[0xc6_12, 1, 1]]);
    const nef = tiff([
      [0xfe, 4, 1],
      [0x1_0f, 2, 'NIK'],
    ]);
    const sensorData = tiff([[0x1_06, 3, 32_803]]);
    const plain = tiff([[0xfe, 4, 0]]);
    expect(sniffFormat(dng, 'scan.tif').format).toBe('dng');
    expect(sniffFormat(sensorData, 'scan.tif').format).toBe('raw');
    expect(sniffFormat(plain, 'scan.tif').format).toBe('tiff');
    expect(sniffFormat(nef, 'a.NEF').format).toBe('nef');
    expect(sniffFormat(plain, 'a.pef').format).toBe('pef');
    expect(sniffFormat(plain, 'a.3FR').format).toBe('raw');
  });

  test('tells AVIF from HEIC where both begin alike', () => {
    const avif = bytes('\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf');
    expect(sniffFormat(avif)).toEqual({ format: 'avif', kind: 'photo', supported: true });
  });

  test('believes the bytes, not the name', async () => {
    const photo = await encodePhoto({ widthPx: 16, heightPx: 16 });
    expect(sniffFormat(photo, 'a.nef').format).toBe('jpeg');
    expect(sniffFormat(await brokenFiles.video(), 'a.jpg').kind).toBe('video');
  });

  test('never throws, whatever the bytes are', () => {
    const heads = ['', 'II*\0', 'MM\0*', '\0\0\0\x18ftyp', 'RIFF', '\x1a\x45\xdf\xa3'];
    assert(
      property(constantFrom(...heads), uint8Array({ maxLength: 300 }), (head, rest) => {
        const all = Buffer.concat([Buffer.from(head, 'latin1'), rest]);
        expect(() => sniffFormat(all, 'a.tif')).not.toThrow();
      }),
    );
  });
});

describe('sniffFile', () => {
  test('says that a file is empty, gone, or cannot be read', async () => {
    const empty = join(folder, 'empty.jpg');
    await writeFile(empty, '');
    await expect(sniffFile(empty)).rejects.toMatchObject({ code: 'file-empty' });
    await expect(sniffFile(join(folder, 'gone.jpg'))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(sniffFile(folder)).rejects.toMatchObject({ code: 'file-unreadable' });
  });

  test.skipIf(realPhotos === undefined).each([
    ['formats/IMG_1361.dng', 'dng'],
    ['raw/DNG.dng', 'dng'],
    ['raw/Nikon.nef', 'nef'],
    ['raw/CanonRaw.cr2', 'cr2'],
    ['raw/CanonRaw.cr3', 'cr3'],
    ['raw/CanonRaw.crw', 'crw'],
    ['raw/FujiFilm.raf', 'raf'],
    ['raw/Panasonic.rw2', 'rw2'],
    ['raw/JXL2.jxl', 'jxl'],
    ['raw/QuickTime.heic', 'heic'],
    ['formats/Sony.HIF', 'heic'],
    ['formats/Canon.HIF', 'heic'],
    ['formats/Epson_PerfectionV800.tiff', 'tiff'],
    ['formats/Issue_649.avif', 'avif'],
    ['formats/100_0306.AVI', 'avi'],
    ['formats/ftyp3gp5.mp4', 'mp4'],
    ['formats/with-gps.mov', 'mov'],
    ['broken/fuzzed-12.heic', 'mp4'],
    ['broken/video-named.jpg', 'mp4'],
    ['broken/issue_1793_poc.heic', 'heic'],
    ['broken/issue_851_poc.xmp', 'xmp'],
    ['broken/noise.jpg', 'unknown'],
  ])('knows the real %s', async (path, format) => {
    expect((await sniffFile(realPhoto(path))).format).toBe(format);
  });
});

test('formatName says formats as people write them', () => {
  expect([formatName('heic'), formatName('cr3'), formatName('jpeg')]).toEqual(['HEIC', 'Canon CR3', 'JPEG']);
});
