/**
 * The first directory of a TIFF file, as far as a file's head holds it. Nearly every RAW format is a TIFF with a small
 * picture in its first directory, so a decoder that opens it as a TIFF finds a stamp and believes it is the photo.
 */

export type TiffFields = {
  /** Tag 0x010f, without trailing zeros and spaces. */
  readonly make: string | undefined;
  /** Tag 0x00fe: bit 0 set = a reduced picture of another one in the file. */
  readonly subfileType: number | undefined;
  /** Tag 0x0106; 32803 is a colour filter array, that is sensor data. */
  readonly photometric: number | undefined;
  /** Tag 0x0103; 6 is the old JPEG compression, which nobody writes and few can read. */
  readonly compression: number | undefined;
  /** Tag 0x0112, 1-8. */
  readonly orientation: number | undefined;
  /** Tag 0xc612: every DNG has it. */
  readonly isDng: boolean;
};

const entryBytes = 12;
/** Bytes per value of field types 1 (BYTE) to 4 (LONG); the others are not needed here. */
const typeBytes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4 };

/** One directory of a TIFF: its values by tag. */
export type TiffDirectory = {
  readonly has: (tag: number) => boolean;
  /** SHORT or LONG, one of them. */
  readonly number: (tag: number) => number | undefined;
  /** Without trailing zeros and spaces; 64 characters at most. */
  readonly text: (tag: number) => string | undefined;
};

/** Reads what is there; a directory beyond the head, or nonsense, gives no fields. Never throws. */
export function readTiffFields(head: Uint8Array): TiffFields {
  const { has, number, text } = readDirectory(head);
  return {
    make: text(0x01_0f),
    subfileType: number(0x00_fe),
    photometric: number(0x01_06),
    compression: number(0x01_03),
    orientation: toOrientation(number(0x01_12)),
    isDng: has(0xc6_12),
  };
}

/** @param place of the directory, from the TIFF's beginning. @default the first one's. Never throws. */
export function readDirectory(head: Uint8Array, place?: number): TiffDirectory {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const fields = new Map<number, { type: number; count: number; valueAt: number }>();
  const isLittleEndian = head[0] === 0x49;
  if (view.byteLength >= 8) {
    const directoryAt = place ?? view.getUint32(4, isLittleEndian);
    const entryCount = directoryAt + 2 <= view.byteLength ? view.getUint16(directoryAt, isLittleEndian) : 0;
    for (let index = 0; index < entryCount; index++) {
      const at = directoryAt + 2 + index * entryBytes;
      if (at + entryBytes > view.byteLength) break;
      const type = view.getUint16(at + 2, isLittleEndian);
      const count = view.getUint32(at + 4, isLittleEndian);
      const isInline = (typeBytes[type] ?? entryBytes) * count <= 4;
      const valueAt = isInline ? at + 8 : view.getUint32(at + 8, isLittleEndian);
      fields.set(view.getUint16(at, isLittleEndian), { type, count, valueAt });
    }
  }
  return {
    has: (tag) => fields.has(tag),
    number: (tag) => {
      const field = fields.get(tag);
      if (field === undefined || field.count !== 1) return undefined;
      if (field.type === 3) return view.getUint16(field.valueAt, isLittleEndian);
      if (field.type === 4) return view.getUint32(field.valueAt, isLittleEndian);
      return undefined;
    },
    text: (tag) => {
      const field = fields.get(tag);
      const isText = field !== undefined && field.type === 2 && field.valueAt + field.count <= head.length;
      if (!isText) return undefined;
      const bytes = head.subarray(field.valueAt, field.valueAt + Math.min(field.count, 64));
      return new TextDecoder('latin1').decode(bytes).replace(/[\0 ]+$/, '');
    },
  };
}

function toOrientation(value: number | undefined): number | undefined {
  return value !== undefined && value >= 1 && value <= 8 ? value : undefined;
}
