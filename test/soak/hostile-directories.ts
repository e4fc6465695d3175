/** @file Directories of a TIFF that lead a reader astray: in circles, one behind the other, one in the other. */

/** More than any stack holds, and few enough bytes that no size limit helps. */
const deepest = 20_000;

const subDirectoryTag = 0x01_4a;
const exifTag = 0x87_69;
/** Of a directory with one entry: its count, the entry, where the next one is. */
const directoryBytes = 2 + 12 + 4;

/** How a directory leads on: to its next one, or to one inside. */
export type Way = 'next' | 'inside';

/** So many directories, each of which is reached by the one before it only. @param depth of directories, at least 1 */
export function makeChain(way: Way, depth = deepest, innerTag = subDirectoryTag): Buffer {
  const file = Buffer.alloc(8 + depth * directoryBytes);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(8, 4);
  for (let index = 0; index < depth; index++) {
    const at = 8 + index * directoryBytes;
    const following = index + 1 < depth ? at + directoryBytes : 0;
    file.writeUInt16LE(1, at);
    // What leads nowhere says how wide the picture is.
    const [tag, value] = way === 'inside' && following > 0 ? [innerTag, following] : [0x01_00, 16];
    file.writeUInt16LE(tag, at + 2);
    file.writeUInt16LE(4, at + 4);
    file.writeUInt32LE(1, at + 6);
    file.writeUInt32LE(value, at + 10);
    file.writeUInt32LE(way === 'next' ? following : 0, at + 14);
  }
  return file;
}

/** A good JPEG whose Exif is a chain as long as a segment may be. */
export function withChain(jpeg: Buffer, way: Way): Buffer {
  const room = 0xff_ff - 2 - 6 - 8;
  const chain = makeChain(way, Math.floor(room / directoryBytes), exifTag);
  const head = Buffer.from([0xff, 0xe1, 0, 0, 0x45, 0x78, 0x69, 0x66, 0, 0]);
  head.writeUInt16BE(2 + 6 + chain.length, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, chain, jpeg.subarray(2)]);
}

/** A directory whose next one, and whose inner one, is itself. */
export function makeLoop(tag: number): Buffer {
  const file = Buffer.alloc(2000);
  file.write('II*\0', 0, 'latin1');
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(100, 8);
  for (let index = 0; index < 100; index++) {
    const at = 10 + index * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(4, at + 2);
    file.writeUInt32LE(0xff_ff, at + 4);
    file.writeUInt32LE(8, at + 8);
  }
  file.writeUInt32LE(8, 10 + 1200);
  return file;
}
