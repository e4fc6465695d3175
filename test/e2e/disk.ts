import { execFile } from 'node:child_process';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Disk = { readonly remove: () => Promise<void> };

/** A small disk in memory at a path; `impossible` where this process may not make one. */
export async function makeDisk(path: string, megabytes: number): Promise<Disk | 'impossible'> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'impossible';
  await mkdir(path, { recursive: true });
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m`, 'tmpfs', path]);
  } catch {
    // In a container without the right to.
    return 'impossible';
  }
  return {
    remove: async () => {
      await run('umount', ['--lazy', path]);
    },
  };
}

/** Fills the disk that a folder is on to its last byte. */
export async function fillDisk(folder: string): Promise<{ readonly free: () => Promise<void> }> {
  const path = join(folder, 'something-else.bin');
  const file = await open(path, 'w');
  try {
    for (let bytes = 65_536; bytes >= 1; bytes = bytes >> 1) await fill(file, Buffer.alloc(bytes));
  } finally {
    await file.close();
  }
  return { free: () => rm(path) };
}

type Writer = { readonly write: (bytes: Buffer) => Promise<{ readonly bytesWritten: number }> };

async function fill(file: Writer, bytes: Buffer): Promise<void> {
  try {
    while ((await file.write(bytes)).bytesWritten === bytes.length);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
