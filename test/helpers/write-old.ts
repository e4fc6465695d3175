import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a file that looks as if it had been there for a day: nobody waits for it to be complete. */
export async function writeOld(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  await makeOld(path);
}

/** The same for a file that is there. */
export async function makeOld(path: string): Promise<void> {
  const yesterday = new Date(Date.now() - 86_400_000);
  await utimes(path, yesterday, yesterday);
}
