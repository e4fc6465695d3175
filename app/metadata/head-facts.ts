import { inflateSync } from 'node:zlib';
import type { Facts } from '../contract/models/asset.ts';
import { findAppleIdentifier } from './apple-identifier.ts';
import { sliceOf } from './bytes.ts';
import { readExif, type Exif } from './exif.ts';
import { toFacts, type FactCandidates } from './facts.ts';
import { findImageParts } from './find-image-parts.ts';
import type { ByteRange } from './image-parts.ts';
import { readIptcIim, type IptcIim } from './iptc-iim.ts';
import { maxXmpLength, readXmp, type XmpProperties } from './xmp.ts';

/** What the quick first look at a file gives; ExifTool comes behind it (`exiftool-facts.ts`). */
export type HeadFacts = {
  readonly facts: Facts;
  /** Exif's orientation, 1–8, as the file says it. */
  readonly orientation?: number;
  /** The small JPEG inside the Exif block, not rotated; usually 160 × 120 pixels. */
  readonly thumbnail?: Uint8Array;
  /** Apple's, the same in the movie of a Live Photo. */
  readonly contentIdentifier?: string;
  /** What could not be read, in words for the log; the rest was. */
  readonly problems: readonly string[];
};

/** How much of a JPEG is searched: its metadata stands before the picture, and the rest would only cost time. */
export const jpegHeadLength = 256 * 1024;

/**
 * The fast first pass, about 0.3 ms for a JPEG. For a JPEG the first
 * `jpegHeadLength` bytes are enough; the others may keep their metadata at the end, so give the whole file where it is at hand. `format` is as imaging names it.
 * Never throws on what is in the file.
 */
export function readHeadFacts(head: Uint8Array, format: string): HeadFacts {
  const problems: string[] = [];
  const parts = findImageParts(format === 'jpeg' ? head.subarray(0, jpegHeadLength) : head, format);
  const read = <Block>(name: string, range: ByteRange | undefined, reader: (bytes: Uint8Array) => Block) => {
    if (range === undefined) return undefined;
    try {
      return reader(sliceOf(head, range));
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message.slice(0, 200) : 'unreadable'}`);
      return undefined;
    }
  };
  const exif = read('exif', parts?.exif, readExif);
  const contentIdentifier = read('exif', parts?.exif, findAppleIdentifier);
  const xmp = read('xmp', parts?.xmp, (bytes) => {
    const isDeflated = parts?.xmp?.isDeflated === true;
    return readXmp(isDeflated ? inflateSync(bytes, { maxOutputLength: maxXmpLength }) : bytes);
  });
  const iim = read('iptc-iim', parts?.iptcIim, readIptcIim);
  const orientation = exif?.value('Orientation') ?? Number(xmp?.get('tiff:Orientation')?.[0]);
  return {
    facts: toFacts(toCandidates(exif, xmp, iim)),
    ...(isOrientation(orientation) && { orientation }),
    ...(exif?.thumbnail && { thumbnail: exif.thumbnail }),
    ...(contentIdentifier !== undefined && { contentIdentifier }),
    problems,
  };
}

/** The facts of an XMP sidecar. Throws when it is no XMP. */
export function readSidecarFacts(bytes: Uint8Array): Facts {
  return toFacts(toCandidates(undefined, readXmp(bytes), undefined));
}

/**
 * [Note: Metadata mapping] Where a field is kept in several places, XMP comes before IPTC IIM and Exif for what people
 * write, since every living program writes it; Exif comes first for what cameras write.
 */
function toCandidates(
  exif: Exif | undefined,
  xmp: XmpProperties | undefined,
  iim: IptcIim | undefined,
): FactCandidates {
  const tag = (name: string) => exif?.value(name);
  const property = (name: string) => xmp?.get(name)?.[0];
  const list = (name: string) => xmp?.get(name) ?? [];
  const dataset = (name: string) => iim?.get(name)?.[0];
  return {
    captureTime: [
      {
        dateTime: tag('DateTimeOriginal'),
        subSeconds: tag('SubSecTimeOriginal'),
        offset: tag('OffsetTimeOriginal') ?? tag('OffsetTimeDigitized') ?? tag('OffsetTime'),
      },
      { dateTime: property('exif:DateTimeOriginal') },
      { dateTime: property('photoshop:DateCreated') },
      { dateTime: [dataset('2:55'), dataset('2:60')].filter((text) => text !== undefined).join(' ') },
      {
        dateTime: tag('DateTimeDigitized'),
        subSeconds: tag('SubSecTimeDigitized'),
        offset: tag('OffsetTimeDigitized') ?? tag('OffsetTime'),
      },
      { dateTime: property('xmp:CreateDate') },
    ],
    make: [tag('Make'), property('tiff:Make')],
    model: [tag('Model'), property('tiff:Model')],
    lens: [tag('LensModel'), property('exifEX:LensModel'), property('aux:Lens')],
    apertureF: [tag('FNumber')],
    exposureSeconds: [tag('ExposureTime')],
    iso: [tag('ISOSpeedRatings'), tag('RecommendedExposureIndex')],
    focalLengthMm: [tag('FocalLength')],
    flash: [tag('Flash')],
    position: [
      { latitude: exif?.latitude, longitude: exif?.longitude },
      {
        latitude: parseXmpCoordinate(property('exif:GPSLatitude')),
        longitude: parseXmpCoordinate(property('exif:GPSLongitude')),
      },
    ],
    rating: [property('xmp:Rating')],
    ratingPercent: [property('MicrosoftPhoto:Rating')],
    label: [property('xmp:Label')],
    title: [property('dc:title'), dataset('2:5')],
    caption: [property('dc:description'), dataset('2:120'), tag('ImageDescription')],
    altText: [property('Iptc4xmpCore:AltTextAccessibility')],
    keywords: [list('dc:subject'), iim?.get('2:25') ?? []],
    keywordPaths: [
      list('lr:hierarchicalSubject'),
      // digiKam separates the levels by a slash, Lightroom by a bar.
      list('digiKam:TagsList').map((path) => path.replaceAll('/', '|')),
    ],
    creator: [list('dc:creator'), iim?.get('2:80') ?? [], [tag('Artist')]],
  };
}

function isOrientation(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 8;
}

/** `51,45.7445N` or `51,45,44.67N` (XMP specification part 2, GPSCoordinate) in signed degrees. */
function parseXmpCoordinate(text: string | undefined): number | undefined {
  const match = /^(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])$/u.exec(text?.trim() ?? '');
  if (match === null) return undefined;
  const [, degrees, minutes, seconds = '0', hemisphere] = match;
  const value = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600;
  return hemisphere === 'S' || hemisphere === 'W' ? 0 - value : value;
}
