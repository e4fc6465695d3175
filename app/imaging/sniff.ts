import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { AppError, fileErrorCode } from '../platform/errors.ts';
import { formatKind, isSupported, type FileFormat, type FormatKind } from './formats.ts';
import { readTiffFields } from './tiff-fields.ts';

/** Says what a file is by its first bytes: a name may lie (DESIGN §4, *Bad files*). */

export type Sniffed = {
  readonly format: FileFormat;
  readonly kind: FormatKind;
  /** Whether this release can make something of it. */
  readonly supported: boolean;
};

/** As many of a file's first bytes as `sniffFormat` makes use of; fewer are allowed and tell less. */
export const sniffLengthBytes = 4096;

/**
 * The format of a file from its first bytes. `fileName` only helps where RAW formats share the bytes of a TIFF; a JPEG
 * named `.nef` is a JPEG.
 */
export function sniffFormat(head: Uint8Array, fileName = ''): Sniffed {
  const format = findFormat(head, extname(fileName).slice(1).toLowerCase());
  return { format, kind: formatKind(format), supported: isSupported(format) };
}

/** The same for a file on disk. Throws `file-missing`, `file-unreadable` or `file-empty`. */
export async function sniffFile(path: string): Promise<Sniffed> {
  const head = await readHead(path, sniffLengthBytes);
  if (head.length === 0) throw new AppError('file-empty', { path });
  return sniffFormat(head, path);
}

async function readHead(path: string, lengthBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(lengthBytes), 0, lengthBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new AppError(fileErrorCode(error), { path }, { cause: error });
  }
}

/** Formats whose first bytes say it all, one character a byte. */
const signatures: readonly { readonly at: number; readonly bytes: string; readonly format: FileFormat }[] = [
  { at: 0, bytes: '\xff\xd8\xff', format: 'jpeg' },
  { at: 0, bytes: '\x89PNG\r\n\x1a\n', format: 'png' },
  { at: 0, bytes: 'GIF87a', format: 'gif' },
  { at: 0, bytes: 'GIF89a', format: 'gif' },
  { at: 8, bytes: 'WEBPVP8', format: 'webp' },
  { at: 8, bytes: 'AVI ', format: 'avi' },
  { at: 0, bytes: '8BPS', format: 'psd' },
  { at: 0, bytes: '\xff\x0a', format: 'jxl' },
  { at: 0, bytes: '\0\0\0\x0cJXL \r\n\x87\n', format: 'jxl' },
  { at: 0, bytes: '\0\0\0\x0cjP  \r\n\x87\n', format: 'jp2' },
  { at: 0, bytes: 'FUJIFILM', format: 'raf' },
  { at: 6, bytes: 'HEAPCCDR', format: 'crw' },
  { at: 0, bytes: 'IIU\0', format: 'rw2' },
  { at: 0, bytes: 'IIRO', format: 'orf' },
  { at: 0, bytes: 'IIRS', format: 'orf' },
  { at: 0, bytes: 'MMOR', format: 'orf' },
  { at: 0, bytes: 'FOVb', format: 'raw' },
  { at: 0, bytes: '\0MRM', format: 'raw' },
];

function findFormat(head: Uint8Array, extension: string): FileFormat {
  for (const { at, bytes, format } of signatures) if (hasText(head, at, bytes)) return format;
  if (isTiff(head)) return findTiffFormat(head, extension);
  if (hasText(head, 4, 'ftyp')) return findBoxFormat(head);
  // QuickTime files from before 2001 begin with their movie or their data, without `ftyp`.
  for (const box of ['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']) if (hasText(head, 4, box)) return 'mov';
  if (hasText(head, 0, '\x1a\x45\xdf\xa3')) return indexOfText(head, 'webm') === -1 ? 'mkv' : 'webm';
  if (hasText(head, 0, 'BM') && hasText(head, 6, '\0\0\0\0')) return 'bmp';
  return isXmp(head, extension) ? 'xmp' : 'unknown';
}

