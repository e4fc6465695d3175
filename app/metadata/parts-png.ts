import { latin1At, skipExifPrefix, viewOf } from './bytes.ts';
import type { ByteRange, ImageParts } from './image-parts.ts';

/** Chunks that decide the pixels; colour hints such as `gAMA` and `iCCP` are left out, as JPEG's profile is. */
const pictureChunks = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'acTL', 'fcTL', 'fdAT']);
const xmpKeyword = 'XML:com.adobe.xmp\0';

/** PNG and animated PNG: each picture chunk with its length and type, without its checksum. */
export function findPngParts(bytes: Uint8Array): ImageParts {
  const view = viewOf(bytes);
  const picture: ByteRange[] = [];
  let exif: ByteRange | undefined;
  let xmp: ImageParts['xmp'];
  let isComplete = false;

  let start = 8;
  while (start + 12 <= bytes.length) {
    const content = start + 8;
    const end = content + view.getUint32(start);
    if (end + 4 > bytes.length) break;
    const type = latin1At(bytes, start + 4, 4);
    if (pictureChunks.has(type)) picture.push({ start, end });
    if (type === 'eXIf') exif ??= skipExifPrefix(bytes, { start: content, end });
    if (type === 'iTXt') xmp ??= findXmp(bytes, { start: content, end });
    if (type === 'zTXt') xmp ??= findDeflatedXmp(bytes, { start: content, end });
    if (type === 'IEND') {
      isComplete = true;
      break;
    }
    start = end + 4;
  }
  return { picture, isComplete, ...(exif && { exif }), ...(xmp && { xmp }) };
}

/** The text of an `iTXt` chunk with XMP's keyword, as the XMP specification wants it. */
function findXmp(bytes: Uint8Array, chunk: ByteRange): ImageParts['xmp'] {
  if (!hasXmpKeyword(bytes, chunk)) return undefined;
  const flagAt = chunk.start + xmpKeyword.length;
  const languageEnd = bytes.indexOf(0, flagAt + 2);
  if (languageEnd === -1) return undefined;
  const translatedEnd = bytes.indexOf(0, languageEnd + 1);
  if (translatedEnd === -1 || translatedEnd >= chunk.end) return undefined;
  return { start: translatedEnd + 1, end: chunk.end, isDeflated: bytes[flagAt] === 1 };
}

/** The text of a `zTXt` chunk with XMP's keyword, as libvips writes it. */
function findDeflatedXmp(bytes: Uint8Array, chunk: ByteRange): ImageParts['xmp'] {
  if (!hasXmpKeyword(bytes, chunk)) return undefined;
  const start = chunk.start + xmpKeyword.length + 1;
  return start < chunk.end ? { start, end: chunk.end, isDeflated: true } : undefined;
}

function hasXmpKeyword(bytes: Uint8Array, chunk: ByteRange): boolean {
  return latin1At(bytes, chunk.start, xmpKeyword.length) === xmpKeyword;
}
