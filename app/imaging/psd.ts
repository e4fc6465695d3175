import { AppError } from '../platform/errors.ts';
import { latin1At, viewOf } from './iso-boxes.ts';
import { createPlainTiff, samplesOf, type PixelKind } from './plain-tiff.ts';
import type { PixelSize } from './image-size.ts';

/**
 * The flattened picture of a Photoshop document, PSD or PSB, which Photoshop writes behind the layers when "maximize
 * compatibility" is on. After Adobe's *Photoshop File Formats Specification*.
 */

export type PsdHeader = PixelSize & {
  readonly isLarge: boolean;
  readonly channels: number;
  readonly depthBits: number;
  readonly mode: number;
};

const headBytes = 26;

/** From the first 26 bytes. Throws `file-damaged`. */
export function readPsdHeader(bytes: Uint8Array): PsdHeader {
  if (bytes.length < headBytes) throw new AppError('file-damaged');
  const view = viewOf(bytes);
  const header = {
    isLarge: view.getUint16(4) === 2,
    channels: view.getUint16(12),
    heightPx: view.getUint32(14),
    widthPx: view.getUint32(18),
    depthBits: view.getUint16(22),
    mode: view.getUint16(24),
  };
  if (header.widthPx === 0 || header.heightPx === 0) throw new AppError('file-damaged');
  return header;
}

const colorsOfMode: Readonly<Record<number, PixelKind['colors']>> = {
  1: 'grey',
  3: 'rgb',
  4: 'cmyk',
  // Duotone: its ink curves are private to Photoshop, which says to show it as grey.
  8: 'grey',
  9: 'lab',
};
const profileResource = 1039;
const versionResource = 1057;
const thumbnailResource = 1036;
const thumbnailHeadBytes = 28;

/**
 * The picture as a TIFF. Throws `file-damaged`, `no-preview` (saved without it) or `unsupported-format`.
 *
 * @param part.isPartial what is there of a document that ends early. One colour stands whole behind the other: where only the
 * first ones are there, the picture is grey or tinted.
 */
export function decodePsd(bytes: Uint8Array, { isPartial } = { isPartial: false }): Uint8Array {
  const header = readPsdHeader(bytes);
  const colors = colorsOfMode[header.mode];
  if (colors === undefined || (header.depthBits !== 8 && header.depthBits !== 16)) {
    throw new AppError('unsupported-format', { format: 'This kind of Photoshop PSD' });
  }
  const view = viewOf(bytes);
  const afterColors = headBytes + 4 + view.getUint32(headBytes);
  const resourcesEnd = afterColors + 4 + view.getUint32(afterColors);
  const { profile, hasPicture } = readResources(bytes, afterColors + 4, resourcesEnd);
  if (!hasPicture) {
    throw new AppError('no-preview', { format: 'Photoshop PSD', reason: 'not-flattened' });
  }
  const layersBytes = header.isLarge ? Number(view.getBigUint64(resourcesEnd)) : view.getUint32(resourcesEnd);
  const dataAt = resourcesEnd + (header.isLarge ? 8 : 4) + layersBytes;

  // libvips reads Lab of 16 bits only. A further channel may be transparency or a saved selection; only the layers know.
  // The picture is on white already.
  const depthBits = colors === 'lab' ? 16 : header.depthBits;
  const kind: PixelKind = { colors, hasAlpha: false, depthBits };
  const channels = samplesOf(kind);
  if (header.channels < channels) throw new AppError('file-damaged');
  const tiff = createPlainTiff(header, kind, profile);
  let rowsRead = 0;
  for (const { channel, row, samples } of readRows(bytes, view, header, dataAt, { channels, isPartial })) {
    rowsRead = channel * header.heightPx + row + 1;
    const start = row * header.widthPx * channels + channel;
    const place = { start, step: channels, inversion: inversionOf(colors, channel) };
    if (depthBits === 8) writeSamples(tiff.pixels, samples, place);
    else writeWideSamples(tiff.pixels, samples, header.depthBits / 8, place);
  }
  if (rowsRead === 0) throw new AppError('file-damaged');
  if (colors === 'rgb') copyFirstColor(tiff.pixels, header, rowsRead);
  return tiff.bytes;
}

/** Colours that are missing become the first one, which makes a grey; where that is missing too, all is black. */
function copyFirstColor(
  pixels: Uint8Array,
  { widthPx, heightPx, depthBits }: PsdHeader,
  rowsRead: number,
): void {
  const sampleBytes = depthBits / 8;
  for (let channel = 1; channel < 3; channel++) {
    for (let row = Math.max(0, rowsRead - channel * heightPx); row < heightPx; row++) {
      for (let column = 0; column < widthPx; column++) {
        const pixel = (row * widthPx + column) * 3 * sampleBytes;
        pixels.copyWithin(pixel + channel * sampleBytes, pixel, pixel + sampleBytes);
      }
    }
  }
}

/** PSD keeps ink as light (255 = none), and Lab's a and b with their zero in the middle; TIFF neither. */
function inversionOf(colors: PixelKind['colors'], channel: number): number {
  if (colors === 'cmyk') return 0xff_ff;
  return colors === 'lab' && channel > 0 ? 0x80_00 : 0;
}

/** Where the samples of a channel's row go: the first one's number, and how far they are from each other. */
type Place = { readonly start: number; readonly step: number; readonly inversion: number };

