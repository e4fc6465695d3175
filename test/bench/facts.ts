import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { renderPhoto } from '../../app/imaging/render.ts';
import { ingestFile } from '../../app/library/ingest.ts';
import { jpegHeadLength, readHeadFacts } from '../../app/metadata/head-facts.ts';
import { encodePhoto } from '../helpers/photos.ts';

// eslint-disable-next-line import/no-named-as-default-member -- Node finds no names to import in this CommonJS bundle
const { load } = ExifReader;

export type FactsRow = {
  readonly name: string;
  /** Microseconds a photo, the median of all rounds. */
  readonly ours: number;
  readonly limit: number;
  /** Speed of ours beside the limit's: above 1 we are faster. */
  readonly ratio: number;
  readonly goal: number;
  readonly better?: 'lower';
};

const model = { widthPx: 1152, heightPx: 768 };
const rounds = 15;
const readsPerRound = 60;

/**
 * The first pass against bare exifreader on the same first 256 kB, interleaved, on photos made here: one as a camera writes
 * it, one as Lightroom writes it. SPEED §5.
 */
export async function benchFacts(): Promise<FactsRow[]> {
  const photos = [
    ['facts of a camera JPEG', await makePhoto(undefined)],
    ['facts of a JPEG with XMP', await makePhoto(editorXmp())],
  ] as const;
  const rows = photos.map(([name, photo]): FactsRow => {
    const head = photo.subarray(0, jpegHeadLength);
    const times = { ours: [] as number[], limit: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(timeOf(() => readHeadFacts(head, 'jpeg')));
      times.limit.push(timeOf(() => load(Buffer.from(head), { expanded: true })));
    }
    const [ours, limit] = [median(times.ours), median(times.limit)];
    return { name, ours, limit, ratio: limit / ours, goal: 1 };
  });
  return [...rows, await shareOfIngest()];
}

/** The first pass beside all that a 24-megapixel photo costs when it is read: hashes, thumbnail, model picture. */
async function shareOfIngest(): Promise<FactsRow> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-bench-facts-'));
  try {
    const path = join(folder, 'large.jpg');
    const bytes = await encodePhoto({ widthPx: 6000, heightPx: 4000, seed: 1 });
    await writeFile(path, bytes);
    const head = bytes.subarray(0, jpegHeadLength);
    const times = { ours: [] as number[], limit: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.ours.push(timeOf(() => readHeadFacts(head, 'jpeg')));
      const before = process.cpuUsage();
      await ingestFile({ path });
      await renderPhoto(path, { model, thumbnail: { boxPx: 512 }, perceptualHash: true, colors: true });
      const { user, system } = process.cpuUsage(before);
      times.limit.push(user + system);
    }
    const [ours, limit] = [median(times.ours), median(times.limit)];
    const name = 'facts, of all that a 24-megapixel JPEG costs';
    return { name, ours, limit, ratio: ours / limit, goal: 0.01, better: 'lower' };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function makePhoto(xmp: string | undefined): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const picture = sharp({ create: { width: 1600, height: 1066, channels: 3, background: 'grey', noise } });
  const withExif = picture.withExif({
    IFD0: { Make: 'Canon', Model: 'Canon EOS R6', Artist: 'Ada' },
    IFD2: {
      DateTimeOriginal: '2019:07:14 20:31:05',
      OffsetTimeOriginal: '+02:00',
      FNumber: '28/10',
      ExposureTime: '1/250',
      LensModel: 'RF 35mm F1.8',
      MakerNote: 'x'.repeat(20_000),
    },
    IFD3: {
      GPSLatitudeRef: 'N',
      GPSLatitude: '48/1 51/1 30/1',
      GPSLongitudeRef: 'E',
      GPSLongitude: '2/1 17/1 40/1',
    },
  });
  return (xmp === undefined ? withExif : withExif.withXmp(xmp)).jpeg().toBuffer();
}

/** As much as an editor writes: words, a hundred settings, a history. */
function editorXmp(): string {
  const settings = Array.from(
    { length: 100 },
    (_, index) => `crs:Setting${String(index)}="${String(index)}"`,
  );
  const events = Array.from({ length: 20 }, () => '<rdf:li><rdf:Description crs:action="saved"/></rdf:li>');
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:crs="http://ns.adobe.com/camera-raw-settings/1.0/" ${settings.join(' ')}>
<dc:subject><rdf:Bag><rdf:li>bird</rdf:li><rdf:li>heron</rdf:li></rdf:Bag></dc:subject>
<crs:History><rdf:Seq>${events.join('')}</rdf:Seq></crs:History>
</rdf:Description></rdf:RDF></x:xmpmeta>`;
}

/** Microseconds for one call. */
function timeOf(work: () => unknown): number {
  const start = performance.now();
  for (let read = 0; read < readsPerRound; read++) work();
  return ((performance.now() - start) * 1000) / readsPerRound;
}

function median(values: readonly number[]): number {
  const middle = values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  if (middle === undefined) throw new Error('nothing was measured');
  return middle;
}
