import * as fc from 'fast-check';
import sharp, { type Exif } from 'sharp';
import { describe, expect, test } from 'vitest';
import { readHeadFacts } from '../../app/metadata/head-facts.ts';
import { maxXmpLength } from '../../app/metadata/xmp.ts';
import {
  formats,
  iimDataset,
  iimSegment,
  insertSegments,
  makePicture,
  rdfList,
  xmpPacket,
  xmpSegment,
} from './samples.ts';

const utf8 = iimDataset(1, 90, '\u001B%G');

async function withXmp(properties: string): Promise<Buffer> {
  return insertSegments(await makePicture('jpeg'), [xmpSegment(xmpPacket(properties))]);
}

async function withIim(...datasets: Buffer[]): Promise<Buffer> {
  return insertSegments(await makePicture('jpeg'), [iimSegment(datasets)]);
}

async function withExif(exif: Exif, orientation = 1): Promise<Buffer> {
  return sharp(await makePicture('png'))
    .withMetadata({ orientation })
    .withExifMerge(exif)
    .jpeg()
    .toBuffer();
}

describe('readHeadFacts', () => {
  test("reads what a camera says: time with the camera's own offset, exposure, lens, position", async () => {
    const exif = {
      IFD0: { Make: 'NIKON CORPORATION', Model: 'NIKON D40' },
      IFD2: {
        DateTimeOriginal: '2019:07:14 20:31:05',
        SubSecTimeOriginal: '07',
        OffsetTimeOriginal: '+05:30',
        FNumber: '28/10',
        ExposureTime: '1/250',
        ISOSpeedRatings: '400',
        FocalLength: '55/1',
        Flash: '16',
        LensModel: 'AF-S 55mm',
      },
      IFD3: {
        GPSLatitudeRef: 'S',
        GPSLatitude: '33/1 51/1 3600/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '151/1 12/1 0/1',
      },
    };
    const { facts, orientation, problems } = readHeadFacts(await withExif(exif, 6), 'jpeg');
    const { latitude, longitude, ...others } = facts;
    expect(others).toEqual({
      captureLocalMs: Date.UTC(2019, 6, 14, 20, 31, 5, 70),
      captureOffsetMinutes: 330,
      cameraMake: 'Nikon',
      cameraModel: 'D40',
      lens: 'AF-S 55mm',
      apertureF: 2.8,
      exposureSeconds: 0.004,
      iso: 400,
      focalLengthMm: 55,
      flashFired: false,
    });
    expect(latitude).toBeCloseTo(-(33 + 51 / 60 + 36 / 3600), 9);
    expect(longitude).toBeCloseTo(151.2, 9);
    expect(orientation).toBe(6);
    expect(problems).toEqual([]);
  });

  test('leaves out a position whose fractions are 0/0 and a time that is none', async () => {
    const jpeg = await withExif({
      IFD2: { DateTimeOriginal: '0000:00:00 00:00:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '0/0 0/0 0/0',
        GPSLongitudeRef: 'E',
        GPSLongitude: '0/0 0/0 0/0',
      },
    });
    expect(readHeadFacts(jpeg, 'jpeg').facts).toEqual({});
  });

  test('reads what people write, from XMP, with a keyword that has a comma as one keyword', async () => {
    const jpeg = await withXmp(
      `<dc:title><rdf:Alt><rdf:li xml:lang="de">Reiher</rdf:li><rdf:li xml:lang="x-default">Heron</rdf:li></rdf:Alt></dc:title>
       <dc:description>${rdfList('Bag', ['A grey heron &amp; its nest — 鷺'])}</dc:description>
       <dc:subject>${rdfList('Bag', ['Paris, France', 'bird', 'Bird'])}</dc:subject>
       <dc:creator>${rdfList('Seq', ['Ada', 'Grace'])}</dc:creator>
       <lr:hierarchicalSubject>${rdfList('Bag', ['animal|bird|heron'])}</lr:hierarchicalSubject>
       <Iptc4xmpCore:AltTextAccessibility>${rdfList('Bag', ['A heron on a nest'])}</Iptc4xmpCore:AltTextAccessibility>
       <xmp:Rating>-1</xmp:Rating><xmp:Label>Red</xmp:Label>`,
    );
    expect(readHeadFacts(jpeg, 'jpeg').facts).toEqual({
      title: 'Heron',
      caption: 'A grey heron & its nest — 鷺',
      keywords: ['Paris, France', 'bird'],
      creator: 'Ada, Grace',
      keywordPaths: ['animal|bird|heron'],
      altText: 'A heron on a nest',
      rating: -1,
      label: 'Red',
    });
  });

  test("reads digiKam's tag paths and Windows' rating", async () => {
    const jpeg = await withXmp(
      `<digiKam:TagsList>${rdfList('Seq', ['Places/Paris'])}</digiKam:TagsList><MicrosoftPhoto:Rating>75</MicrosoftPhoto:Rating>`,
    );
    expect(readHeadFacts(jpeg, 'jpeg').facts).toEqual({ keywordPaths: ['Places|Paris'], rating: 4 });
  });

  test.each([
    ['declared UTF-8', [utf8, iimDataset(2, 120, 'Größe')]],
    ['UTF-8 that nobody declared', [iimDataset(2, 120, 'Größe')]],
    ['Latin-1', [iimDataset(2, 120, Buffer.from('Größe', 'latin1'))]],
  ])('reads IPTC IIM in %s', async (_, datasets) => {
    expect(readHeadFacts(await withIim(...datasets), 'jpeg').facts).toEqual({ caption: 'Größe' });
  });

  test('keeps IIM keywords whole and in order, and prefers XMP where both speak', async () => {
    const iim = iimSegment([
      iimDataset(2, 25, 'Rome, Italy'),
      iimDataset(2, 25, 'bird'),
      iimDataset(2, 5, 'Old'),
    ]);
    const xmp = xmpSegment(xmpPacket(`<dc:title>${rdfList('Bag', ['New'])}</dc:title>`));
    const jpeg = insertSegments(await makePicture('jpeg'), [xmp, iim]);
    expect(readHeadFacts(jpeg, 'jpeg').facts).toEqual({ title: 'New', keywords: ['Rome, Italy', 'bird'] });
  });

  test.each(formats.filter((format) => format !== 'tiff'))('reads XMP as %s keeps it', async (format) => {
    const packet = xmpPacket(`<dc:subject>${rdfList('Bag', ['bird'])}</dc:subject>`);
    const picture =
      format === 'gif'
        ? addGifXmp(await makePicture('gif'), packet)
        : await sharp(await makePicture(format))
            .withXmp(packet)
            .toBuffer();
    expect(readHeadFacts(picture, format).facts.keywords).toEqual(['bird']);
  });

  test('says what it could not read, and gives the rest', async () => {
    const jpeg = insertSegments(await makePicture('jpeg'), [
      xmpSegment('<x:xmpmeta><rdf:RDF'),
      iimSegment([iimDataset(2, 120, 'a heron')]),
    ]);
    const { facts, problems } = readHeadFacts(jpeg, 'jpeg');
    expect(facts).toEqual({ caption: 'a heron' });
    expect(problems.join()).toMatch(/^xmp: [^,]+$/u);
  });

  test('does not read a packet of many megabytes', async () => {
    const packet = xmpPacket(`<dc:title>${'x'.repeat(maxXmpLength)}</dc:title>`);
    const webp = await sharp(await makePicture('webp'))
      .withXmp(packet)
      .webp()
      .toBuffer();
    const { facts, problems } = readHeadFacts(webp, 'webp');
    expect(facts).toEqual({});
    expect(problems.join()).toMatch(/^xmp: [^,]+$/u);
  });

  test('knows nothing of what is no picture, and does not complain', () => {
    expect(readHeadFacts(new Uint8Array(), 'jpeg')).toEqual({ facts: {}, problems: [] });
    expect(readHeadFacts(Buffer.from('hello'), 'mp4')).toEqual({ facts: {}, problems: [] });
  });

  test.each(formats)('takes any damage without throwing: %s', async (format) => {
    const packet = xmpPacket(
      `<dc:subject>${rdfList('Bag', ['bird', 'heron'])}</dc:subject><xmp:Rating>3</xmp:Rating>`,
    );
    const rich = await sharp(await makePicture(format))
      .withExif({ IFD0: { Make: 'Canon' }, IFD2: { DateTimeOriginal: '2019:07:14 20:31:05' } })
      .withXmp(packet)
      .toBuffer();
    const picture =
      format === 'jpeg' ? insertSegments(rich, [iimSegment([iimDataset(2, 25, 'bird')])]) : rich;
    const damage = fc.array(fc.tuple(fc.nat(picture.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(damage, fc.nat(picture.length), (changes, length) => {
        const damaged = Buffer.from(picture);
        for (const [offset, value] of changes) damaged[offset] = value;
        const { facts } = readHeadFacts(damaged.subarray(0, length), format);
        expect(facts.rating ?? 0).toBeLessThanOrEqual(5);
      }),
      { numRuns: 200 },
    );
  });

  test('survives XMP that is nested a hundred thousand levels deep', async () => {
    const depth = 100_000;
    const nested = `<dc:title>${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}</dc:title>`;
    const webp = await sharp(await makePicture('webp'))
      .withXmp(xmpPacket(nested))
      .webp()
      .toBuffer();
    expect(readHeadFacts(webp, 'webp').facts).toEqual({});
  });
});

/** XMP as an application block, with the trailer that ends it (XMP specification part 3, §1.1.2). */
function addGifXmp(gif: Buffer, packet: string): Buffer {
  const trailer = Buffer.from([1, ...Array.from({ length: 256 }, (_, index) => 255 - index), 0]);
  const block = Buffer.concat([Buffer.from('!\xFF\x0BXMP DataXMP', 'latin1'), Buffer.from(packet), trailer]);
  return Buffer.concat([gif.subarray(0, -1), block, gif.subarray(-1)]);
}
