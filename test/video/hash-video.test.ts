import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hashVideo, piecesOf } from '../../app/video/hash-video.ts';
import type { FileFormat } from '../../app/imaging/formats.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { box } from '../helpers/camera-files.ts';

async function hashesOf(bytes: Buffer, format: FileFormat = 'mp4') {
  const path = join(useTemporaryFolder(), 'film');
  await writeFile(path, bytes);
  const file = await open(path);
  try {
    return await hashVideo(file, bytes.length, format);
  } finally {
    await file.close();
  }
}

const megabyte = 1024 * 1024;

it('of 20 GB reads less than ten megabytes, at both ends and between', () => {
  const pieces = piecesOf({ start: 0, end: 20e9 });
  expect(pieces.reduce((sum, { start, end }) => sum + end - start, 0)).toBeLessThan(10 * megabyte);
  expect(pieces[0]).toEqual({ start: 0, end: megabyte });
  expect(pieces.at(-1)?.end).toBe(20e9);
  for (const [index, { start }] of pieces.entries()) {
    expect(start).toBeGreaterThanOrEqual(pieces[index - 1]?.end ?? 0);
  }
});

it('a video whose metadata were written anew has the same frames and another content', async () => {
  const frames = box('mdat', randomBytes(5000));
  const before = await hashesOf(
    Buffer.concat([box('ftyp', Buffer.from('isom')), frames, box('moov', Buffer.alloc(90))]),
  );
  const after = await hashesOf(
    Buffer.concat([box('ftyp', Buffer.from('isom')), box('moov', randomBytes(400)), frames]),
  );
  expect(after.imageDataHash).toBe(before.imageDataHash);
  expect(after.contentHash).not.toBe(before.contentHash);
});

it('a changed byte of a small video, and another length of a large one, make it another', async () => {
  const small = box('mdat', randomBytes(5000));
  const changed = Buffer.from(small);
  changed[2500] = (changed[2500] ?? 0) ^ 1;
  expect((await hashesOf(changed)).imageDataHash).not.toBe((await hashesOf(small)).imageDataHash);
  const large = Buffer.alloc(17 * megabyte, 7);
  const longer = Buffer.alloc(17 * megabyte + 1, 7);
  expect((await hashesOf(longer, 'mkv')).contentHash).not.toBe((await hashesOf(large, 'mkv')).contentHash);
});

it('boxes that lie about their length end the search, and nothing else', async () => {
  const lying = Buffer.from('\0\0\0\x04mdat\0\0\0\0\xff\xff\xff\xffmoov', 'latin1');
  const { contentHash, imageDataHash } = await hashesOf(lying);
  expect(imageDataHash).toBe(contentHash);
});
