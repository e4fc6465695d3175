import { join, sep } from 'node:path';
import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId } from '../../app/contract/ids.ts';
import { dataUrl, pictureUrl } from '../../app/contract/resource-url.ts';
import { pageFile } from '../../app/host/page-file.ts';
import { renditionPath } from '../../app/library/renditions.ts';

const folders = { renderer: join(sep, 'app', 'renderer'), library: join(sep, 'photos', 'library') };

describe('an address of a page', () => {
  it('names files of the renderer, kept for good where their name changes with them', () => {
    expect(pageFile('/', folders)).toEqual({
      path: join(folders.renderer, 'index.html'),
      contentType: 'text/html; charset=utf-8',
      cacheControl: 'no-store',
    });
    expect(pageFile('/assets/index-1a2b.js', folders)).toMatchObject({
      path: join(folders.renderer, 'assets', 'index-1a2b.js'),
      contentType: expect.stringContaining('javascript') as string,
      cacheControl: expect.stringContaining('immutable') as string,
    });
  });

  it('names a rendition by kind and id, kept for good when its version is part of the address', () => {
    const path = renditionPath(folders.library, 1234 as AssetId, 'thumbnail');
    const url = `/${pictureUrl('thumbnail', 1234 as AssetId, 'a b&c')}`;
    expect(pageFile(url, folders)).toMatchObject({
      path,
      contentType: 'image/jpeg',
      cacheControl: expect.stringContaining('immutable') as string,
    });
    expect(pageFile('/photo/thumbnail/1234', folders)).toMatchObject({ path, cacheControl: 'no-store' });
  });

  it('names a resource of the engine, which is never kept', () => {
    expect(pageFile(`/${dataUrl('grid-12ab.bin')}`, folders)).toMatchObject({
      path: join(folders.library, 'data', 'grid-12ab.bin'),
      cacheControl: 'no-store',
    });
  });

  it.each([
    '/photo/thumbnail/0',
    '/photo/thumbnail/-1',
    '/photo/thumbnail/1e3',
    '/photo/thumbnail/1.5',
    '/photo/thumbnail/99999999999999999',
    '/photo/thumbnail/1/2',
    '/photo/original/1',
    '/photo/__proto__/1',
    '/data/../library.db',
    '/data/%2e%2e%2flibrary.db',
    '/data/.hidden',
    '/data/a/b',
    '/data/',
    '/../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    String.raw`/..\secret`,
    '/%00',
    '/%',
    '/.env',
    '/assets/index.js.map',
    '//etc/passwd',
    '',
    'index.html',
  ])('%s names nothing', (address) => {
    expect(pageFile(address, folders)).toBeUndefined();
  });

  it('never leads out of the folders, whatever it is made of', () => {
    const piece = oneof(
      constantFrom(
        '..',
        '.',
        '/',
        '%2e',
        '%2f',
        '%5c',
        '\\',
        'photo',
        'data',
        'thumbnail',
        '7',
        '%00',
        'C:',
        '~',
      ),
      string(),
    );
    const inside = [
      join(folders.renderer, ''),
      join(folders.library, 'renditions'),
      join(folders.library, 'data'),
    ];
    assert(
      property(array(piece), (pieces) => {
        const path = pageFile(`/${pieces.join('')}`, folders)?.path;
        if (path === undefined) return;
        expect(inside.some((folder) => path.startsWith(folder + sep))).toBe(true);
        expect(path.split(sep)).not.toContain('..');
      }),
    );
  });
});
