import { execFile } from 'node:child_process';
import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { exiftoolPath } from 'exiftool-vendored';
import sharp, { type Sharp } from 'sharp';

const encoders: Readonly<Record<string, (image: Sharp) => Sharp>> = {
  jpeg: (image) => image.jpeg(),
  png: (image) => image.png(),
  webp: (image) => image.webp({ lossless: true }),
  gif: (image) => image.gif(),
  tiff: (image) => image.tiff({ compression: 'lzw' }),
  avif: (image) => image.avif({ lossless: true, effort: 0 }),
};
export const formats = Object.keys(encoders);

/** A picture of 48 × 32 pixels with some detail; `shade` (0–255) is the grey of one pixel in its middle. */
export async function makePicture(format: string, shade = 0): Promise<Buffer> {
  const [width, height] = [48, 32];
  const pixels = Buffer.alloc(width * height * 3, 128);
  for (let index = 0; index < pixels.length; index += 7) pixels[index] = index % 251;
  pixels.fill(shade, 3 * (16 * width + 24), 3 * (16 * width + 25));
  const encode = encoders[format];
  if (encode === undefined) throw new Error(`no encoder for ${format}`);
  return encode(sharp(pixels, { raw: { width, height, channels: 3 } })).toBuffer();
}

/** One JPEG segment with its marker and length. */
export function jpegSegment(marker: number, content: Buffer): Buffer {
  const header = Buffer.from([0xff, marker, 0, 0]);
  header.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([header, content]);
}

/** A JPEG with more segments right after its start. */
export function insertSegments(jpeg: Buffer, segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

export function xmpSegment(xmp: string): Buffer {
  return jpegSegment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${xmp}`));
}

export function iimDataset(record: number, dataset: number, value: Buffer | string): Buffer {
  const bytes = Buffer.from(value);
  const header = Buffer.from([0x1c, record, dataset, 0, 0]);
  header.writeUInt16BE(bytes.length, 3);
  return Buffer.concat([header, bytes]);
}

/** IPTC IIM as Photoshop keeps it in a JPEG. */
export function iimSegment(datasets: readonly Buffer[]): Buffer {
  const iim = Buffer.concat(datasets);
  const resource = Buffer.from('8BIM\x04\x04\0\0\0\0\0\0', 'latin1');
  resource.writeUInt32BE(iim.length, 8);
  return jpegSegment(0xed, Buffer.concat([Buffer.from('Photoshop 3.0\0'), resource, iim]));
}

/** An XMP packet with these properties of one description. */
export function xmpPacket(properties: string): string {
  const namespaces = [
    ['dc', 'http://purl.org/dc/elements/1.1/'],
    ['xmp', 'http://ns.adobe.com/xap/1.0/'],
    ['exif', 'http://ns.adobe.com/exif/1.0/'],
    ['lr', 'http://ns.adobe.com/lightroom/1.0/'],
    ['digiKam', 'http://www.digikam.org/ns/1.0/'],
    ['MicrosoftPhoto', 'http://ns.microsoft.com/photo/1.0/'],
    ['Iptc4xmpCore', 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/'],
  ].map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`);
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ${namespaces.join(' ')}>${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;
}

export function rdfList(kind: 'Bag' | 'Seq', items: readonly string[]): string {
  return `<rdf:${kind}>${items.map((item) => `<rdf:li>${item}</rdf:li>`).join('')}</rdf:${kind}>`;
}

/** Runs `use` in a folder of its own, which is removed afterwards. */
export async function inTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'cutline-metadata-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes metadata into a file with the real ExifTool, in place. */
export async function runExifTool(args: readonly string[]): Promise<void> {
  const script = await exiftoolPath();
  const command = process.platform === 'win32' ? [script] : ['perl', script];
  const [file = 'perl', ...rest] = command;
  await promisify(execFile)(file, [...rest, '-q', '-overwrite_original', ...args]);
}

/** Where Perl is. */
export async function findPerl(): Promise<string | undefined> {
  const candidates = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'perl'));
  const found = await Promise.allSettled(candidates.map(async (path) => access(path)));
  return candidates[found.findIndex(({ status }) => status === 'fulfilled')];
}

/** Whether ExifTool can run here; without it, its tests are skipped, and say so. */
export async function hasExifTool(): Promise<boolean> {
  const has = process.platform === 'win32' || (await findPerl()) !== undefined;
  if (!has) console.warn('SKIPPED: tests with ExifTool, because there is no Perl here.');
  return has;
}

const formatsByExtension: Readonly<Record<string, string>> = {
  jpg: 'jpeg',
  tif: 'tiff',
  hif: 'heif',
};

/** The format by a file's name, as imaging would say it by its content. */
export function formatOf(path: string): string {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return formatsByExtension[extension] ?? extension;
}
