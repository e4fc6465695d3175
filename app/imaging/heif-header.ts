import { findBox, latin1At, listBoxes, viewOf, type Box } from './iso-boxes.ts';
import type { PixelSize } from './image-size.ts';

/** What the boxes of a HEIF file say of its main picture: all that its decoder does not tell, or tells too late. */

export type HeifColor =
  | { readonly kind: 'icc'; readonly profile: Uint8Array }
  /** Numbers of ITU-T H.273. */
  | { readonly kind: 'nclx'; readonly primaries: number; readonly transfer: number };

/** Its size is upright: after the crop and the turns that the file itself asks for. Exif's orientation is not to be applied. */
export type HeifHeader = PixelSize & {
  /** Of the picture, else of its first tile. */
  readonly color: HeifColor | undefined;
  /** How the pixels are coded: `hvc1`, `av01`; of a picture made of tiles, as its first tile is. */
  readonly codec: string;
  /** All data that the picture is made of are inside the file. Else its decoder fills with black, and says nothing. */
  readonly isWhole: boolean;
};

type Property = { readonly type: string; readonly box: Box };
type Extent = { readonly start: number; readonly end: number };

/** ISO/IEC 23008-12 §6 and §9.3. Throws a `RangeError` on what makes no sense, gives `undefined` without a picture. */
export function readHeifHeader(bytes: Uint8Array): HeifHeader | undefined {
  const meta = findBox(listBoxes(bytes), 'meta');
  if (meta === undefined) return undefined;
  const boxes = listBoxes(bytes, meta.start + 4, meta.end);
  const primaryBox = findBox(boxes, 'pitm');
  const propertiesBox = findBox(boxes, 'iprp');
  if (primaryBox === undefined || propertiesBox === undefined) return undefined;
  const view = viewOf(bytes);
  const primary = readId(view, primaryBox.start + 4, isWide(view, primaryBox));
  const types = readItemTypes(bytes, findBox(boxes, 'iinf'));
  const propertiesOf = (id: number) => readProperties(bytes, propertiesBox, id);
  const properties = propertiesOf(primary);

  const size = readSize(view, properties);
  if (size === undefined) return undefined;
  const tiles = readReferences(bytes, findBox(boxes, 'iref'), 'dimg', primary);
  const places = readPlaces(view, findBox(boxes, 'iloc'), findBox(boxes, 'idat'));
  const isInFile = (id: number) => {
    const extents = places.get(id);
    if (extents === undefined) return types.get(id) === 'iden';
    return extents.every(({ start, end }) => start < end && end <= bytes.length);
  };
  return {
    ...size,
    color: readColor(bytes, properties) ?? readColor(bytes, propertiesOf(tiles[0] ?? primary)),
    codec: types.get(tiles[0] ?? primary) ?? '',
    isWhole: [primary, ...tiles].every(isInFile),
  };
}

function isWide(view: DataView, box: Box): boolean {
  return view.getUint8(box.start) > 0;
}

function readId(view: DataView, at: number, wide: boolean): number {
  return wide ? view.getUint32(at) : view.getUint16(at);
}

function readItemTypes(bytes: Uint8Array, box: Box | undefined): Map<number, string> {
  const types = new Map<number, string>();
  if (box === undefined) return types;
  const view = viewOf(bytes);
  for (const entry of listBoxes(bytes, box.start + (isWide(view, box) ? 8 : 6), box.end)) {
    const version = view.getUint8(entry.start);
    if (entry.type !== 'infe' || version < 2) continue;
    const idBytes = version === 2 ? 2 : 4;
    types.set(readId(view, entry.start + 4, version > 2), latin1At(bytes, entry.start + 6 + idBytes, 4));
  }
  return types;
}

/** The properties of an item, in the order in which they are to be applied. */
function readProperties(bytes: Uint8Array, box: Box, id: number): Property[] {
  const view = viewOf(bytes);
  const boxes = listBoxes(bytes, box.start, box.end);
  const container = findBox(boxes, 'ipco');
  if (container === undefined) return [];
  const all = listBoxes(bytes, container.start, container.end);
  const found: Property[] = [];
  for (const association of boxes) {
    if (association.type !== 'ipma') continue;
    const wideIds = isWide(view, association);
    const wideIndexes = (view.getUint8(association.start + 3) & 1) === 1;
    let at = association.start + 8;
    for (let left = view.getUint32(association.start + 4); left > 0 && at < association.end; left--) {
      const itemId = readId(view, at, wideIds);
      at += wideIds ? 4 : 2;
      const count = view.getUint8(at++);
      for (let item = 0; item < count; item++, at += wideIndexes ? 2 : 1) {
        const index = wideIndexes ? view.getUint16(at) & 0x7f_ff : view.getUint8(at) & 0x7f;
        const property = all[index - 1];
        if (itemId === id && property !== undefined) found.push({ type: property.type, box: property });
      }
    }
  }
  return found;
}

