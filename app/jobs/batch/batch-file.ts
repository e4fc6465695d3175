import { createReadStream } from 'node:fs';
import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { systemCode } from '../../platform/errors.ts';

const folder = 'batches';

/** `lines` are sent, the others come back. */
export function batchPath(
  libraryFolder: string,
  name: string,
  kind: 'lines' | 'output' | 'errors' = 'lines',
): string {
  return join(libraryFolder, folder, kind === 'lines' ? name : `${name}.${kind}`);
}

/**
 * Writes a line behind those that the ledger knows of, and waits until it is on the disk: what an engine left behind that died
 * before it could count it is written over.
 */
export async function writeLine(path: string, line: Uint8Array, offsetBytes: number): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  const file = await openOrCreate(path);
  try {
    await file.write(line, 0, line.byteLength, offsetBytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function openOrCreate(path: string) {
  try {
    return await open(path, 'r+');
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return open(path, 'wx+');
  }
}

/** Cuts off what nobody counted. `false` when the file is gone or shorter than what was counted. */
export async function trimFile(path: string, sizeBytes: number): Promise<boolean> {
  try {
    const { size } = await stat(path);
    if (size < sizeBytes) return false;
    if (size === sizeBytes) return true;
    const file = await open(path, 'r+');
    try {
      await file.truncate(sizeBytes);
      await file.datasync();
    } finally {
      await file.close();
    }
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

export async function removeBatchFiles(libraryFolder: string, name: string): Promise<void> {
  for (const kind of ['lines', 'output', 'errors'] as const) {
    await rm(batchPath(libraryFolder, name, kind), { force: true });
  }
}

/** Lines that say something, a page at a time. */
export async function* readLinePages(path: string, pageSize: number): AsyncGenerator<readonly string[]> {
  const input = createReadStream(path, { encoding: 'utf8' });
  try {
    let page: string[] = [];
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line.trim() !== '') page.push(line);
      if (page.length === pageSize) {
        yield page;
        page = [];
      }
    }
    if (page.length > 0) yield page;
  } finally {
    input.destroy();
  }
}
