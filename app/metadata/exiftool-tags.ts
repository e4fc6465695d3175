import type { FactCandidates } from './facts.ts';
import type { Foreign, Position } from './border.ts';
import { toKilometres, type PlaceTags } from './place.ts';

/**
 * An explicit list, since ExifTool is three times slower when it prints everything. `#` asks for the number behind a name;
 * `-fast` leaves out what follows the picture. Undeclared IPTC is passed on as it is, so that it can be judged as the first
 * pass judges it; what is no UTF-8 then comes as bytes too.
 */
export const exifToolArguments = [
  '-fast',
  '-G0',
  // The populated place nearest to the file's position, from the GeoNames index that ExifTool brings along.
  '-api',
  'Geolocation',
  // Without parts of cities: who looks for Sydney would not find what is called The Rocks.
  '-api',
  'GeolocFeature=-PPLX',
  '-charset',
  'iptc=UTF8',
  '-Orientation#',
  '-DateTimeOriginal',
  '-SubSecTimeOriginal',
  '-OffsetTimeOriginal',
  '-CreateDate',
  '-SubSecTimeDigitized',
  '-OffsetTimeDigitized',
  '-OffsetTime',
  '-CreationDate',
  '-QuickTime:ContentIdentifier',
  '-Matroska:DateTimeOriginal',
  '-XMP-photoshop:DateCreated',
  '-IPTC:DateCreated',
  '-IPTC:TimeCreated',
  '-Make',
  '-Model',
  '-LensModel',
  '-Composite:LensID',
  '-XMP-aux:Lens',
  '-FNumber#',
  '-ExposureTime#',
  '-ISO#',
  '-FocalLength#',
  '-EXIF:Flash#',
  '-Composite:GPSLatitude#',
  '-Composite:GPSLongitude#',
  '-GeolocationCity',
  '-GeolocationSubregion',
  '-GeolocationRegion',
  '-GeolocationCountry',
  '-GeolocationCountryCode',
  '-GeolocationPopulation#',
  '-GeolocationDistance',
  '-GeolocationTimeZone',
  '-XMP-xmp:Rating#',
  '-XMP-microsoft:RatingPercent#',
  '-XMP-xmp:Label',
  '-XMP-dc:Title',
  '-XMP-dc:Description',
  '-XMP-dc:Subject',
  '-XMP-dc:Creator',
  '-XMP-lr:HierarchicalSubject',
  '-XMP-digiKam:TagsList',
  '-XMP-iptcCore:AltTextAccessibility',
  '-IPTC:ObjectName',
  '-IPTC:Caption-Abstract',
  '-IPTC:Keywords',
  '-IPTC:By-line',
  '-EXIF:ImageDescription',
  '-EXIF:Artist',
];

/** So many that one of another country is among them where a border is near. */
const townsAround = 30;

/**
 * The towns around a position. A tag that no file has keeps ExifTool from reading the file's own instead. Not asked for by
 * country: ExifTool would remember that for the next file.
 */
export function townsAroundArguments({ latitude, longitude }: Position): string[] {
  const asked = `$NoSuchTag,${String(latitude)},${String(longitude)},num=${String(townsAround)}`;
  const place = ['-api', `Geolocation=${asked}`, '-api', 'GeolocFeature=-PPLX'];
  return ['-fast2', '-a', '-G3:0', ...place, '-GeolocationCountryCode', '-GeolocationDistance'];
}

/** @param tags what `townsAroundArguments` asks for, the nearest town first */
export function toForeign(tags: Tags, country: string): Foreign | undefined {
  let farthest: Foreign | undefined;
  for (let town = 0; ; town += 1) {
    const group = town === 0 ? '' : `Doc${String(town)}:`;
    const km = toKilometres(tags[`${group}ExifTool:GeolocationDistance`]);
    if (km === undefined) return farthest;
    if (tags[`${group}ExifTool:GeolocationCountryCode`] !== country) return { km, isFound: true };
    farthest = { km, isFound: false };
  }
}

type Tags = Readonly<Record<string, unknown>>;

