import { assert, array, boolean, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId, FileId } from '../../app/contract/ids.ts';
import { pairLivePhotos, type LiveFile } from '../../app/library/live-photos.ts';

/** `folder/stem.jpg` or `.mov`, each an asset of its own. */
function live(paths: readonly string[]): LiveFile[] {
  return paths.map((path, index) => {
    const [folder = '', name = ''] = path.split('/');
    const [stem = '', extension] = name.split('.');
    const id = index + 1;
    // why: a table without a database
    return { id: id as FileId, assetId: id as AssetId, isMovie: extension === 'mov', folder, stem };
  });
}

function paired(...paths: string[]): string[] {
  const files = live(paths);
  return pairLivePhotos(files).map(
    ({ still, movie }) => `${String(paths[still.id - 1])} + ${String(paths[movie.id - 1])}`,
  );
}

describe('pairLivePhotos', () => {
  it.each([
    [['a/1.jpg', 'a/2.mov'], ['a/1.jpg + a/2.mov']],
    [['a/1.jpg', 'b/2.mov'], ['a/1.jpg + b/2.mov']],
    [['a/1.jpg'], []],
    [['a/1.mov', 'b/1.mov'], []],
    // A whole folder was copied: each half belongs to the one beside it.
    [
      ['a/1.jpg', 'a/2.mov', 'b/1.jpg', 'b/2.mov'],
      ['a/1.jpg + a/2.mov', 'b/1.jpg + b/2.mov'],
    ],
    // As iPhones export what was edited: the same identifier in all four.
    [
      ['a/1.jpg', 'a/1.mov', 'a/E1.jpg', 'a/E1.mov'],
      ['a/1.jpg + a/1.mov', 'a/E1.jpg + a/E1.mov'],
    ],
    [
      ['a/1.jpg', 'a/1.mov', 'b/1.jpg', 'c/9.mov'],
      ['a/1.jpg + a/1.mov', 'b/1.jpg + c/9.mov'],
    ],
    // Two stills, one movie elsewhere: nobody can tell whose it is.
    [['a/1.jpg', 'b/1.jpg', 'c/1.mov'], []],
  ])('%j', (paths, expected) => {
    expect(paired(...paths)).toEqual(expected);
  });

  it('uses each file once at most, and always a still with a movie', () => {
    const file = record({ isMovie: boolean(), folder: constantFrom('a', 'b'), stem: constantFrom('1', '2') });
    assert(
      property(array(file, { maxLength: 8 }), (shapes) => {
        // why: a table without a database
        const files = shapes.map((shape, id) => ({ ...shape, id: id as FileId, assetId: id as AssetId }));
        const pairs = pairLivePhotos(files);
        const used = pairs.flatMap(({ still, movie }) => [still.id, movie.id]);
        expect(new Set(used).size).toBe(used.length);
        for (const { still, movie } of pairs) expect([still.isMovie, movie.isMovie]).toEqual([false, true]);
      }),
    );
  });
});
