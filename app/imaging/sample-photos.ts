import { copyFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp, { type Exif } from 'sharp';
import * as scenes from './sample-scenes.ts';

/**
 * Photos to try Cutline on when there are none yet: drawn, but real files with the facts of a camera. The same on every
 * machine and in every run, to the hour of their change.
 */

type Sample = {
  readonly path: string;
  readonly scene: scenes.Scene;
  /** Upright. @default 1536 × 1024 */
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly camera?: Camera;
  /** `2019:07:14 22:41:08+00:00`, as the camera's clock showed it, with its offset. */
  readonly takenAt: string;
  readonly exposure?: {
    readonly seconds: string;
    readonly apertureF: string;
    readonly iso: number;
    readonly focalLengthMm: number;
  };
  /** Degrees, north and east positive. */
  readonly place?: readonly [latitude: number, longitude: number];
  readonly rating?: number;
  readonly keywords?: readonly string[];
  /** Stored on its side, as phones do: Exif orientation 6. */
  readonly isStoredOnItsSide?: boolean;
  readonly isGrey?: boolean;
};

type Camera = { readonly make: string; readonly model: string; readonly lens?: string };

const canon: Camera = { make: 'Canon', model: 'Canon EOS 6D', lens: 'EF24-105mm f/4L IS USM' };
const nikon: Camera = { make: 'NIKON CORPORATION', model: 'NIKON Z 6', lens: 'NIKKOR Z 24-70mm f/4 S' };
const fujifilm: Camera = { make: 'FUJIFILM', model: 'X-T3', lens: 'XF16mmF1.4 R WR' };
const phone: Camera = { make: 'Google', model: 'Pixel 5' };
const compact: Camera = { make: 'Panasonic', model: 'DMC-TZ81' };

const samples: readonly Sample[] = [
  {
    path: '2019/Iceland/IMG_0412.jpg',
    scene: scenes.greenHills,
    camera: canon,
    takenAt: '2019:07:14 15:20:44+00:00',
    exposure: { seconds: '1/250', apertureF: '8/1', iso: 100, focalLengthMm: 24 },
    place: [63.532, -19.511],
    rating: 4,
    keywords: ['Iceland', 'waterfall'],
  },
  {
    path: '2019/Iceland/IMG_0431.jpg',
    scene: scenes.blackBeach,
    camera: canon,
    takenAt: '2019:07:14 22:41:08+00:00',
    exposure: { seconds: '1/60', apertureF: '11/1', iso: 200, focalLengthMm: 35 },
    place: [63.404, -19.045],
    rating: 5,
  },
  {
    path: '2022/Lisbon/DSC_1187.jpg',
    scene: scenes.houseRow,
    camera: nikon,
    takenAt: '2022:05:03 11:02:17+01:00',
    exposure: { seconds: '1/640', apertureF: '56/10', iso: 100, focalLengthMm: 50 },
    place: [38.7117, -9.1302],
  },
  {
    path: '2022/Lisbon/DSC_1203.jpg',
    scene: scenes.sailboat,
    camera: nikon,
    takenAt: '2022:05:03 17:48:50+01:00',
    exposure: { seconds: '1/1000', apertureF: '8/1', iso: 160, focalLengthMm: 70 },
    rating: 3,
  },
  {
    path: '2020/Alps/PANO_20200808.jpg',
    scene: scenes.snowPeaks,
    widthPx: 3600,
    heightPx: 900,
    camera: fujifilm,
    takenAt: '2020:08:08 09:15:00+02:00',
    exposure: { seconds: '1/500', apertureF: '8/1', iso: 160, focalLengthMm: 16 },
    place: [46.0207, 7.7491],
  },
  {
    path: '2020/Alps/DSCF3021.jpg',
    scene: scenes.moonNight,
    camera: fujifilm,
    takenAt: '2020:08:08 23:30:12+02:00',
    exposure: { seconds: '8/1', apertureF: '14/10', iso: 1600, focalLengthMm: 16 },
    rating: 5,
    keywords: ['night', 'stars'],
  },
  {
    path: '2018/Morocco/P1040552.jpg',
    scene: scenes.dunes,
    camera: compact,
    takenAt: '2018:11:21 08:05:39+01:00',
    exposure: { seconds: '1/400', apertureF: '56/10', iso: 80, focalLengthMm: 9 },
  },
  {
    path: '2021/Phone/PXL_20210502_054112.jpg',
    scene: scenes.foggyForest,
    widthPx: 1080,
    heightPx: 1440,
    camera: phone,
    takenAt: '2021:05:02 07:41:12+02:00',
    exposure: { seconds: '1/120', apertureF: '17/10', iso: 55, focalLengthMm: 4 },
    place: [48.5635, 8.2243],
    isStoredOnItsSide: true,
  },
  {
    path: '2021/Phone/PXL_20210718_193005.jpg',
    scene: scenes.citySkyline,
    camera: phone,
    takenAt: '2021:07:18 21:30:05+02:00',
    exposure: { seconds: '1/25', apertureF: '17/10', iso: 640, focalLengthMm: 4 },
    place: [50.1109, 8.6821],
  },
  {
    path: 'Scans/lighthouse.jpg',
    scene: scenes.lighthouse,
    takenAt: '2023:01:15 19:00:00+01:00',
    isGrey: true,
  },
  { path: 'Downloads/tulips.png', scene: scenes.tulipField, takenAt: '2023:04:22 12:00:00+02:00' },
  {
    path: 'Downloads/balloons.webp',
    scene: scenes.balloons,
    takenAt: '2023:09:09 07:30:00+02:00',
    rating: 2,
  },
];

/** The same bytes under another name, as copies from cards leave them. */
const duplicate = { of: '2019/Iceland/IMG_0431.jpg', path: 'Downloads/IMG_0431 (1).jpg' };

/**
 * Draws the sample photos into `folder`, which is made if need be, and returns their paths. Files of the same names are
 * overwritten.
 */
export async function drawSamplePhotos(folder: string): Promise<string[]> {
  const paths = await Promise.all(samples.map((sample) => drawSample(folder, sample)));
  const original = samples.find(({ path }) => path === duplicate.of);
  if (original === undefined) return paths;
  const copy = join(folder, duplicate.path);
  await copyFile(join(folder, duplicate.of), copy);
  await setFileTime(copy, original);
  return [...paths, copy];
}

async function drawSample(folder: string, sample: Sample): Promise<string> {
  const { widthPx = 1536, heightPx = 1024 } = sample;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${sample.scene(widthPx, heightPx)}</svg>`;
  const picture = sharp(Buffer.from(svg)).removeAlpha();
  if (sample.isStoredOnItsSide) picture.rotate(270);
  if (sample.isGrey) picture.toColourspace('b-w');
  if (sample.path.endsWith('.jpg')) picture.jpeg({ quality: 88, optimiseCoding: false });
  if (sample.path.endsWith('.png')) picture.png({ compressionLevel: 4 });
  if (sample.path.endsWith('.webp')) picture.webp({ quality: 82, effort: 0 });
  if (sample.isStoredOnItsSide) picture.withMetadata({ orientation: 6 });
  if (sample.camera !== undefined) picture.withExifMerge(toExif(sample, sample.camera));
  if (sample.rating !== undefined || sample.keywords !== undefined) picture.withXmp(toXmp(sample));

  const path = join(folder, sample.path);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, await picture.toBuffer());
  await setFileTime(path, sample);
  return path;
}

async function setFileTime(path: string, { takenAt }: Sample): Promise<void> {
  const time = new Date(takenAt.replace(':', '-').replace(':', '-').replace(' ', 'T'));
  await utimes(path, time, time);
}

/** Blocks as libvips names them: `IFD0` the picture, `IFD2` Exif, `IFD3` GPS. Fractions are numerator and denominator. */
function toExif({ takenAt, exposure, place }: Sample, camera: Camera): Exif {
  const [clock, offset] = [takenAt.slice(0, 19), takenAt.slice(19)];
  return {
    IFD0: { Make: camera.make, Model: camera.model, DateTime: clock },
    IFD2: {
      DateTimeOriginal: clock,
      OffsetTimeOriginal: offset,
      ...(camera.lens !== undefined && { LensModel: camera.lens }),
      ...(exposure !== undefined && {
        ExposureTime: exposure.seconds,
        FNumber: exposure.apertureF,
        ISOSpeedRatings: String(exposure.iso),
        FocalLength: `${exposure.focalLengthMm}/1`,
      }),
    },
    ...(place !== undefined && {
      IFD3: {
        GPSLatitudeRef: place[0] < 0 ? 'S' : 'N',
        GPSLatitude: toDegrees(place[0]),
        GPSLongitudeRef: place[1] < 0 ? 'W' : 'E',
        GPSLongitude: toDegrees(place[1]),
      },
    }),
  };
}

/** Degrees, minutes and hundredths of seconds, as Exif writes a coordinate. */
function toDegrees(value: number): string {
  const hundredths = Math.round(Math.abs(value) * 360_000);
  const degrees = Math.floor(hundredths / 360_000);
  const minutes = Math.floor(hundredths / 6000) % 60;
  return `${degrees}/1 ${minutes}/1 ${hundredths % 6000}/100`;
}

function toXmp({ rating, keywords = [] }: Sample): string {
  const subject = `<dc:subject><rdf:Bag>${keywords.map((keyword) => `<rdf:li>${keyword}</rdf:li>`).join('')}</rdf:Bag></dc:subject>`;
  return (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">' +
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"' +
    `${rating === undefined ? '' : ` xmp:Rating="${rating}"`}>${keywords.length > 0 ? subject : ''}</rdf:Description>` +
    '</rdf:RDF></x:xmpmeta>'
  );
}