function readSize(view: DataView, properties: readonly Property[]): PixelSize | undefined {
  let size: PixelSize | undefined;
  for (const { type, box } of properties) {
    if (type === 'ispe') {
      size = { widthPx: view.getUint32(box.start + 4), heightPx: view.getUint32(box.start + 8) };
    } else if (type === 'clap' && size !== undefined) {
      // Width and height are fractions.
      const [width, height] = [box.start, box.start + 8].map(
        (at) => view.getUint32(at) / view.getUint32(at + 4),
      );
      size = { widthPx: Math.round(width ?? 0), heightPx: Math.round(height ?? 0) };
    } else if (type === 'irot' && size !== undefined && view.getUint8(box.start) % 2 === 1) {
      size = { widthPx: size.heightPx, heightPx: size.widthPx };
    }
  }
  return size !== undefined && size.widthPx > 0 && size.heightPx > 0 ? size : undefined;
}

/** Where both are there, the profile says more. */
function readColor(bytes: Uint8Array, properties: readonly Property[]): HeifColor | undefined {
  const view = viewOf(bytes);
  const colors = properties.filter(({ type }) => type === 'colr').map(({ box }) => box);
  const typeOf = (box: Box) => latin1At(bytes, box.start, 4);
  const profile = colors.find((box) => typeOf(box) === 'prof' || typeOf(box) === 'rICC');
  if (profile !== undefined) return { kind: 'icc', profile: bytes.subarray(profile.start + 4, profile.end) };
  const numbers = colors.find((box) => typeOf(box) === 'nclx');
  if (numbers === undefined) return undefined;
  return {
    kind: 'nclx',
    primaries: view.getUint16(numbers.start + 4),
    transfer: view.getUint16(numbers.start + 6),
  };
}

function readReferences(bytes: Uint8Array, box: Box | undefined, type: string, from: number): number[] {
  if (box === undefined) return [];
  const view = viewOf(bytes);
  const wide = isWide(view, box);
  const idBytes = wide ? 4 : 2;
  for (const reference of listBoxes(bytes, box.start + 4, box.end)) {
    if (reference.type !== type || readId(view, reference.start, wide) !== from) continue;
    const count = view.getUint16(reference.start + idBytes);
    const first = reference.start + idBytes + 2;
    return Array.from({ length: count }, (_, index) => readId(view, first + index * idBytes, wide));
  }
  return [];
}

/** `iloc`: where the data of each item are, as far as they are in this file. */
function readPlaces(view: DataView, box: Box | undefined, dataBox: Box | undefined): Map<number, Extent[]> {
  const places = new Map<number, Extent[]>();
  if (box === undefined) return places;
  const version = view.getUint8(box.start);
  let at = box.start + 4;
  const read = (length: number): number => {
    const value = readNumber(view, at, length);
    at += length;
    return value;
  };
  const sizes = read(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version > 0 ? sizes & 15 : 0;
  for (let left = read(version < 2 ? 2 : 4); left > 0 && at < box.end; left--) {
    const id = read(version < 2 ? 2 : 4);
    const method = version > 0 ? read(2) & 15 : 0;
    read(2);
    const base = read(baseBytes);
    const origin = method === 1 ? (dataBox?.start ?? 0) : 0;
    const extents: Extent[] = [];
    for (let extent = read(2); extent > 0 && at < box.end; extent--) {
      read(indexBytes);
      const start = origin + base + read(offsetBytes);
      extents.push({ start, end: start + read(lengthBytes) });
    }
    places.set(id, extents);
  }
  return places;
}

function readNumber(view: DataView, at: number, length: number): number {
  switch (length) {
    case 0:
      return 0;
    case 2:
      return view.getUint16(at);
    case 4:
      return view.getUint32(at);
    case 8:
      return Number(view.getBigUint64(at));
    default:
      throw new RangeError(`a number of ${String(length)} bytes`);
  }
}
