import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeVideo, type VideoOptions } from './make-video.ts';

const made = new Map<string, Buffer>();

/** The same video for all tests that ask for it, made once. */
export function videoBytes(name: string, options: VideoOptions = {}): Buffer {
  const wish = JSON.stringify([name, options]);
  const known = made.get(wish);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), 'cutline-videos-'));
  try {
    makeVideo(join(folder, name), options);
    const bytes = readFileSync(join(folder, name));
    made.set(wish, bytes);
    return bytes;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
