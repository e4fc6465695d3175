import { encodePhoto } from './photos.ts';

/** RAW files as far as Cutline reads them: a camera's facts, its JPEGs, and sensor data that is none of them. */

export type RawPhoto = {
  readonly format: 'nef' | 'arw' | 'cr2' | 'dng' | 'pef' | 'orf' | 'rw2' | 'cr3' | 'raf' | 'crw';
  /** The camera's JPEGs, as they lie in the file: not turned. */
  readonly previews: readonly Buffer[];
  /** Exif 1-8. @default 1 */
  readonly orientation?: number;
  readonly make?: string;
  readonly model?: string;
  /** Exif's: `2019:05:04 12:30:05`. */
  readonly taken?: string;
  /** Says where its first preview is, as cameras do (TIFF, RAF). @default false */
  readonly pointsAtPreview?: boolean;
  /** Exif's: 1 is sRGB. @default nothing is said */
  readonly colorSpace?: number;
};

export function makeRaw(raw: RawPhoto): Buffer {
  const { format, previews } = raw;
  const data = [...previews.flatMap((preview) => [preview, Buffer.alloc(64, 0xab)]), sensorData()];
  if (format === 'cr3') return makeCr3(raw, data);
  if (format === 'raf') {
    const head = Buffer.from('FUJIFILMCCD-RAW 0201FF129502'.padEnd(148, '\0'));
    if (raw.pointsAtPreview === true) {
      head.writeUInt32BE(head.length, 84);
      head.writeUInt32BE(previews[0]?.length ?? 0, 88);
    }
    return Buffer.concat([head, ...data]);
  }
  if (format === 'crw') {
    return Buffer.concat([Buffer.from('II\x1a\0\0\0HEAPCCDR\x02\0\x01\0'.padEnd(32, '\0')), ...data]);
  }
  return Buffer.concat([makeTiff(raw, 4096), ...data]);
}

/** The camera's previews of one photo, all of the same shape, from stamp to full size. */
export async function encodePreviews(
  widths: readonly number[],
  { seed = 1, orientation = 1 }: { seed?: number; orientation?: number } = {},
): Promise<Buffer[]> {
  return Promise.all(
    widths.map(async (width) => {
      const isTurned = orientation > 4;
      const [long, short] = [width, Math.round((width * 2) / 3)];
      const upright = isTurned ? { widthPx: short, heightPx: long } : { widthPx: long, heightPx: short };
      const photo = await encodePhoto({ ...upright, seed, orientation });
      return withoutBlocks(photo);
    }),
  );
}

/** As lossless JPEG, which most makers use for the sensor's values: it begins like a picture, and is none. */
function sensorData(): Buffer {
  const head = Buffer.from('ffd8ffc4000400000000ffc3000b0e0fa01770010100ffda0008010100000000', 'hex');
  return Buffer.concat([head, Buffer.alloc(50_000, 0x5a), Buffer.from([0xff, 0xd9])]);
}

const magics = { orf: 'IIRO', rw2: 'IIU\0' } as const;

const exifAt = 1200;

function makeTiff(raw: RawPhoto, length: number): Buffer {
  const { format, previews, orientation = 1, make = 'Maker', model, pointsAtPreview = false } = raw;
  const hasExif = raw.colorSpace !== undefined || raw.taken !== undefined;
  const file = Buffer.alloc(length);
  file.write(format === 'orf' || format === 'rw2' ? magics[format] : 'II*\0', 0, 'latin1');
  const directoryAt = format === 'cr2' ? 16 : 8;
  if (format === 'cr2') file.write('CR\x02\0', 8, 'latin1');
  file.writeUInt32LE(directoryAt, 4);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [0x00_fe, 4, 1, 1],
    [0x01_0f, 2, make.length + 1, 1024],
    ...(model === undefined
      ? []
      : ([[0x01_10, 2, model.length + 1, 1100]] satisfies [number, number, number, number][])),
    [0x01_12, 3, 1, orientation],
    ...(pointsAtPreview
      ? ([
          [0x02_01, 4, 1, length],
          [0x02_02, 4, 1, previews[0]?.length ?? 0],
        ] satisfies [number, number, number, number][])
      : []),
    ...(hasExif ? ([[0x87_69, 4, 1, exifAt]] satisfies [number, number, number, number][]) : []),
    ...(format === 'dng'
      ? ([[0xc6_12, 1, 4, 0x00_00_04_01]] satisfies [number, number, number, number][])
      : []),
  ];
  file.writeUInt16LE(entries.length, directoryAt);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = directoryAt + 2 + index * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(count, at + 4);
    file.writeUInt32LE(value, at + 8);
  }
  file.write(`${make}\0`, 1024, 'latin1');
  if (model !== undefined) file.write(`${model}\0`, 1100, 'latin1');
  if (hasExif) writeExif(file, exifAt, raw);
  return file;
}

