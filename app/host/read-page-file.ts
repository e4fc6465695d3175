import { readFile } from 'node:fs/promises';
import { systemCode } from '../platform/errors.ts';
import type { PageFile } from './page-file.ts';

/**
 * All of a file that a page asked for; `undefined` when there is no such file.
 *
 * In one piece, not as a stream: pages ask for hundreds of pictures and go on before they have come, and a file that is
 * open for a stream which nobody reads stays open until it is collected as garbage, which ends the process.
 */
export async function readPageFile({ path }: PageFile): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}
