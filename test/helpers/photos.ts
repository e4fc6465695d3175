import { readFile, writeFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Exif, type Sharp } from 'sharp';
import { drawLetters } from './letters.ts';
import { writeOld } from './write-old.ts';

/**
 * Photos for tests, made on the spot: blotches of colour, a few shapes and grain, so that a JPEG has a believable size,
 * no two seeds look alike, and the same seed gives the same bytes.
 */

export type PhotoOptions = {
  /** As displayed, after orientation. @default 1200 */
  readonly widthPx?: number;
  /** As displayed, after orientation. @default 800 */
  readonly heightPx?: number;
  /** @default 'jpeg' */
  readonly format?: 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif';
  /** Exif 1-8: the pixels are stored turned, so that the photo stands upright when it is applied. */
  readonly orientation?: number;
  /** Blocks as sharp names them: `IFD0` picture, `IFD2` Exif, `IFD3` GPS. */
  readonly exif?: Exif;
  readonly xmp?: string;
  readonly seed?: number;
  /** Letters and digits in the picture, drawn without any font of the system. */
  readonly text?: string;
  /** @default 'srgb' */
  readonly colors?: 'srgb' | 'grey' | 'cmyk' | '16-bit' | 'p3' | 'palette';
  /** A hole in the middle that one can look through; PNG, WebP, AVIF, TIFF, GIF. */
  readonly hasAlpha?: boolean;
  /** Animation; GIF and WebP. @default 1 */
  readonly frameCount?: number;
  /** Fills the picture instead of drawing one: a CSS colour. */
  readonly background?: string;
};

/** Writes a photo, and the folders above it. Returns its bytes. */
export async function makePhoto(path: string, options: PhotoOptions = {}): Promise<Buffer> {
  const bytes = await encodePhoto(options);
  await writeOld(path, bytes);
  return bytes;
}

/** The bytes of such a photo. */
export async function encodePhoto(options: PhotoOptions = {}): Promise<Buffer> {
  const { frameCount = 1, seed = 1 } = options;
  if (frameCount > 1) {
    const frames = [];
    for (let frame = 0; frame < frameCount; frame++) {
      frames.push(await (await drawUpright({ ...options, seed: seed + frame })).png().toBuffer());
    }
    const film = sharp(frames, { join: { animated: true } });
    return encode(film, options).toBuffer();
  }

  const stored = turnBack(await drawUpright(options), options.orientation ?? 1);
  return addMetadata(addColors(encode(stored, options), options), options).toBuffer();
}

function encode(picture: Sharp, { format = 'jpeg', colors }: PhotoOptions): Sharp {
  switch (format) {
    case 'jpeg': {
      return picture.jpeg({ quality: 90 });
    }
    case 'png': {
      return picture.png({ palette: colors === 'palette' });
    }
    case 'tiff': {
      return picture.tiff({ compression: 'lzw' });
    }
    case 'avif': {
      return picture.avif({ effort: 0 });
    }
    case 'webp':
    case 'gif': {
      return picture[format]();
    }
  }
}

function addColors(picture: Sharp, { colors = 'srgb' }: PhotoOptions): Sharp {
  if (colors === 'grey') return picture.toColourspace('b-w');
  if (colors === 'cmyk') return picture.toColourspace('cmyk');
  if (colors === '16-bit') return picture.toColourspace('rgb16');
  if (colors === 'p3') return picture.withIccProfile('p3');
  return picture;
}

function addMetadata(picture: Sharp, { orientation, exif, xmp }: PhotoOptions): Sharp {
  if (orientation !== undefined) picture.withMetadata({ orientation });
  if (exif !== undefined) picture.withExifMerge(exif);
  if (xmp !== undefined) picture.withXmp(xmp);
  return picture;
}

/** What the camera stores: the upright picture, turned by the opposite of what `orientation` says. */
function turnBack(picture: Sharp, orientation: number): Sharp {
  // sharp mirrors first and turns then, whatever the order of the calls.
  const turns: Record<number, () => Sharp> = {
    1: () => picture,
    2: () => picture.flop(),
    3: () => picture.rotate(180),
    4: () => picture.flip(),
    5: () => picture.rotate(270).flop(),
    6: () => picture.rotate(270),
    7: () => picture.rotate(90).flop(),
    8: () => picture.rotate(90),
  };
  const turn = turns[orientation];
  if (turn === undefined) throw new RangeError(`No such orientation: ${orientation}`);
  return turn();
}