/** A directory of what is known, which says nothing else. */
function writeExif(file: Buffer, at: number, { taken, colorSpace }: RawPhoto): void {
  const entries: [tag: number, type: number, count: number, value: number][] = [];
  if (taken !== undefined) entries.push([0x90_03, 2, taken.length + 1, at + 40]);
  if (colorSpace !== undefined) entries.push([0xa0_01, 3, 1, colorSpace]);
  file.writeUInt16LE(entries.length, at);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const entryAt = at + 2 + index * 12;
    file.writeUInt16LE(tag, entryAt);
    file.writeUInt16LE(type, entryAt + 2);
    file.writeUInt32LE(count, entryAt + 4);
    file.writeUInt32LE(value, entryAt + 8);
  }
  if (taken !== undefined) file.write(`${taken}\0`, at + 40, 'latin1');
}

function makeCr3(raw: RawPhoto, data: readonly Buffer[]): Buffer {
  const facts = box('CMT1', makeTiff({ ...raw, format: 'nef', pointsAtPreview: false }, 2048));
  const exif = Buffer.alloc(128);
  exif.write('II*\0', 0, 'latin1');
  exif.writeUInt32LE(8, 4);
  writeExif(exif, 8, raw);
  const canon = box(
    'uuid',
    Buffer.concat([Buffer.from('85c0b687820f11e08111f4ce462b6a48', 'hex'), facts, box('CMT2', exif)]),
  );
  return Buffer.concat([
    box('ftyp', Buffer.from('crx \0\0\0\x01crx isom', 'latin1')),
    box('moov', canon),
    box('mdat', Buffer.concat(data)),
  ]);
}

export function box(type: string, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** A JPEG without Exif and profile: only its pixels, as they lie. */
export function withoutBlocks(jpeg: Buffer): Buffer {
  const kept: Buffer[] = [jpeg.subarray(0, 2)];
  let at = 2;
  while (jpeg[at + 1] !== 0xda) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if (jpeg[at + 1] !== 0xe1 && jpeg[at + 1] !== 0xe2) kept.push(jpeg.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, jpeg.subarray(at)]);
}

export type PsdPhoto = {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly mode: 'grey' | 'rgb' | 'cmyk' | 'lab';
  readonly depthBits?: 8 | 16;
  /** One value a channel, as Photoshop stores it: ink 255 = none. 16-bit values are these × 257. */
  readonly fill: readonly number[];
  readonly isPacked?: boolean;
  /** PSB. */
  readonly isLarge?: boolean;
  /** Saved with "maximize compatibility". @default true */
  readonly hasPicture?: boolean;
  readonly profile?: Uint8Array;
  /** A JPEG in front of the layers, and its size. */
  readonly thumbnail?: { readonly jpeg: Uint8Array; readonly widthPx: number; readonly heightPx: number };
};

