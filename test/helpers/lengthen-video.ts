import { randomBytes } from 'node:crypto';
import { appendFile, utimes } from 'node:fs/promises';

/** A box that players pass over: the video becomes as long as an upload in several blocks, and nothing else changes. */
export async function lengthenVideo(path: string, bytes: number): Promise<void> {
  const box = randomBytes(bytes);
  box.writeUInt32BE(bytes, 0);
  box.write('free', 4, 'latin1');
  await appendFile(path, box);
  const yesterday = new Date(Date.now() - 86_400_000);
  await utimes(path, yesterday, yesterday);
}
