import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FileFormat } from '../../app/imaging/formats.ts';
import { probeVideo } from '../../app/video/probe.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { ffmpeg, makeVideo, hasFfmpeg } from '../helpers/make-video.ts';
import { writeOld } from '../helpers/engine.ts';

it.skipIf(!hasFfmpeg).each([
  ['film.mp4', 'mp4', 'libx264', 'avc'],
  ['film.mov', 'mov', 'libx264', 'avc'],
  ['film.mkv', 'mkv', 'libx264', 'avc'],
  ['film.webm', 'webm', 'libvpx', 'vp8'],
  ['film.avi', 'avi', 'mjpeg', 'mjpeg'],
] as const)('%s: length, size, codec and rate stand in its header', async (name, format, codec, found) => {
  const path = join(useTemporaryFolder(), name);
  makeVideo(path, { codec, widthPx: 192, heightPx: 108 });
  const header = await probeVideo(path, format);
  expect({ ...header, frameRate: Math.round(header.frameRate ?? 0) }).toEqual({
    widthPx: 192,
    heightPx: 108,
    durationMs: 6000,
    codec: found,
    frameRate: 12,
    rotation: 0,
    hasSound: false,
  });
});

it.skipIf(!hasFfmpeg)('a phone that was held upright makes a video that is higher than wide', async () => {
  const path = join(useTemporaryFolder(), 'upright.mp4');
  makeVideo(path, { widthPx: 160, heightPx: 90, rotate: 90, hasSound: true });
  expect(await probeVideo(path, 'mp4')).toMatchObject({ widthPx: 90, heightPx: 160, hasSound: true });
});

it.skipIf(!hasFfmpeg)(
  'a recording that was cut off before its index was written is damaged, and says so',
  async () => {
    const path = join(useTemporaryFolder(), 'cut.mp4');
    makeVideo(path);
    await truncate(path, 2000);
    await expect(probeVideo(path, 'mp4')).rejects.toMatchObject({ code: 'file-damaged' });
  },
);

it.skipIf(!hasFfmpeg)('sound alone is no video', async () => {
  const path = join(useTemporaryFolder(), 'sound.mp4');
  ffmpeg(['-f', 'lavfi', '-i', 'sine=d=1', '-c:a', 'aac', path]);
  await expect(probeVideo(path, 'mp4')).rejects.toMatchObject({
    code: 'no-frames',
    details: { reason: 'sound-alone' },
  });
});

it.skipIf(!hasFfmpeg)('ten hours are read in a moment: of its header alone', async () => {
  const path = join(useTemporaryFolder(), 'long.mp4');
  ffmpeg(['-f', 'lavfi', '-i', 'color=c=red:s=32x32:r=1/600', '-t', '36000', '-pix_fmt', 'yuv420p', path]);
  expect(await probeVideo(path, 'mp4')).toMatchObject({ durationMs: 36_000_000 });
});

it.each([
  ['mp4', Buffer.concat([Buffer.from('\0\0\0\x14ftypisom\0\0\0\0isom', 'latin1'), Buffer.alloc(500)])],
  ['mkv', Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(500, 7)])],
  ['avi', Buffer.from('RIFF\xff\xff\xff\xffAVI LIST\xff\xff\xff\xffhdrlavih\xff\xff\xff\xff', 'latin1')],
  ['avi', Buffer.from('RIFF\x10\0\0\0AVI ', 'latin1')],
] as [FileFormat, Buffer][])(
  'nonsense behind the first bytes of an %s is told as that',
  async (format, bytes) => {
    const path = join(useTemporaryFolder(), `nonsense.${format}`);
    await writeOld(path, bytes);
    await expect(probeVideo(path, format)).rejects.toMatchObject({ code: 'file-damaged' });
  },
);

it.skipIf(!hasFfmpeg)(
  'a recording whose end was never written, only its room made, is damaged, and the next one is read',
  async () => {
    const folder = useTemporaryFolder();
    const [hollow, whole] = [join(folder, 'hollow.mkv'), join(folder, 'whole.mkv')];
    makeVideo(whole);
    const bytes = await readFile(whole);
    // Behind its first cluster: zeros where elements should be, to the very end of the segment.
    await writeFile(hollow, Buffer.from(bytes).fill(0, clusterEnd(bytes)));
    const results = await Promise.allSettled([probeVideo(hollow, 'mkv', 5000), probeVideo(whole, 'mkv')]);
    expect(results).toMatchObject([
      { status: 'rejected', reason: { code: 'file-damaged' } },
      { status: 'fulfilled', value: { widthPx: 160, heightPx: 120 } },
    ]);
  },
);

/** Where the first cluster ends (Matroska: ID `1F43B675`, then its size, here of eight bytes or fewer). */
function clusterEnd(bytes: Buffer): number {
  const at = bytes.indexOf(Buffer.from('1f43b675', 'hex')) + 4;
  const first = bytes[at] ?? 0;
  const width = Math.clz32(first) - 23;
  let size = first & (0xff >> width);
  for (const byte of bytes.subarray(at + 1, at + width)) size = size * 256 + byte;
  return at + width + size;
}
