import { insertDescription } from '../../app/captioning/description-store.ts';
import { describe, expect, test } from 'vitest';
import { addFile, createShelf, type Shelf, type ShelfPhoto } from './photo-shelf.ts';

function fill(photos: Readonly<Record<string, ShelfPhoto>>): Shelf {
  const shelf = createShelf();
  for (const [name, photo] of Object.entries(photos)) shelf.add(name, photo);
  return shelf;
}

/** What each query of `expected` finds, by name. */
function findEach(
  shelf: Shelf,
  expected: Readonly<Record<string, readonly string[]>>,
): Record<string, string[]> {
  return Object.fromEntries(Object.keys(expected).map((query) => [query, shelf.find(query).toSorted()]));
}

describe('filters', () => {
  test('dates are those of the camera’s wall clock, both ends included', () => {
    const shelf = fill({
      newYear: { taken: '2019-01-01T00:00', facts: { capture_offset_minutes: 780 } },
      may: { taken: '2019-05-31T23:59:59.999', facts: { capture_offset_minutes: -600 } },
      june: { taken: '2019-06-01T00:00' },
      leapDay: { taken: '2020-02-29T12:00' },
      old: { taken: '1931-12-24T18:00' },
    });
    const expected = {
      'year:2019': ['june', 'may', 'newYear'],
      'date:2019-05': ['may'],
      'date:2019-05-31': ['may'],
      'date:2019-05..2019-06': ['june', 'may'],
      'date:2019-06..': ['june', 'leapDay'],
      'date:..2018': ['old'],
      'date:>2019-05': ['june', 'leapDay'],
      'date:>=2019-06-01': ['june', 'leapDay'],
      'date:<2019-06': ['may', 'newYear', 'old'],
      'date:<=2019-06': ['june', 'may', 'newYear', 'old'],
      'year:2019..2020': ['june', 'leapDay', 'may', 'newYear'],
      'year:<2000': ['old'],
      'month:2': ['leapDay'],
      'month:december': ['old'],
      'month:dec..feb': ['leapDay', 'newYear', 'old'],
      'month:5..6': ['june', 'may'],
      '-year:2019': ['leapDay', 'old'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
  });

  test('numbers compare, and round as cameras do', () => {
    const shelf = fill({
      fast: {
        facts: {
          iso: 1600,
          aperture_f: 1.8,
          focal_length_mm: 35,
          rating: 5,
          width_px: 6000,
          height_px: 4000,
        },
      },
      slow: {
        facts: {
          iso: 100,
          aperture_f: 5.6,
          focal_length_mm: 84.9,
          rating: -1,
          width_px: 1000,
          height_px: 1000,
        },
      },
      bare: {},
    });
    const expected = {
      'iso:>=1600': ['fast'],
      'iso:100': ['slow'],
      'iso:50..400': ['slow'],
      '-iso:100': ['bare', 'fast'],
      'f:<2.8': ['fast'],
      'aperture:1.8': ['fast'],
      'focal:85': ['slow'],
      'focal:35mm..84mm': ['fast'],
      'megapixels:24': ['fast'],
      'width:>=6000': ['fast'],
      'height:1000': ['slow'],
      'rating:>=3': ['fast'],
      // Unrated is 0, rejected is -1.
      'rating:0': ['bare'],
      'rating:<1': ['bare', 'slow'],
      'rating:-1': ['slow'],
      'has:rating': ['fast', 'slow'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
  });

  test('facts are found by their words', () => {
    const shelf = fill({
      nikon: {
        path: 'Trips/Italy 2019/',
        facts: {
          camera_make: 'NIKON CORPORATION',
          camera_model: 'NIKON D40',
          lens: 'AF-S 35mm',
          place: 'Venice, Italy',
        },
      },
      other: {
        path: 'Trips/Iceland/',
        facts: { camera_make: 'NIKON CORPORATION', camera_model: 'NIKON D4000' },
      },
    });
    const expected = {
      'camera:"Nikon D40"': ['nikon'],
      'camera:nikon': ['nikon', 'other'],
      'camera:d4*': ['nikon', 'other'],
      '-camera:d40': ['other'],
      'lens:35mm': ['nikon'],
      'place:venice': ['nikon'],
      'folder:Trips/Italy': ['nikon'],
      'folder:trips': ['nikon', 'other'],
      'folder:archive': ['nikon', 'other'],
      'path:italy': ['nikon'],
      'path:"Italy 2019/nik"': ['nikon'],
      'path:100%': [],
      'name:nikon': ['nikon'],
      'camera:(d40 OR d4000)': ['nikon', 'other'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
  });

  test('words can be asked of one field', () => {
    const shelf = fill({
      one: {
        title: 'Dog',
        caption: 'On the beach.',
        keywords: ['Golden Gate', 'sea'],
        altText: 'sand',
        recognizedText: 'NO ENTRY',
      },
      two: { title: 'Beach', caption: 'Dogs play.', keywords: ['gate'], objects: [{ label: 'tennis ball' }] },
    });
    const expected = {
      'title:dog': ['one'],
      'caption:dog': ['two'],
      'caption:beach OR title:beach': ['one', 'two'],
      'kw:gate': ['one', 'two'],
      'kw:"golden gate"': ['one'],
      '-kw:sea': ['two'],
      'text:"no entry"': ['one'],
      'alt:sand': ['one'],
      'object:ball': ['two'],
      'has:text': ['one'],
      'has:keywords': ['one', 'two'],
      'has:alt': ['one'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
  });

  test('what a photo is', () => {
    const shelf = fill({
      jpeg: {
        facts: {
          format: 'jpeg',
          label: 'Red',
          colors: '{"names":["red","white"],"isMonochrome":false}',
          width_px: 300,
          height_px: 200,
        },
      },
      raw: { facts: { format: 'nef', state: 'unsupported', width_px: 200, height_px: 300 } },
      film: {
        facts: {
          kind: 'video',
          format: 'mp4',
          colors: '{"names":["black","grey"],"isMonochrome":true}',
          width_px: 900,
          height_px: 300,
        },
      },
      bad: {
        facts: {
          state: 'unreadable',
          colors: '{"names":[],"isMonochrome":false}',
          width_px: 200,
          height_px: 200,
          latitude: 1,
          longitude: 2,
        },
      },
    });
    const expected = {
      'format:jpg': ['jpeg'],
      'type:raw': ['raw'],
      'type:video': ['film'],
      'kind:photo': ['bad', 'jpeg', 'raw'],
      'label:red': ['jpeg'],
      'color:red': ['jpeg'],
      'color:gray': ['film'],
      'is:monochrome': ['film'],
      'is:unsupported': ['raw'],
      'is:problem': ['bad'],
      'has:gps': ['bad'],
      'shape:landscape': ['film', 'jpeg'],
      'shape:portrait': ['raw'],
      'shape:square': ['bad'],
      'shape:panorama': ['film'],
      'is:undescribed': ['bad', 'film', 'jpeg', 'raw'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
  });

  test('who described it', () => {
    const shelf = fill({
      model: { caption: 'A dog.' },
      person: { caption: 'A dog.', owner: 'person' },
      file: { keywords: ['dog'], owner: 'file' },
      builtIn: { caption: 'Photo in landscape.', baseline: true },
      nobody: {},
    });
    shelf.db.run(
      "INSERT INTO connection (id, kind, name, concurrency, created_at_ms) VALUES (1, 'openai-compatible', 'My Ollama', 1, 0)",
    );
    shelf.db.run(
      "UPDATE current_description SET connection_id = 1, model_answered = 'llava:13b' WHERE asset_id = 1",
    );
    const expected = {
      'by:model': ['model'],
      'by:person': ['person'],
      'by:file': ['file'],
      'by:built-in': ['builtIn'],
      'by:openai-compatible': ['model'],
      'by:"my ollama"': ['model'],
      'model:llava': ['model'],
      'is:described': ['file', 'model', 'person'],
      'is:undescribed': ['builtIn', 'nobody'],
      'is:baseline': ['builtIn'],
      '-is:described': ['builtIn', 'nobody'],
      'has:caption': ['builtIn', 'model', 'person'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
  });

  test('calls described what a person or a file says, also after the built-in describer has been there', () => {
    const shelf = createShelf();
    const ids = {
      captioned: shelf.add('captioned', { caption: 'My dog.', owner: 'file' }),
      tagged: shelf.add('tagged', { keywords: ['dog'], owner: 'file' }),
      edited: shelf.add('edited', { altText: 'A dog.', owner: 'person' }),
      plain: shelf.add('plain'),
    };
    const before = { 'is:described': ['captioned', 'edited', 'tagged'], 'is:undescribed': ['plain'] };
    expect(findEach(shelf, before)).toEqual(before);
    const fields = { caption: 'Photo in landscape.', keywords: ['2019'] };
    for (const assetId of Object.values(ids)) {
      insertDescription(shelf.db, { assetId, owner: 'model', baseline: true, fields }, 1);
    }
    const after = { ...before, 'is:baseline': ['captioned', 'edited', 'plain', 'tagged'] };
    expect(findEach(shelf, after)).toEqual(after);
    // A model replaces the baseline.
    insertDescription(shelf.db, { assetId: ids.plain, owner: 'model', fields: { caption: 'A dog.' } }, 2);
    expect(shelf.find('is:undescribed')).toEqual([]);
  });

  test('missing photos show up only when asked for; those on an unplugged drive stay', () => {
    const shelf = fill({
      here: { caption: 'A dog.' },
      gone: { caption: 'A dog.', fileState: 'missing' },
      half: { caption: 'A dog.', fileState: 'missing' },
      away: { caption: 'A dog.' },
    });
    const half = shelf.search('is:missing dog').items.find((item) => shelf.nameOf(item.assetId) === 'half');
    if (half === undefined) throw new Error('half is missing, too, until its second file is there');
    addFile(shelf.db, { rootId: 1, assetId: half.assetId, relativePath: 'copy.jpg' });
    shelf.db.run("INSERT INTO root (id, path, state, added_at_ms) VALUES (2, '/drive', 'offline', 0)");
    shelf.db.run("UPDATE file SET root_id = 2 WHERE relative_path = 'away.jpg'");
    const expected = {
      dog: ['away', 'half', 'here'],
      '': ['away', 'half', 'here'],
      'is:missing': ['gone'],
      'dog is:missing': ['gone'],
      '-is:missing': ['away', 'half', 'here'],
      'is:offline': ['away'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
    expect(shelf.search('dog').total).toBe(3);
  });

  test('duplicates are photos with a second file, or a twin with the same picture', () => {
    const shelf = fill({
      twin1: { facts: { image_data_hash: 'a' } },
      twin2: { facts: { image_data_hash: 'a' } },
      single: { facts: { image_data_hash: 'b' } },
      unknown: {},
    });
    const copied = shelf.add('copied');
    addFile(shelf.db, { rootId: 1, assetId: copied, relativePath: 'copy.jpg' });
    addFile(shelf.db, {
      rootId: 1,
      assetId: 3 as typeof copied,
      relativePath: 'single.nef',
      role: 'alternate',
    });
    const expected = {
      'is:duplicate': ['copied', 'twin1', 'twin2'],
      '-is:duplicate': ['single', 'unknown'],
    };
    expect(findEach(shelf, expected)).toEqual(expected);
  });
});
