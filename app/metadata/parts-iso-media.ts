import { latin1At, viewOf } from './bytes.ts';
import type { ByteRange, ImageParts } from './image-parts.ts';

type Box = { readonly type: string; readonly content: number; readonly end: number };
type ItemInfo = { readonly type: string; readonly contentType: string };
/** Extents of an item; `undefined` when they are kept in a way that is not read here. */
type ItemPlaces = ReadonlyMap<number, readonly ByteRange[] | undefined>;

/** More than any real file has: a 1-gigapixel picture in tiles of 512 × 512 has about 4 000. */
const maxItems = 20_000;

/**
 * AVIF and HEIF: the data of every item (tiles, alpha, the picture itself) but Exif and XMP, in the order of their ids.
 * ISO/IEC 14496-12 §8.11 (`iinf`, `iloc`) and ISO/IEC 23008-12 Annex A.
 */
export function findIsoMediaParts(bytes: Uint8Array): ImageParts {
  const view = viewOf(bytes);
  const meta = listBoxes(bytes, view, 0, bytes.length).find((box) => box.type === 'meta');
  if (meta === undefined) return { picture: [], isComplete: false };
  const boxes = listBoxes(bytes, view, meta.content + 4, meta.end);
  const infoBox = boxes.find((box) => box.type === 'iinf');
  const placeBox = boxes.find((box) => box.type === 'iloc');
  if (infoBox === undefined || placeBox === undefined) return { picture: [], isComplete: false };

  const infos = readItemInfos(bytes, view, infoBox);
  const places = readItemPlaces(
    view,
    placeBox,
    boxes.find((box) => box.type === 'idat'),
  );
  const picture: ByteRange[] = [];
  let exif: ByteRange | undefined;
  let xmp: ByteRange | undefined;
  let isComplete = infos.size > 0;
  for (const [id, info] of [...infos].toSorted(([a], [b]) => a - b)) {
    const ranges = places.get(id);
    const only = ranges?.length === 1 ? ranges[0] : undefined;
    if (info.type === 'Exif') exif ??= only && exifAfterOffset(view, only);
    else if (info.type === 'mime') xmp ??= info.contentType === 'application/rdf+xml' ? only : undefined;
    else if (ranges !== undefined) picture.push(...ranges);
    else if (!derivedWithoutData.has(info.type)) isComplete = false;
  }
  return {
    picture,
    isComplete: isComplete && picture.length > 0,
    ...(exif && { exif }),
    ...(xmp && { xmp }),
  };
}

/** An identity item has no data of its own: it only refers to another. */
const derivedWithoutData = new Set(['iden']);

/** An Exif item begins with the distance from its fifth byte to the TIFF header. */
function exifAfterOffset(view: DataView, item: ByteRange): ByteRange | undefined {
  if (item.start + 4 > item.end) return undefined;
  const start = item.start + 4 + view.getUint32(item.start);
  return start < item.end ? { start, end: item.end } : undefined;
}

function listBoxes(bytes: Uint8Array, view: DataView, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  let start = from;
  while (start + 8 <= to && boxes.length < maxItems) {
    const shortSize = view.getUint32(start);
    const headerLength = shortSize === 1 ? 16 : 8;
    const longSize = shortSize === 1 ? Number(view.getBigUint64(start + 8)) : shortSize;
    const end = shortSize === 0 ? to : start + longSize;
    if (end < start + headerLength) break;
    boxes.push({
      type: latin1At(bytes, start + 4, 4),
      content: start + headerLength,
      end: Math.min(end, to),
    });
    start = end;
  }
  return boxes;
}

function readItemInfos(bytes: Uint8Array, view: DataView, box: Box): Map<number, ItemInfo> {
  const infos = new Map<number, ItemInfo>();
  const entriesAt = box.content + 4 + (view.getUint8(box.content) === 0 ? 2 : 4);
  for (const entry of listBoxes(bytes, view, entriesAt, box.end)) {
    const version = view.getUint8(entry.content);
    if (entry.type !== 'infe' || version < 2) continue;
    const idLength = version === 2 ? 2 : 4;
    const id = idLength === 2 ? view.getUint16(entry.content + 4) : view.getUint32(entry.content + 4);
    const typeAt = entry.content + 4 + idLength + 2;
    const [, contentType = ''] = latin1At(bytes, typeAt + 4, Math.min(entry.end - typeAt - 4, 300)).split(
      '\0',
    );
    infos.set(id, { type: latin1At(bytes, typeAt, 4), contentType });
  }
  return infos;
}

function readItemPlaces(view: DataView, box: Box, dataBox: Box | undefined): ItemPlaces {
  const places = new Map<number, readonly ByteRange[] | undefined>();
  const version = view.getUint8(box.content);
  let offset = box.content + 4;
  const read = (length: number): number => {
    const value = readSized(view, offset, length);
    offset += length;
    return value;
  };
  const sizes = read(2);
  const [offsetSize, lengthSize, baseSize, indexSize] = [
    sizes >> 12,
    (sizes >> 8) & 15,
    (sizes >> 4) & 15,
    version > 0 ? sizes & 15 : 0,
  ];
  const count = Math.min(read(version < 2 ? 2 : 4), maxItems);
  let extentsLeft = maxItems;
  for (let item = 0; item < count; item++) {
    const id = read(version < 2 ? 2 : 4);
    const method = version > 0 ? read(2) & 15 : 0;
    const dataReference = read(2);
    const base = read(baseSize);
    const extents = read(2);
    extentsLeft -= extents;
    if (extentsLeft < 0) return new Map();
    // Method 0 counts from the start of the file, 1 from the `idat` box; 2 refers to other items and is not read.
    const origin = method === 0 ? 0 : method === 1 ? dataBox?.content : undefined;
    const ranges: ByteRange[] = [];
    for (let extent = 0; extent < extents; extent++) {
      read(indexSize);
      const start = base + read(offsetSize) + (origin ?? 0);
      ranges.push({ start, end: start + read(lengthSize) });
    }
    const isReadable =
      origin !== undefined &&
      dataReference === 0 &&
      ranges.every(({ start, end }) => start < end && end <= view.byteLength);
    places.set(id, isReadable ? ranges : undefined);
  }
  return places;
}

/** An unsigned number of 0, 2, 4 or 8 bytes, as `iloc` uses them. */
function readSized(view: DataView, offset: number, length: number): number {
  switch (length) {
    case 0:
      return 0;
    case 2:
      return view.getUint16(offset);
    case 4:
      return view.getUint32(offset);
    case 8:
      return Number(view.getBigUint64(offset));
    default:
      throw new RangeError(`iloc field of ${String(length)} bytes`);
  }
}
