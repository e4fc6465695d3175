import { open, type FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { systemCode } from '../platform/errors.ts';
import type { PageFile } from './page-file.ts';

export type OpenPageFile = {
  readonly sizeBytes: number;
  /** Closes the file at its end, or when it is destroyed. */
  readonly stream: Readable;
};

/** `undefined` when there is no such file. */
export async function openPageFile({ path }: PageFile): Promise<OpenPageFile | undefined> {
  const handle = await openFile(path);
  if (handle === undefined) return undefined;
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    return undefined;
  }
  return { sizeBytes: stats.size, stream: handle.createReadStream() };
}

async function openFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
