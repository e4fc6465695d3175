/** Boxes of ISO base media files (ISO/IEC 14496-12 §4.2): HEIF, Canon CR3, JPEG XL's container. */

export type Box = {
  readonly type: string;
  /** Where its content begins, after the size and the type. */
  readonly start: number;
  readonly end: number;
};

/** No sound file has more at one level. */
const maxBoxes = 20_000;

/** A view on exactly these bytes; reading outside throws a `RangeError`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Shorter where the bytes end. */
export function latin1At(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

/** The boxes between two places. One that says to go on behind `to` is cut there. */
export function listBoxes(bytes: Uint8Array, from = 0, to = bytes.length): Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to && boxes.length < maxBoxes;) {
    const shortSize = view.getUint32(at);
    if (shortSize === 1 && at + 16 > to) break;
    const headBytes = shortSize === 1 ? 16 : 8;
    const size = shortSize === 1 ? Number(view.getBigUint64(at + 8)) : shortSize;
    const end = shortSize === 0 ? to : at + size;
    if (end < at + headBytes) break;
    boxes.push({ type: latin1At(bytes, at + 4, 4), start: at + headBytes, end: Math.min(end, to) });
    at = end;
  }
  return boxes;
}

export function findBox(boxes: readonly Box[], type: string): Box | undefined {
  return boxes.find((box) => box.type === type);
}
