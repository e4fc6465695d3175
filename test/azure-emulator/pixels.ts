/** @file The only file of the emulator that decodes pictures. */

import { createHash } from 'node:crypto';
import sharp from 'sharp';

// Pictures come by the dozen at once: one thread for each is faster than several for one. Counts for the process.
sharp.concurrency(1);

/** Side of the square that stands for the whole picture: enough for its colours and its fingerprint. */
export const gridSidePx = 32;

export type ImageFormat = 'jpeg' | 'png' | 'webp' | 'gif';

export type DecodedPicture = {
  readonly bytes: number;
  /** Of the exact bytes sent: 16 hex digits. */
  readonly contentHash: string;
  readonly format: ImageFormat;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Blocks that a client should have taken out: what would leave the machine. */
  readonly metadata: readonly MetadataBlock[];
  /** Exif orientation 2–8: the model sees such a picture lying on its side. */
  readonly isTurned: boolean;
  readonly isAnimated: boolean;
  /** `gridSidePx` × `gridSidePx` RGB triples, row by row. */
  readonly grid: Uint8Array;
};

export type MetadataBlock = 'exif' | 'icc' | 'iptc' | 'xmp';

const formats: ReadonlySet<string> = new Set<ImageFormat>(['jpeg', 'png', 'webp', 'gif']);

function isAccepted(format: string): format is ImageFormat {
  return formats.has(format);
}

export type DecodeOutcome =
  | { readonly status: 'decoded'; readonly picture: DecodedPicture }
  /** Not an image, or one of another format. */
  | { readonly status: 'unsupported' }
  /** Says that it is an image, but cannot be decoded to its last row. */
  | { readonly status: 'broken' };

/**
 * Decodes every row of a picture, at a reduced size. Like the service it does not apply the Exif orientation
 * (AZURE §2.3 knows of no such promise); `upright` does, for originals on the test's side.
 */
export async function decodePicture(
  bytes: Uint8Array,
  { upright = false }: { readonly upright?: boolean } = {},
): Promise<DecodeOutcome> {
  const options = { failOn: 'truncated', limitInputPixels: 1_000_000_000 } as const;
  let metadata;
  try {
    metadata = await sharp(bytes, options).metadata();
  } catch {
    return { status: 'unsupported' };
  }
  if (!isAccepted(metadata.format)) return { status: 'unsupported' };

  let grid;
  try {
    const image = upright ? sharp(bytes, options).autoOrient() : sharp(bytes, options);
    grid = await image
      .resize(gridSidePx, gridSidePx, { fit: 'fill', kernel: 'linear' })
      .flatten({ background: 'white' })
      .toColourspace('srgb')
      .raw()
      .toBuffer();
  } catch {
    return { status: 'broken' };
  }
  const isTurned = metadata.orientation !== undefined && metadata.orientation > 1;
  const size = upright ? metadata.autoOrient : metadata;
  return {
    status: 'decoded',
    picture: {
      bytes: bytes.byteLength,
      contentHash: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
      format: metadata.format,
      widthPx: size.width,
      heightPx: size.height,
      metadata: (['exif', 'icc', 'iptc', 'xmp'] as const).filter((block) => metadata[block] !== undefined),
      isTurned: isTurned && !upright,
      isAnimated: (metadata.pages ?? 1) > 1,
      grid: new Uint8Array(grid),
    },
  };
}