function writeSamples(pixels: Uint8Array, samples: Uint8Array, { start, step, inversion }: Place): void {
  const flip = inversion >> 8;
  for (let index = 0, at = start; index < samples.length; index++, at += step) {
    pixels[at] = (samples[index] ?? 0) ^ flip;
  }
}

/** PSD's samples have their higher byte first; one of 8 bits becomes one of 16. */
function writeWideSamples(
  pixels: Uint8Array,
  samples: Uint8Array,
  sampleBytes: number,
  { start, step, inversion }: Place,
): void {
  for (let index = 0, at = start * 2; index < samples.length; index += sampleBytes, at += step * 2) {
    const high = samples[index] ?? 0;
    const low = sampleBytes === 2 ? (samples[index + 1] ?? 0) : inversion === 0x80_00 ? 0 : high;
    pixels[at] = low ^ (inversion & 0xff);
    pixels[at + 1] = high ^ (inversion >> 8);
  }
}

/** The small JPEG in front of the layers, which Photoshop writes for file browsers; `undefined` where it is not whole. */
export function findPsdThumbnail(bytes: Uint8Array): (PixelSize & { readonly jpeg: Uint8Array }) | undefined {
  try {
    const view = viewOf(bytes);
    const afterColors = headBytes + 4 + view.getUint32(headBytes);
    const resourcesEnd = Math.min(bytes.length, afterColors + 4 + view.getUint32(afterColors));
    const { thumbnail } = readResources(bytes, afterColors + 4, resourcesEnd);
    // Its format (1: JPEG), its size, and 16 bytes that say no more.
    if (thumbnail === undefined || thumbnail.length <= thumbnailHeadBytes) return undefined;
    const head = viewOf(thumbnail);
    if (head.getUint32(0) !== 1) return undefined;
    const size = { widthPx: head.getUint32(4), heightPx: head.getUint32(8) };
    return size.widthPx === 0 || size.heightPx === 0
      ? undefined
      : { ...size, jpeg: thumbnail.subarray(thumbnailHeadBytes) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readResources(bytes: Uint8Array, start: number, end: number) {
  const view = viewOf(bytes);
  let profile: Uint8Array | undefined;
  let thumbnail: Uint8Array | undefined;
  let hasPicture = true;
  for (let at = start; at + 12 <= end && latin1At(bytes, at, 4) === '8BIM';) {
    const nameBytes = 1 + view.getUint8(at + 6);
    const sizeAt = at + 6 + nameBytes + (nameBytes % 2);
    const dataAt = sizeAt + 4;
    const size = view.getUint32(sizeAt);
    const id = view.getUint16(at + 4);
    if (id === profileResource) profile = bytes.subarray(dataAt, dataAt + size);
    if (id === thumbnailResource && dataAt + size <= bytes.length) {
      thumbnail = bytes.subarray(dataAt, dataAt + size);
    }
    if (id === versionResource) hasPicture = view.getUint8(dataAt + 4) === 1;
    at = dataAt + size + (size % 2);
  }
  return { profile, thumbnail, hasPicture };
}

/** One row of one channel: channels stand one after the other, each from the top. */
function* readRows(
  bytes: Uint8Array,
  view: DataView,
  header: PsdHeader,
  dataAt: number,
  { channels, isPartial }: { readonly channels: number; readonly isPartial: boolean },
) {
  const { widthPx, heightPx, depthBits, isLarge } = header;
  const rowBytes = widthPx * (depthBits / 8);
  const compression = view.getUint16(dataAt);
  if (compression > 1) throw new AppError('unsupported-format', { format: 'This kind of Photoshop PSD' });
  const isPacked = compression === 1;
  const lengthBytes = isPacked ? (isLarge ? 4 : 2) : 0;
  let at = dataAt + 2 + lengthBytes * heightPx * header.channels;
  const unpacked = new Uint8Array(rowBytes);
  for (let channel = 0; channel < channels; channel++) {
    for (let row = 0; row < heightPx; row++) {
      const lengthAt = dataAt + 2 + lengthBytes * (channel * heightPx + row);
      const length = isPacked ? (isLarge ? view.getUint32(lengthAt) : view.getUint16(lengthAt)) : rowBytes;
      if (at + length > bytes.length) {
        if (isPartial) return;
        throw new AppError('file-damaged');
      }
      const packed = bytes.subarray(at, at + length);
      if (isPacked && !unpackBits(packed, unpacked)) {
        if (isPartial) return;
        throw new AppError('file-damaged');
      }
      yield { channel, row, samples: isPacked ? unpacked : packed };
      at += length;
    }
  }
}

/** Apple's PackBits: a count, then so many bytes as they are, or one byte so many times. `false` where a row is too short. */
function unpackBits(packed: Uint8Array, unpacked: Uint8Array): boolean {
  let to = 0;
  for (let at = 0; at < packed.length;) {
    const count = packed[at++] ?? 0;
    if (count < 128) {
      unpacked.set(packed.subarray(at, Math.min(at + count + 1, at + unpacked.length - to)), to);
      at += count + 1;
      to += count + 1;
    } else if (count > 128) {
      unpacked.fill(packed[at++] ?? 0, to, to + 257 - count);
      to += 257 - count;
    }
  }
  return to >= unpacked.length;
}
