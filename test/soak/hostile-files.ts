import { once } from 'node:events';
import { createDeflate } from 'node:zlib';
import { createPlainTiff } from '../../app/imaging/plain-tiff.ts';
import { makePsd } from '../helpers/camera-files.ts';
import { encodePhoto, wrapPng } from '../helpers/photos.ts';
import { makeChain, makeLoop, withChain } from './hostile-directories.ts';
import type { HostileFile } from './hostile-samples.ts';

/** Files that nobody should have: broken in every way that chance and malice think of. */

const mutations: readonly ((bytes: Buffer, random: () => number) => Buffer)[] = [
  // Single bits, anywhere.
  (bytes, random) => {
    for (let flips = 1 + Math.floor(random() * 20); flips > 0; flips--) {
      const at = Math.floor(random() * bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    }
    return bytes;
  },
  // Bits of the head, where sizes and places stand.
  (bytes, random) => {
    for (let flips = 1 + Math.floor(random() * 8); flips > 0; flips--) {
      const at = Math.floor(random() * Math.min(bytes.length, 400));
      bytes[at] = Math.floor(random() * 256);
    }
    return bytes;
  },
  (bytes, random) => bytes.subarray(0, Math.floor(random() * bytes.length)),
  // A number that is as large as it can be, or points back to the beginning: huge sizes, directories in a circle.
  (bytes, random) => {
    const at = Math.floor(random() * Math.min(bytes.length - 4, 600));
    const numbers = [0xff_ff_ff_ff, 0x7f_ff_ff_ff, 0, 8, at, 65_535];
    bytes.writeUInt32LE(numbers[Math.floor(random() * numbers.length)] ?? 0, Math.max(0, at));
    return bytes;
  },
  // A piece of zeros, as a bad card leaves it.
  (bytes, random) => {
    const start = Math.floor(random() * bytes.length);
    return bytes.fill(0, start, Math.min(bytes.length, start + Math.floor(random() * 4096)));
  },
  // A piece of itself in another place.
  (bytes, random) => {
    const [from, to] = [random(), random()].map((share) => Math.floor(share * bytes.length));
    bytes.copy(bytes, to, from, Math.min(bytes.length, (from ?? 0) + Math.floor(random() * 2048)));
    return bytes;
  },
  (bytes, random) => Buffer.concat([bytes, Buffer.alloc(Math.floor(random() * 100_000), 0xff)]),
];

/** One of the samples, changed by one to three of the ways, under its own ending or, rarely, another one. */
export function mutate(samples: readonly HostileFile[], index: number, random: () => number): HostileFile {
  const pick = <Item>(list: readonly Item[]) => list[Math.floor(random() * list.length)];
  const sample = pick(samples);
  if (sample === undefined) throw new Error('There are no samples.');
  let bytes: Buffer = Buffer.from(sample.bytes);
  for (let ways = 1 + Math.floor(random() * 3); ways > 0 && bytes.length > 8; ways--) {
    bytes = pick(mutations)?.(bytes, random) ?? bytes;
  }
  const other = random() < 0.05 ? (pick(samples)?.name ?? '') : sample.name;
  const extension = other.slice(other.lastIndexOf('.'));
  return { name: `${oddName(random)}${String(index)}${extension}`, bytes };
}

/** Names that file systems take and programs stumble over. */
function oddName(random: () => number): string {
  const names = [
    'm-',
    'line\nbreak-',
    '🐦‍⬛-',
    'שלום-',
    '\u202Eright-',
    'quote\'"-',
    'bracket]-',
    '%2e%00-',
    ' -',
    '-rf ',
  ];
  const long = 'x'.repeat(230);
  return random() < 0.7 ? 'm-' : ([...names, long][Math.floor(random() * (names.length + 1))] ?? 'm-');
}

/** What malice thinks of: small files that ask for all memory, or for all time. */
export async function makeBombs(): Promise<HostileFile[]> {
  const jpeg = await encodePhoto({ widthPx: 96, heightPx: 64, format: 'jpeg' });
  return [
    // 180 megapixels of black in a few hundred kB: allowed by its size, and to be decoded in little memory.
    { name: 'bomb-allowed.png', bytes: wrapPng(15_000, 12_000, await deflateZeros(15_001 * 12_000)) },
    { name: 'bomb-refused.png', bytes: wrapPng(60_000, 60_000, await deflateZeros(60_001)) },
    { name: 'bomb-deflate.tif', bytes: await makeDeflateBomb(16_000, 15_000) },
    { name: 'bomb-claims.tif', bytes: await makeDeflateBomb(1_000_000, 1_000_000, 1) },
    { name: 'loop-in-dng.dng', bytes: makeLoop(0xc6_12) },
    { name: 'loop-in-tiff.tif', bytes: makeLoop(0x01_4a) },
    { name: 'chain-in-tiff.tif', bytes: makeChain('next') },
    { name: 'chain-in-dng.dng', bytes: makeChain('next') },
    { name: 'nested-in-tiff.tif', bytes: makeChain('inside') },
    { name: 'nested-in-raw.nef', bytes: makeChain('inside') },
    { name: 'chain-in-exif.jpg', bytes: withChain(jpeg, 'next') },
    { name: 'nested-in-exif.jpg', bytes: withChain(jpeg, 'inside') },
    { name: 'many-starts.nef', bytes: Buffer.from('ffd8ff'.repeat(200_000), 'hex') },
    { name: 'many-segments.raf', bytes: manySegments() },
    { name: 'deep.heic', bytes: makeDeepBoxes() },
    {
      name: 'claims.psd',
      bytes: claim(makePsd({ widthPx: 16, heightPx: 16, mode: 'rgb', fill: [1, 2, 3] }), 14),
    },
    { name: 'lines\nand \u202Elines.jpg', bytes: Buffer.from('nothing') },
    { name: `${'n'.repeat(251)}.jpg`, bytes: Buffer.from([0xff, 0xd8, 0xff, 0xe0]) },
  ];
}

/** A document that claims more pixels than it has. */
function claim(bytes: Buffer, at: number): Buffer {
  bytes.writeUInt32BE(9_000, at);
  bytes.writeUInt32BE(9_000, at + 4);
  return bytes;
}

/** So many zeros, compressed a thousandfold, without ever holding them. */
async function deflateZeros(length: number): Promise<Buffer> {
  const deflate = createDeflate({ level: 9 });
  const pieces: Buffer[] = [];
  deflate.on('data', (piece: Buffer) => pieces.push(piece));
  const zeros = Buffer.alloc(2 ** 20);
  for (let left = length; left > 0; left -= zeros.length) {
    if (!deflate.write(zeros.subarray(0, Math.min(left, zeros.length)))) await once(deflate, 'drain');
  }
  deflate.end();
  await once(deflate, 'end');
  return Buffer.concat(pieces);
}

/** A TIFF of which all pixels are zeros, compressed a thousandfold. */
async function makeDeflateBomb(widthPx: number, heightPx: number, rows = heightPx): Promise<Buffer> {
  const { bytes } = createPlainTiff(
    { widthPx, heightPx: 1 },
    { colors: 'grey', hasAlpha: false, depthBits: 8 },
  );
  const header = Buffer.from(bytes.subarray(0, bytes.length - widthPx));
  const data = await deflateZeros(widthPx * rows);
  const values = new Map([
    [257, heightPx],
    [259, 8],
    [278, heightPx],
    [279, data.length],
  ]);
  for (let index = 0; index < header.readUInt16LE(8); index++) {
    const at = 10 + index * 12;
    const value = values.get(header.readUInt16LE(at));
    if (value !== undefined) header.writeUInt32LE(value, at + 8);
  }
  return Buffer.concat([header, data]);
}

function manySegments(): Buffer {
  const jpeg = `ffd8ff${'fe0002ff'.repeat(300_000)}d9`;
  return Buffer.concat([Buffer.from('FUJIFILMCCD-RAW '), Buffer.from(jpeg, 'hex')]);
}

/** Boxes in boxes, as deep as they go. */
function makeDeepBoxes(): Buffer {
  const pieces = [Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')];
  for (let left = 20_000; left > 0; left--) {
    const head = Buffer.alloc(12);
    head.writeUInt32BE(left * 12);
    head.write('meta', 4, 'latin1');
    pieces.push(head);
  }
  return Buffer.concat(pieces);
}
