import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { facts as factsSchema, type Facts } from '../../app/contract/models/asset.ts';
import { cameraName } from '../../app/contract/camera-name.ts';
import { mergeFacts, toFacts, type FactCandidates } from '../../app/metadata/facts.ts';

const nothing: FactCandidates = {
  captureTime: [],
  make: [],
  model: [],
  lens: [],
  apertureF: [],
  exposureSeconds: [],
  iso: [],
  focalLengthMm: [],
  flash: [],
  position: [],
  rating: [],
  ratingPercent: [],
  label: [],
  title: [],
  caption: [],
  altText: [],
  keywords: [],
  keywordPaths: [],
  creator: [],
};

describe('toFacts', () => {
  test('gives only facts that fit the contract, whatever a file says', () => {
    const value = fc.oneof(fc.anything(), fc.string({ maxLength: 300 }), fc.double(), fc.integer());
    const values = fc.array(value, { maxLength: 3 });
    const lists = fc.array(values, { maxLength: 3 });
    const candidates = fc.record<FactCandidates>({
      captureTime: fc.array(fc.record({ dateTime: value, subSeconds: value, offset: value })),
      make: values,
      model: values,
      lens: values,
      apertureF: values,
      exposureSeconds: values,
      iso: values,
      focalLengthMm: values,
      flash: values,
      position: fc.array(fc.record({ latitude: value, longitude: value })),
      rating: values,
      ratingPercent: values,
      label: values,
      title: values,
      caption: values,
      altText: values,
      keywords: lists,
      keywordPaths: lists,
      creator: lists,
    });
    fc.assert(
      fc.property(candidates, (found) => {
        expect(factsSchema.safeParse(toFacts(found)).success).toBe(true);
      }),
    );
  });

  test.each([
    'OLYMPUS DIGITAL CAMERA',
    'SONY DSC',
    'KONICA MINOLTA DIGITAL CAMERA',
    'Exif_JPEG_PICTURE',
    'DCIM\\100MEDIA\\DJI_0001.JPG',
    'default',
    'null',
    '          ',
    '-----',
    'ASCII',
    'IMG_1234.JPG',
  ])('does not take "%s" for a caption', (caption) => {
    expect(toFacts({ ...nothing, caption: [caption], title: [caption] })).toEqual({});
  });

  test.each([
    'Sunset',
    'My digital camera on a table',
    'IMG',
    'Default values of a camera menu',
    '鷺',
    'Canon de Provence',
  ])('takes "%s" for a caption', (caption) => {
    expect(toFacts({ ...nothing, caption: [caption] })).toEqual({ caption });
  });

  test('falls back to the next source when the first says nothing', () => {
    const caption = ['SONY DSC', '', 'A heron'];
    expect(toFacts({ ...nothing, caption, keywords: [[], [''], ['bird']] })).toEqual({
      caption: 'A heron',
      keywords: ['bird'],
    });
  });

  test('cuts endless texts and lists, never inside a character', () => {
    const { caption = '', keywords = [] } = toFacts({
      ...nothing,
      caption: [`a${'🦩'.repeat(1_000_000)}`],
      keywords: [Array.from({ length: 100_000 }, (_, index) => `keyword ${String(index)}`)],
    });
    expect(caption.length).toBeLessThanOrEqual(10_000);
    expect(caption.isWellFormed()).toBe(true);
    expect(keywords).toHaveLength(500);
  });

  test('has no position at 0°, 0°, with half a position, or outside the world', () => {
    const position = [
      { latitude: 0, longitude: 0 },
      { latitude: 48, longitude: undefined },
      { latitude: 91, longitude: 2 },
    ];
    expect(toFacts({ ...nothing, position })).toEqual({});
    expect(toFacts({ ...nothing, position: [{ latitude: 0, longitude: 2 }] })).toEqual({
      latitude: 0,
      longitude: 2,
    });
  });
});

describe('cameraName', () => {
  test.each([
    ['NIKON CORPORATION', 'NIKON D40', 'Nikon D40'],
    ['Canon', 'Canon PowerShot A20', 'Canon PowerShot A20'],
    ['EASTMAN KODAK COMPANY', 'KODAK DX4330 DIGITAL CAMERA', 'Kodak DX4330'],
    ['OLYMPUS IMAGING CORP.  ', 'FE230/X790', 'Olympus FE230/X790'],
    ['Hewlett-Packard', 'HP PhotoSmart C812 (V09.22)', 'HP PhotoSmart C812'],
    ['Minolta Co., Ltd.', 'DiMAGE S304', 'Minolta DiMAGE S304'],
    ['Apple', 'iPhone 6', 'Apple iPhone 6'],
    ['Acme Optics Co., Ltd.', 'Acme Optics One', 'Acme Optics One'],
    ['PENTAX Corporation', 'PENTAX K10D', 'Pentax K10D'],
    ['CASIO COMPUTER CO.,LTD.', 'EX-Z3', 'Casio EX-Z3'],
    ['KONICA MINOLTA', 'DiMAGE Z2', 'Konica Minolta DiMAGE Z2'],
    ['FUJIFILM', 'FinePix S5600', 'Fujifilm FinePix S5600'],
    ['Reconyx', 'HF2 PRO COVERT', 'Reconyx HF2 PRO COVERT'],
    [undefined, 'Box', 'Box'],
    ['SONY', undefined, 'Sony'],
  ])('%s, %s is said as %s', (make, model, name) => {
    expect(cameraName(toFacts({ ...nothing, make: [make], model: [model] }))).toBe(name);
  });
});

describe('mergeFacts', () => {
  test('lets the thorough reader win field by field, and keeps what only the first pass found', () => {
    const head: Facts = { iso: 100, title: 'Heron', cameraModel: 'D40' };
    const thorough: Facts = { iso: 125, lens: '55mm', title: undefined };
    expect(mergeFacts(head, thorough)).toEqual({
      iso: 125,
      lens: '55mm',
      title: 'Heron',
      cameraModel: 'D40',
    });
  });

  test("does not put one reader's offset beside the other's time", () => {
    const head: Facts = { captureLocalMs: 5000, captureOffsetMinutes: 60 };
    expect(mergeFacts(head, { captureLocalMs: 9000 })).toEqual({ captureLocalMs: 9000 });
    expect(mergeFacts(head, { captureLocalMs: 5000 })).toEqual(head);
  });
});