/** The same order as in `head-facts.ts` ([Note: Metadata mapping]), with what only ExifTool can read behind it. */
export function toCandidatesFromTags(tags: Tags): FactCandidates {
  const tag = (name: string) => readable(tags, name);
  const list = (name: string) => toList(tag(name));
  const anyGroup = (name: string) =>
    ['EXIF', 'XMP', 'MakerNotes', 'QuickTime', 'RIFF', 'Composite', 'RAF', 'CIFF'].map((group) =>
      tag(`${group}:${name}`),
    );
  return {
    captureTime: [
      {
        dateTime: tag('EXIF:DateTimeOriginal'),
        subSeconds: tag('EXIF:SubSecTimeOriginal'),
        offset: tag('EXIF:OffsetTimeOriginal') ?? tag('EXIF:OffsetTimeDigitized') ?? tag('EXIF:OffsetTime'),
      },
      { dateTime: tag('XMP:DateTimeOriginal') },
      { dateTime: tag('XMP:DateCreated') },
      { dateTime: [...list('IPTC:DateCreated'), ...list('IPTC:TimeCreated')].join(' ') },
      {
        dateTime: tag('EXIF:CreateDate'),
        subSeconds: tag('EXIF:SubSecTimeDigitized'),
        offset: tag('EXIF:OffsetTimeDigitized') ?? tag('EXIF:OffsetTime'),
      },
      { dateTime: tag('XMP:CreateDate') },
      { dateTime: tag('MakerNotes:DateTimeOriginal') },
      { dateTime: tag('RIFF:DateTimeOriginal') },
      // Apple's, with its own offset.
      { dateTime: tag('QuickTime:CreationDate') },
      // The header of every MP4 and MOV, and Matroska's: UTC by their specifications. What the clock on the wall showed follows
      // where the file says its place. Better than the time at which a file was copied; phones that know more say it above.
      { dateTime: tag('QuickTime:CreateDate'), offset: '+00:00', timeZone: zoneOf(tags) },
      { dateTime: tag('Matroska:DateTimeOriginal'), offset: '+00:00', timeZone: zoneOf(tags) },
    ],
    make: anyGroup('Make'),
    model: anyGroup('Model'),
    lens: [...anyGroup('LensModel'), tag('Composite:LensID'), tag('XMP:Lens')],
    apertureF: anyGroup('FNumber'),
    exposureSeconds: anyGroup('ExposureTime'),
    iso: anyGroup('ISO'),
    focalLengthMm: anyGroup('FocalLength'),
    flash: [tag('EXIF:Flash')],
    position: [{ latitude: tag('Composite:GPSLatitude'), longitude: tag('Composite:GPSLongitude') }],
    rating: [tag('XMP:Rating')],
    ratingPercent: [tag('XMP:RatingPercent')],
    label: [tag('XMP:Label')],
    title: [tag('XMP:Title'), tag('IPTC:ObjectName')],
    caption: [tag('XMP:Description'), tag('IPTC:Caption-Abstract'), tag('EXIF:ImageDescription')],
    altText: [tag('XMP:AltTextAccessibility')],
    keywords: [list('XMP:Subject'), list('IPTC:Keywords')],
    keywordPaths: [
      list('XMP:HierarchicalSubject'),
      list('XMP:TagsList').map((path) => String(path).replaceAll('/', '|')),
    ],
    creator: [list('XMP:Creator'), list('IPTC:By-line'), [tag('EXIF:Artist')]],
  };
}

/** Of the file's position, where that is one: receivers without a fix write 0°, 0°. */
function zoneOf(tags: Tags): unknown {
  const isNowhere = tags['Composite:GPSLatitude'] === 0 && tags['Composite:GPSLongitude'] === 0;
  return isNowhere ? undefined : tags['ExifTool:GeolocationTimeZone'];
}

/** What ExifTool makes of the file's position by itself. */
export function toPlaceTags(tags: Tags): PlaceTags {
  return {
    city: tags['ExifTool:GeolocationCity'],
    district: tags['ExifTool:GeolocationSubregion'],
    region: tags['ExifTool:GeolocationRegion'],
    country: tags['ExifTool:GeolocationCountry'],
    countryCode: tags['ExifTool:GeolocationCountryCode'],
    population: tags['ExifTool:GeolocationPopulation'],
    distance: tags['ExifTool:GeolocationDistance'],
    timeZone: tags['ExifTool:GeolocationTimeZone'],
  };
}

/** Apple's identifier in the movie of a Live Photo; the photo has the same. */
export function toContentIdentifier(tags: Tags): string | undefined {
  const found = tags['QuickTime:ContentIdentifier'];
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Exif's orientation, 1–8; HEIF's own rotation is not among them. */
export function toOrientationFromTags(tags: Tags): number | undefined {
  const found = [tags['EXIF:Orientation'], tags['XMP:Orientation']].find((value) => value !== undefined);
  return typeof found === 'number' && Number.isInteger(found) && found >= 1 && found <= 8 ? found : undefined;
}

function toList(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** A tag, decoded as Windows-1252 where its bytes are no UTF-8. exiftool-vendored keeps such bytes beside the tags. */
function readable(tags: Tags, name: string): unknown {
  const value = tags[name];
  const invalid = tags['invalidUtf8Bytes'];
  if (typeof invalid !== 'object' || invalid === null) return value;
  const bytes = new Map<string, unknown>(Object.entries(invalid)).get(name);
  if (bytes instanceof Uint8Array) return new TextDecoder('windows-1252').decode(bytes);
  if (!Array.isArray(value) || typeof bytes !== 'object' || bytes === null) return value;
  const itemBytes = new Map<string, unknown>(Object.entries(bytes));
  return value.map((item: unknown, index) => {
    const own = itemBytes.get(String(index));
    return own instanceof Uint8Array ? new TextDecoder('windows-1252').decode(own) : item;
  });
}
