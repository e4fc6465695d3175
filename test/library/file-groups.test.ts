import { assert, constantFrom, integer, property, tuple, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupFiles, groupKindOf } from '../../app/library/file-groups.ts';

const named = (names: readonly string[]) => names.map((name) => ({ name }));

/** Each group as its files, what is shown first, and its sidecars in brackets. */
function grouped(...names: string[]): string[] {
  return groupFiles(named(names)).map(({ files, sidecars }) =>
    [...files.map(({ name }) => name), ...sidecars.map(({ name }) => `[${name}]`)].join(' + '),
  );
}

describe('groupFiles', () => {
  it.each([
    [['IMG_1.CR3', 'IMG_1.JPG'], ['IMG_1.JPG + IMG_1.CR3']],
    [['img_1.nef', 'IMG_1.jpeg', 'Img_1.XMP'], ['IMG_1.jpeg + img_1.nef + [Img_1.XMP]']],
    [['IMG_1.HEIC', 'IMG_1.MOV', 'IMG_1.AAE'], ['IMG_1.HEIC + IMG_1.MOV + [IMG_1.AAE]']],
    [['a.dng', 'a.heic', 'a.mov'], ['a.heic + a.dng + a.mov']],
    // Two RAWs and one JPEG: nobody can tell whose it is.
    [
      ['a.cr2', 'a.dng', 'a.jpg', 'a.cr2.xmp', 'a.xmp'],
      ['a.jpg', 'a.cr2 + [a.cr2.xmp]', 'a.dng'],
    ],
    [
      ['a.cr2', 'a.jpg', 'a.heic', 'a.xmp'],
      ['a.jpg', 'a.heic', 'a.cr2 + [a.xmp]'],
    ],
    [
      ['a.jpg', 'a.jpeg', 'a.mov'],
      ['a.jpg', 'a.jpeg', 'a.mov'],
    ],
    // An export is a picture of its own; the name without a format goes to the RAW.
    [
      ['a.nef', 'a.tif', 'a.xmp', 'a.tif.xmp'],
      ['a.nef + [a.xmp]', 'a.tif + [a.tif.xmp]'],
    ],
    [
      ['a-1.jpg', 'a.cr2', 'b.jpg'],
      ['a-1.jpg', 'a.cr2', 'b.jpg'],
    ],
    // The same word, its accent as a letter of its own.
    [['caf\u00e9.raf', 'cafe\u0301.jpg'], ['cafe\u0301.jpg + caf\u00e9.raf']],
    [['notes.txt', 'lost.xmp', 'a.jpg'], ['a.jpg']],
    [['clip.mov', 'clip.mp4', 'clip.jpg.txt'], ['clip.mov']],
  ])('%j', (names, expected) => {
    expect(grouped(...names).toSorted()).toEqual(expected.toSorted());
  });

  it('keeps a RAW and a JPEG apart that are known to be of two shots; the sidecar goes to the RAW', () => {
    const groups = groupFiles(named(['a.jpg', 'a.cr3', 'a.xmp', 'a.jpg.xmp']), { isOneShot: () => false });
    const names = groups.map(({ files, sidecars }) => [...files, ...sidecars].map(({ name }) => name));
    expect(names).toEqual([
      ['a.jpg', 'a.jpg.xmp'],
      ['a.cr3', 'a.xmp'],
    ]);
  });

  it('believes Apple’s identifiers before names', () => {
    const files = named(['a.heic', 'a.mov']);
    expect(groupFiles(files, { isLivePhoto: () => true })).toHaveLength(1);
    expect(groupFiles(files, { isLivePhoto: () => false })).toHaveLength(2);
  });

  const stem = constantFrom('a', 'A', 'b', 'a.cr2', 'a-1', 'ä', 'a\u0308');
  const extension = constantFrom(
    'jpg',
    'JPG',
    'heic',
    'cr2',
    'nef',
    'dng',
    'tif',
    'mov',
    'xmp',
    'aae',
    'txt',
  );
  const folder = uniqueArray(
    tuple(stem, extension).map((parts) => parts.join('.')),
    { maxLength: 12 },
  );

  it('gives a sidecar to the file of exactly its name where names differ by case alone', () => {
    for (const names of [
      ['A.cr2', 'a.cr2', 'a.cr2.aae'],
      ['a.cr2.aae', 'a.cr2', 'A.cr2'],
    ]) {
      const owner = groupFiles(named(names)).find(({ sidecars }) => sidecars.length > 0);
      expect(owner?.files.map(({ name }) => name)).toEqual(['a.cr2']);
    }
  });

  it('puts every picture and movie in one group, and each sidecar in one at most, whatever the order', () => {
    assert(
      property(folder, integer(), (names, seed) => {
        const groups = groupFiles(named(names));
        const shown = groups.flatMap(({ files }) => files.map(({ name }) => name));
        const pictures = names.filter((name) => !['sidecar', 'other'].includes(groupKindOf(name)));
        expect(shown.toSorted()).toEqual(pictures.toSorted());
        const sidecars = groups.flatMap((group) => group.sidecars.map(({ name }) => name));
        expect(new Set(sidecars).size).toBe(sidecars.length);

        const shuffled = names.toSorted(
          (one, other) => ((one.length * 31 + seed) % 7) - ((other.length * 17) % 7),
        );
        const signature = (list: readonly string[]) =>
          groupFiles(named(list))
            .map((group) =>
              [...group.files, ...group.sidecars]
                .map(({ name }) => name)
                .toSorted()
                .join('|'),
            )
            .toSorted();
        expect(signature(shuffled)).toEqual(signature(names));
      }),
    );
  });

  it('never puts two RAWs, two JPEGs or two movies together', () => {
    assert(
      property(folder, (names) => {
        for (const { files } of groupFiles(named(names))) {
          const kinds = files.map(({ name }) => groupKindOf(name));
          expect(new Set(kinds).size).toBe(kinds.length);
          const stems = files.map(({ name }) =>
            name
              .normalize('NFC')
              .toLowerCase()
              .replace(/\.[^.]*$/, ''),
          );
          expect(new Set(stems).size).toBe(1);
        }
      }),
    );
  });
});