/** `II*\0` or `MM\0*`, and BigTIFF's `+` in place of the star. */
function isTiff(head: Uint8Array): boolean {
  return ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((mark) => hasText(head, 0, mark));
}

/** RAW formats with a TIFF's first bytes, by what cameras and converters name them. */
const rawExtensions: Readonly<Record<string, FileFormat>> = {
  cr2: 'cr2',
  nef: 'nef',
  nrw: 'nef',
  arw: 'arw',
  sr2: 'arw',
  srf: 'arw',
  dng: 'dng',
  pef: 'pef',
  orf: 'orf',
  rw2: 'rw2',
  ...Object.fromEntries(
    ['3fr', 'dcr', 'erf', 'fff', 'iiq', 'k25', 'kdc', 'mef', 'mos', 'raw', 'rwl', 'srw'].map((name) => [
      name,
      'raw' as const,
    ]),
  ),
};

const colorFilterArray = 32_803;

function findTiffFormat(head: Uint8Array, extension: string): FileFormat {
  if (hasText(head, 8, 'CR')) return 'cr2';
  const { make, subfileType, photometric, isDng } = readTiffFields(head);
  if (isDng) return 'dng';
  const byExtension = rawExtensions[extension];
  if (byExtension !== undefined) return byExtension;
  // A RAW that somebody named `.tif`: the first directory holds sensor data, or a reduced picture of it.
  const isReduced = subfileType !== undefined && (subfileType & 1) === 1;
  if (photometric === colorFilterArray) return /^(PENTAX|RICOH)/i.test(make ?? '') ? 'pef' : 'raw';
  if (isReduced && /^NIKON/i.test(make ?? '')) return 'nef';
  if (isReduced && /^SONY/i.test(make ?? '')) return 'arw';
  return 'tiff';
}

const avifBrands = new Set(['avif', 'avis']);
const heicBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const heifBrands = new Set(['mif1', 'mif2', 'msf1', 'miaf', 'MiHE', 'MiHB']);
/** Boxes of sound alone. */
const audioBrands = new Set(['M4A ', 'M4B ', 'M4P ', 'F4A ', 'F4B ']);

/**
 * Files made of ISO base media boxes, by the brands that they claim. `mif1` alone says only "some still picture": the
 * compatible brands then tell the codec. Canon and Sony name their HEVC stills `.HIF`; by content they are HEIC.
 */
function findBoxFormat(head: Uint8Array): FileFormat {
  const length = new DataView(head.buffer, head.byteOffset, 4).getUint32(0);
  const end = Math.min(head.length, length, 256);
  const brands: string[] = [];
  // Bytes 12 to 15 are the version of the major brand.
  for (let at = 8; at + 4 <= end; at += at === 8 ? 8 : 4) brands.push(textAt(head, at, 4));
  const [major = ''] = brands;

  if (major === 'crx ') return 'cr3';
  if (major === 'jxl ') return 'jxl';
  if (audioBrands.has(major)) return 'unknown';
  if (avifBrands.has(major)) return 'avif';
  if (heicBrands.has(major)) return 'heic';
  if (heifBrands.has(major)) {
    if (brands.some((brand) => avifBrands.has(brand))) return 'avif';
    return brands.some((brand) => heicBrands.has(brand)) ? 'heic' : 'heif';
  }
  return major === 'qt  ' ? 'mov' : 'mp4';
}

function isXmp(head: Uint8Array, extension: string): boolean {
  const text = new TextDecoder().decode(head.subarray(0, 512)).replaceAll('\0', '').trimStart();
  if (/^(<\?xpacket|<x:x[am]pmeta|<rdf:RDF)/.test(text)) return true;
  return extension === 'xmp' && text.startsWith('<');
}

function hasText(head: Uint8Array, at: number, text: string): boolean {
  if (at + text.length > head.length) return false;
  for (let index = 0; index < text.length; index++) {
    if (head[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

function indexOfText(head: Uint8Array, text: string): number {
  return Buffer.from(head.buffer, head.byteOffset, head.byteLength).indexOf(text, 0, 'latin1');
}

function textAt(head: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...head.subarray(at, at + length));
}
