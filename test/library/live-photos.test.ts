import { assert, array, boolean, constantFrom, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId, FileId } from '../../app/contract/ids.ts';
import { isAnotherShot, pairLivePhotos, type LiveFile, type Shot } from '../../app/library/live-photos.ts';

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

const at = (time: string, offsetMinutes: number | null = null, camera: string | null = null): Shot => ({
  localMs: Date.parse(`2019-05-04T${time}Z`),
  offsetMinutes,
  camera,
});

describe('a still and a movie of one name', () => {
  const unknown: Shot = { localMs: null, offsetMinutes: null, camera: null };

  it.each([
    ['nothing is known', unknown, unknown, false],
    ['one time is not known', at('12:00:00'), unknown, false],
    ['the same second', at('12:00:00', 120), at('12:00:00', 120), false],
    ['the movie began before the photo', at('12:00:02', 120), at('12:00:00', 120), false],
    ['the movie in UTC', at('12:00:01', 120), at('10:00:00', 0), false],
    ['the movie in UTC, the photo without a zone', at('12:00:01'), at('10:00:00', 0), false],
    ['the movie in the camera’s own clock', at('12:00:01', 120), at('12:00:00', 0), false],
    ['half a minute later', at('12:00:00', 120), at('12:00:30', 120), true],
    ['another hour, both with their zones', at('12:00:00', 120), at('11:00:00', 0), true],
    ['seven minutes later, the photo without a zone', at('12:00:00'), at('10:07:00', 0), true],
    ['another camera', at('12:00:00', 0, 'iPhone 8'), at('12:00:00', 0, 'X-T4'), true],
    [
      'the same camera, with its maker',
      at('12:00:00', 0, 'Apple iPhone 8'),
      at('12:00:00', 0, 'iPhone 8'),
      false,
    ],
    ['one camera is not known', at('12:00:00', 0, 'iPhone 8'), at('12:00:00', 0), false],
  ])('are of different moments when %s: %#', (_when, still, movie, expected) => {
    expect(isAnotherShot(still, movie)).toBe(expected);
  });

  it('years apart are of different moments in any zone', () => {
    const still = at('12:00:00');
    const year = 365 * 86_400_000;
    expect(isAnotherShot(still, { ...still, localMs: (still.localMs ?? 0) + year, offsetMinutes: 0 })).toBe(
      true,
    );
  });
});
