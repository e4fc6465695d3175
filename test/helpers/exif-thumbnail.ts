import sharp from 'sharp';

/**
 * A JPEG whose Exif block says how it lies and holds a small picture of its own, as cameras write it: TIFF header, IFD 0 with
 * the orientation, IFD 1 with the place of the small JPEG (Exif 2.3, 4.5.4 and 4.6.5).
 */
export async function withExifThumbnail(
  photo: Uint8Array,
  thumbnail: Uint8Array,
  orientation: number,
): Promise<Buffer> {
  const firstAt = 8;
  const secondAt = firstAt + 2 + 12 + 4;
  const thumbnailAt = secondAt + 2 + 3 * 12 + 4;
  const tiff = Buffer.concat([
    Buffer.from('MM\0*\0\0\0\b', 'latin1'),
    directory([entry(0x0112, 3, orientation)], secondAt),
    directory([entry(0x0103, 3, 6), entry(0x0201, 4, thumbnailAt), entry(0x0202, 4, thumbnail.length)], 0),
    thumbnail,
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(2 + 6 + tiff.length);
  const segment = Buffer.concat([Buffer.from([0xff, 0xe1]), length, Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const bare = await sharp(photo).jpeg().toBuffer();
  return Buffer.concat([bare.subarray(0, 2), segment, bare.subarray(2)]);
}

function entry(tag: number, type: number, value: number): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt16BE(tag, 0);
  bytes.writeUInt16BE(type, 2);
  bytes.writeUInt32BE(1, 4);
  if (type === 3) bytes.writeUInt16BE(value, 8);
  else bytes.writeUInt32BE(value, 8);
  return bytes;
}

function directory(entries: readonly Buffer[], next: number): Buffer {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(entries.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(next);
  return Buffer.concat([head, ...entries, tail]);
}
