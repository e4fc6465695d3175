import { mkdirSync } from 'node:fs';

/**
 * Makes a folder, and those that it lies in, for their owner alone: captions, places and questions are nobody else's. One
 * that is there already stays as it is.
 *
 * @throws what the file system throws
 */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}