/** A flat document of one colour. */
export function makePsd(psd: PsdPhoto): Buffer {
  const {
    widthPx,
    heightPx,
    depthBits = 8,
    fill,
    isPacked = false,
    isLarge = false,
    hasPicture = true,
  } = psd;
  const modes = { grey: 1, rgb: 3, cmyk: 4, lab: 9 };
  const header = Buffer.alloc(26);
  header.write('8BPS', 0, 'latin1');
  header.writeUInt16BE(isLarge ? 2 : 1, 4);
  header.writeUInt16BE(fill.length, 12);
  header.writeUInt32BE(heightPx, 14);
  header.writeUInt32BE(widthPx, 18);
  header.writeUInt16BE(depthBits, 22);
  header.writeUInt16BE(modes[psd.mode], 24);
  const version = Buffer.from([0, 0, 0, 1, hasPicture ? 1 : 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  const resources = Buffer.concat([
    psdResource(1057, version),
    ...(psd.profile === undefined ? [] : [psdResource(1039, psd.profile)]),
    ...(psd.thumbnail === undefined ? [] : [psdResource(1036, thumbnailData(psd.thumbnail))]),
  ]);
  const rowBytes = (widthPx * depthBits) / 8;
  const rows = fill.flatMap((value) =>
    Array.from({ length: heightPx }, () =>
      isPacked ? packRun(value, rowBytes) : Buffer.alloc(rowBytes, value),
    ),
  );
  const lengths = isPacked
    ? rows.map((row) => (isLarge ? lengthOf(row.length) : lengthOf(row.length).subarray(2)))
    : [];
  const noLayers = Buffer.alloc(isLarge ? 8 : 4);
  const compression = Buffer.from([0, isPacked ? 1 : 0]);
  return Buffer.concat([
    header,
    lengthOf(0),
    lengthOf(resources.length),
    resources,
    noLayers,
    compression,
    ...lengths,
    ...rows,
  ]);
}

/** Format 1 (JPEG), size, bytes of a row and of all, bytes of the JPEG, 24 bits in 1 plane; as Adobe's specification says. */
function thumbnailData({ jpeg, widthPx, heightPx }: NonNullable<PsdPhoto['thumbnail']>): Buffer {
  const rowBytes = Math.ceil((widthPx * 24) / 32) * 4;
  const numbers = [1, widthPx, heightPx, rowBytes, rowBytes * heightPx, jpeg.length];
  return Buffer.concat([...numbers.map(lengthOf), Buffer.from([0, 24, 0, 1]), jpeg]);
}

function psdResource(id: number, data: Uint8Array): Buffer {
  const head = Buffer.alloc(12);
  head.write('8BIM', 0, 'latin1');
  head.writeUInt16BE(id, 4);
  head.writeUInt32BE(data.length, 8);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function lengthOf(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** PackBits: as runs of at most 128. */
function packRun(value: number, length: number): Buffer {
  const pieces: number[] = [];
  for (let left = length; left > 0; left -= 128) {
    const run = Math.min(left, 128);
    pieces.push(...(run === 1 ? [0, value] : [257 - run, value]));
  }
  return Buffer.from(pieces);
}

/** A JPEG with a smaller one behind it, and the index of both that cameras write (CIPA DC-007). */
export function withLargeThumbnail(main: Buffer, thumbnail: Buffer, type = 0x01_00_02): Buffer {
  const block = Buffer.alloc(8 + 2 + 12 + 4 + 32);
  block.write('II*\0', 0, 'latin1');
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(1, 8);
  block.writeUInt16LE(0xb0_02, 10);
  block.writeUInt16LE(7, 12);
  block.writeUInt32LE(32, 14);
  block.writeUInt32LE(26, 18);
  const blockBytes = block.length + 8;
  block.writeUInt32LE(0x03_00_00, 26);
  block.writeUInt32LE(main.length + blockBytes, 30);
  block.writeUInt32LE(type, 42);
  block.writeUInt32LE(thumbnail.length, 46);
  // Behind the blocks that are there: Exif comes first.
  let at = 2;
  while (main[at + 1] === 0xe1 || main[at + 1] === 0xe0) at += 2 + main.readUInt16BE(at + 2);
  block.writeUInt32LE(main.length + blockBytes - (at + 8), 50);
  const head = Buffer.from([0xff, 0xe2, (blockBytes - 2) >> 8, (blockBytes - 2) & 0xff, 0x4d, 0x50, 0x46, 0]);
  return Buffer.concat([main.subarray(0, at), head, block, main.subarray(at), thumbnail]);
}
