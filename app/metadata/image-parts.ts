/** A piece of a file: `start` is its first byte, `end` the one after its last. Always inside the bytes that were searched. */
export type ByteRange = { readonly start: number; readonly end: number };

/** Where a file keeps its picture, and where its metadata. [Note: Image parts] */
export type ImageParts = {
  /** What the pixels are decoded from, in a fixed order: never Exif, IPTC, XMP, comments, or what follows the picture. */
  readonly picture: readonly ByteRange[];
  /** The Exif block, from its TIFF header on. */
  readonly exif?: ByteRange;
  /** `isDeflated`: compressed by zlib, as PNG may keep it. */
  readonly xmp?: ByteRange & { readonly isDeflated?: boolean };
  readonly iptcIim?: ByteRange;
  /** False when the bytes end, or stop making sense, before the picture is over: then `picture` is not all of it. */
  readonly isComplete: boolean;
};
