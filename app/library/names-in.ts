import { readdir } from 'node:fs/promises';
import { systemCode } from '../platform/errors.ts';

/** Names in a folder of our own; none where it has not been made yet, or is a file. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
