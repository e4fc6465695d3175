import { latin1At, skipExifPrefix, viewOf } from './bytes.ts';
import type { ByteRange, ImageParts } from './image-parts.ts';

/** `VP8X` is not among them: its flags change when metadata is added, and a plain file has none. */
const pictureChunks = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF']);

/** WebP: RFC 9649. Metadata chunks usually stand after the picture. */
export function findWebpParts(bytes: Uint8Array): ImageParts {
  const view = viewOf(bytes);
  const picture: ByteRange[] = [];
  let exif: ByteRange | undefined;
  let xmp: ByteRange | undefined;

  const fileEnd = 8 + view.getUint32(4, true);
  const limit = Math.min(bytes.length, fileEnd);
  let start = 12;
  while (start + 8 <= limit) {
    const content = start + 8;
    const size = view.getUint32(start + 4, true);
    const end = content + size;
    if (end > limit) break;
    const type = latin1At(bytes, start, 4);
    if (pictureChunks.has(type)) picture.push({ start, end });
    if (type === 'EXIF') exif ??= skipExifPrefix(bytes, { start: content, end });
    if (type === 'XMP ') xmp ??= { start: content, end };
    start = end + (size % 2);
  }
  return {
    picture,
    isComplete: start >= fileEnd && picture.length > 0,
    ...(exif && { exif }),
    ...(xmp && { xmp }),
  };
}
