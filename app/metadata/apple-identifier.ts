import { latin1At, viewOf } from './bytes.ts';

const maker = Buffer.from('Apple iOS\0', 'latin1');
/** Behind the maker's name: a version and the byte order. Offsets count from the maker's name. */
const directoryAt = 14;
const identifierTag = 0x00_11;
const asciiType = 2;
/** A UUID as text with the zero behind it. Whatever is much longer is something else. */
const maxLength = 64;

/**
 * The identifier that Apple's camera writes into both files of a Live Photo, from the maker note of an Exif block
 * (`ContentIdentifier` in ExifTool's table of Apple tags). `undefined`: none, or no note of Apple's.
 */
export function findAppleIdentifier(exif: Uint8Array): string | undefined {
  const start = Buffer.from(exif.buffer, exif.byteOffset, exif.byteLength).indexOf(maker);
  if (start === -1) return undefined;
  const note = exif.subarray(start);
  try {
    return readIdentifier(note, viewOf(note));
  } catch (error) {
    // Cut short: a DataView refuses to read outside its bytes.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readIdentifier(note: Uint8Array, view: DataView): string | undefined {
  const isLittleEndian = latin1At(note, 12, 2) === 'II';
  const count = view.getUint16(directoryAt, isLittleEndian);
  for (let index = 0; index < count; index += 1) {
    const entry = directoryAt + 2 + index * 12;
    if (view.getUint16(entry, isLittleEndian) !== identifierTag) continue;
    const length = view.getUint32(entry + 4, isLittleEndian);
    if (view.getUint16(entry + 2, isLittleEndian) !== asciiType || length > maxLength) return undefined;
    const text = latin1At(note, view.getUint32(entry + 8, isLittleEndian), length);
    return text.length === length ? /^[0-9A-Za-z-]{8,}(?=\0*$)/u.exec(text)?.[0] : undefined;
  }
  return undefined;
}
