import { createHash, hash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { AppError } from '../platform/errors.ts';
import { sliceOf } from './bytes.ts';
import { findImageParts } from './find-image-parts.ts';
import type { ByteRange } from './image-parts.ts';

/** Two identities of a file, both sha256 in hex. */
export type FileHashes = {
  /** Of all its bytes: changes with every change. */
  readonly contentHash: string;
  /** Of the picture's own bytes: stays when a program writes metadata, so that a moved and edited file is recognised. */
  readonly imageDataHash: string;
};

/**
 * Hashes a whole file. `format` is as `findImageParts` knows it; for any other, and for a damaged file, both hashes are
 * the same: then any change makes it another picture. About 1.5 ms per megabyte.
 */
export function hashFile(bytes: Uint8Array, format: string): FileHashes {
  const contentHash = hash('sha256', bytes, 'hex');
  const parts = findImageParts(bytes, format);
  if (parts?.isComplete !== true || !isPlausible(parts.picture, bytes)) {
    return { contentHash, imageDataHash: contentHash };
  }
  const digest = createHash('sha256');
  for (const range of parts.picture) digest.update(sliceOf(bytes, range));
  return { contentHash, imageDataHash: digest.digest('hex') };
}

/** A hostile file can name the same bytes thousands of times: hashing them would take minutes. */
function isPlausible(picture: readonly ByteRange[], bytes: Uint8Array): boolean {
  const length = picture.reduce((sum, range) => sum + range.end - range.start, 0);
  return length > 0 && length <= bytes.length;
}

const chunkLength = 1024 * 1024;

/**
 * The content hash of a file that is too large to be held in memory; its `imageDataHash` is the same.
 * Throws `canceled` when `signal` aborts, and the system's error when the file cannot be read.
 */
export async function hashLargeFile(path: string, signal: AbortSignal): Promise<string> {
  const digest = createHash('sha256');
  const buffer = Buffer.allocUnsafe(chunkLength);
  const file = await open(path);
  try {
    for (;;) {
      if (signal.aborted) throw new AppError('canceled', {}, { cause: signal.reason });
      const { bytesRead } = await file.read(buffer, 0, chunkLength, null);
      if (bytesRead === 0) return digest.digest('hex');
      digest.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
