import { open } from 'node:fs/promises';
import { AppError, fileErrorCode } from '../platform/errors.ts';
import type { PictureInput } from './renditions.ts';

/** Files are read up to here: the previews of a RAW come before its end, and no other that needs this is as large. */
const maxWholeBytes = 256 * 1024 * 1024;

/** The bytes of a file. Throws `file-missing` or `file-unreadable`. */
export async function readWhole(input: PictureInput): Promise<Uint8Array> {
  return typeof input === 'string' ? readStart(input, maxWholeBytes) : input;
}

/** So many of a file's first bytes, or fewer where it ends before. Throws `file-missing` or `file-unreadable`. */
export async function readStart(path: string, lengthBytes: number): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      // Its own memory and not Node's pool, so that it is given back as soon as it is done with.
      const bytes = Buffer.allocUnsafeSlow(Math.min(size, lengthBytes));
      let length = 0;
      while (length < bytes.length) {
        const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
        if (bytesRead === 0) break;
        length += bytesRead;
      }
      return bytes.subarray(0, length);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new AppError(fileErrorCode(error), { path }, { cause: error });
  }
}
