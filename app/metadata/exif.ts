import ExifReader from 'exifreader';
import { viewOf } from './bytes.ts';

// eslint-disable-next-line import/no-named-as-default-member -- Node finds no names to import in this CommonJS bundle
const { loadView } = ExifReader;

/** Tags that are decoded; the rest, such as maker notes of 40 kB, costs time and says nothing here. */
const wantedTags = [
  'Orientation',
  'Make',
  'Model',
  'ImageDescription',
  'Artist',
  'DateTimeOriginal',
  'DateTimeDigitized',
  'SubSecTimeOriginal',
  'SubSecTimeDigitized',
  'OffsetTime',
  'OffsetTimeOriginal',
  'OffsetTimeDigitized',
  'LensModel',
  'FNumber',
  'ExposureTime',
  'ISOSpeedRatings',
  'RecommendedExposureIndex',
  'FocalLength',
  'Flash',
  'GPSLatitude',
  'GPSLatitudeRef',
  'GPSLongitude',
  'GPSLongitudeRef',
];

export type Exif = {
  /** The value of a tag; of several the first; of a fraction its quotient. `undefined` also for a fraction with 0 below. */
  readonly value: (name: string) => string | number | undefined;
  /** Signed degrees; `undefined` without a hemisphere or with fractions that are none. */
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  /** The small JPEG that the camera put beside its picture, not rotated. */
  readonly thumbnail: Uint8Array | undefined;
};

/** Reads an Exif block that begins with its TIFF header. Throws when it is none; the caller says so. */
export function readExif(bytes: Uint8Array): Exif {
  const tags = loadView(viewOf(bytes), {
    expanded: true,
    computed: true,
    includeTags: { exif: wantedTags, thumbnail: true },
  });
  const exif = new Map<string, unknown>(Object.entries(tags.exif ?? {}));
  const computed = (name: string): unknown => computedOf(exif.get(name));
  const value = (name: string) => toSingle(computed(name));
  const image = tags.Thumbnail?.image;
  return {
    value,
    latitude: toDegrees(computed('GPSLatitude'), value('GPSLatitudeRef'), { N: 1, S: -1 }),
    longitude: toDegrees(computed('GPSLongitude'), value('GPSLongitudeRef'), { E: 1, W: -1 }),
    thumbnail: image === undefined || Buffer.isBuffer(image) ? image : new Uint8Array(image),
  };
}

function computedOf(tag: unknown): unknown {
  return typeof tag === 'object' && tag !== null && 'computed' in tag ? tag.computed : undefined;
}

function toSingle(computed: unknown): string | number | undefined {
  const value: unknown = Array.isArray(computed) ? computed[0] : computed;
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** Degrees, minutes and seconds. Receivers without a fix write 0/0; those with decimal minutes may leave out the seconds. */
function toDegrees(
  computed: unknown,
  hemisphere: unknown,
  signs: Readonly<Record<string, number>>,
): number | undefined {
  if (!Array.isArray(computed) || typeof hemisphere !== 'string') return undefined;
  const [degrees, minutes, seconds] = [...(computed as unknown[])]; // why: `isArray` only says any[]
  const sign = signs[hemisphere.trim().toUpperCase()];
  if (typeof degrees !== 'number' || typeof minutes !== 'number' || sign === undefined) return undefined;
  return sign * (degrees + minutes / 60 + (typeof seconds === 'number' ? seconds : 0) / 3600);
}
