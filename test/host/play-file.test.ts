import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { playFile, toRange } from '../../app/host/play-file.ts';
import { pageFile } from '../../app/host/page-file.ts';
import { beginPlaying, forgetPlaying } from '../../app/library/playing.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

it.each([
  ['bytes=0-', { start: 0, end: 1000 }],
  ['bytes=100-199', { start: 100, end: 200 }],
  ['bytes=900-5000', { start: 900, end: 1000 }],
  ['bytes=-10', { start: 990, end: 1000 }],
  ['bytes=1000-', undefined],
  ['bytes=5-2', undefined],
  ['lines=1-2', { start: 0, end: 1000 }],
  [undefined, { start: 0, end: 1000 }],
])('of 1 000 bytes, “%s” asks for those', (header, range) => {
  expect(toRange(header, 1000)).toEqual(range);
});

it('a name that the engine gave plays its file by parts, until the engine ends; no other name plays anything', async () => {
  const folder = useTemporaryFolder();
  const path = join(folder, 'film.mp4');
  await writeFile(path, Buffer.from('0123456789'));
  const name = await beginPlaying(folder, { path, contentType: 'video/mp4' });
  const found = pageFile(`/video/${name}`, { renderer: folder, library: folder });
  const part = await playFile(found?.path ?? '', 'bytes=2-4');
  expect(part).toMatchObject({
    status: 206,
    headers: { 'content-type': 'video/mp4', 'content-range': 'bytes 2-4/10', 'content-length': '3' },
  });
  expect(Buffer.from(part.bytes).toString()).toBe('234');
  expect(await playFile(found?.path ?? '', 'bytes=10-')).toMatchObject({
    status: 416,
    headers: { 'content-range': 'bytes */10' },
  });
  for (const other of [
    '..%2F..%2Ffilm.mp4',
    'film.mp4',
    `${name}/x`,
    name.toUpperCase().replaceAll(/\d/g, 'Z'),
  ]) {
    expect(pageFile(`/video/${other}`, { renderer: folder, library: folder })).toBeUndefined();
  }
  forgetPlaying(folder);
  expect(await playFile(found?.path ?? '', 'bytes=0-')).toMatchObject({ status: 404 });
});