async function drawUpright(options: PhotoOptions): Promise<Sharp> {
  const { widthPx = 1200, heightPx = 800, seed = 1, background, hasAlpha = false, text } = options;
  const random = createRandom(seed);
  const layers = [];
  const svg = (content: string) => ({
    input: Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${content}</svg>`,
    ),
  });

  let picture: Sharp;
  if (background === undefined) {
    const blotches = Uint8Array.from({ length: 12 * 8 * 3 }, () => random() * 256);
    picture = sharp(blotches, { raw: { width: 12, height: 8, channels: 3 } }).resize(widthPx, heightPx, {
      fit: 'fill',
      kernel: 'cubic',
    });
    layers.push(svg(drawShapes(widthPx, heightPx, random)), makeGrain(widthPx, heightPx, random));
  } else {
    picture = sharp({ create: { width: widthPx, height: heightPx, channels: 3, background } });
  }
  if (text !== undefined) layers.push(svg(drawLetters(text, widthPx, heightPx)));
  if (layers.length > 0) picture.composite(layers);
  // Composition adds an alpha channel, and a step of its own keeps sharp from reordering what follows.
  const raw = { width: widthPx, height: heightPx, channels: 3 as const };
  const drawn = sharp(await picture.removeAlpha().raw().toBuffer(), { raw });
  if (!hasAlpha) return drawn;

  const mask = Buffer.alloc(widthPx * heightPx, 255);
  for (let y = Math.floor(heightPx / 4); y < (heightPx * 3) / 4; y++) {
    mask.fill(0, y * widthPx + Math.floor(widthPx / 4), y * widthPx + Math.ceil((widthPx * 3) / 4));
  }
  return drawn.joinChannel(mask, { raw: { width: widthPx, height: heightPx, channels: 1 } });
}

function drawShapes(widthPx: number, heightPx: number, random: () => number): string {
  const shapes = [];
  for (let index = 0; index < 24; index++) {
    const color = `rgb(${[random(), random(), random()].map((part) => Math.floor(part * 256)).join(',')})`;
    const x = random() * widthPx;
    const y = random() * heightPx;
    const size = (0.03 + random() * 0.15) * Math.min(widthPx, heightPx);
    shapes.push(
      index % 2 === 0
        ? `<circle cx="${x}" cy="${y}" r="${size}" fill="${color}"/>`
        : `<rect x="${x}" y="${y}" width="${size * 2}" height="${size}" fill="${color}"/>`,
    );
  }
  return shapes.join('');
}

/** A camera's noise; without it a JPEG would be a tenth of a photo's size. */
function makeGrain(widthPx: number, heightPx: number, random: () => number) {
  const side = 256;
  const width = Math.min(side, widthPx);
  const height = Math.min(side, heightPx);
  const pixels = new Uint8Array(width * height * 4);
  for (let at = 0; at < pixels.length; at += 4) {
    const value = random() * 256;
    pixels.set([value, value, value, 40], at);
  }
  return { input: Buffer.from(pixels), raw: { width, height, channels: 4 as const }, tile: true };
}

/** mulberry32: numbers in 0-1, the same for the same seed. */
function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Files that are not what they seem. Each has its defined outcome (DESIGN §4, *Bad files*). */
export const brokenFiles = {
  empty: () => Promise.resolve(Buffer.alloc(0)),
  /** Text under a picture's name. */
  text: () => Promise.resolve(Buffer.from('this is not a photo\n')),
  noise: () => Promise.resolve(Buffer.from(Uint8Array.from({ length: 5000 }, createNoise(7)))),
  /** The second half of the pixels is not there. */
  truncated: async () => {
    const bytes = await encodePhoto({ widthPx: 600, heightPx: 400 });
    return bytes.subarray(0, Math.floor(bytes.length / 2));
  },
  /** A bad card: blocks in the middle hold nothing. Decoders make grey of it, and say nothing. */
  withHole: async () => {
    const bytes = await encodePhoto({ widthPx: 1200, heightPx: 800, seed: 11 });
    return bytes.fill(0, 8_192, 16_384);
  },
  truncatedPng: async () => {
    const bytes = await encodePhoto({ widthPx: 300, heightPx: 200, format: 'png' });
    return bytes.subarray(0, Math.floor(bytes.length / 2));
  },
  /** Cut off within the header: only the first bytes say JPEG. */
  onlyMagic: async () => (await encodePhoto({ widthPx: 60, heightPx: 40 })).subarray(0, 24),
  /** A few hundred bytes that ask for 900 megapixels. */
  pixelBomb: () => Promise.resolve(wrapPng(30_000, 30_000, deflateSync(Buffer.alloc(1000)))),
  /** The beginning of an MP4. */
  video: () =>
    Promise.resolve(
      Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0mp42isom', 'latin1'), Buffer.alloc(2000)]),
    ),
  /** The beginning of an iPhone's HEIC. */
  heic: () =>
    Promise.resolve(
      Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), Buffer.alloc(2000)]),
    ),
} as const satisfies Record<string, () => Promise<Buffer>>;

export async function makeBrokenFile(path: string, kind: keyof typeof brokenFiles): Promise<void> {
  await writeOld(path, await brokenFiles[kind]());
}

/** The same file with its last part missing, as a card that was pulled out leaves it. */
export async function truncateFile(path: string, keep = 0.5): Promise<void> {
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, Math.floor(bytes.length * keep)));
}

function createNoise(seed: number): () => number {
  const random = createRandom(seed);
  return () => random() * 256;
}

/** A grey PNG of data that is compressed already, whatever size it claims. */
export function wrapPng(widthPx: number, heightPx: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pngChunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const chunk = Buffer.alloc(8 + body.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), 4 + body.length);
  return chunk;
}

/** The mean difference between two pictures' pixels, 0-255, after both are made small. */
export async function meanDifference(one: Uint8Array, other: Uint8Array): Promise<number> {
  const [a, b] = await Promise.all([one, other].map((bytes) => smallPixels(bytes)));
  if (a === undefined || b === undefined) throw new Error('Two pictures are needed.');
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

function smallPixels(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes).resize(24, 24, { fit: 'fill' }).raw().toBuffer();
}
