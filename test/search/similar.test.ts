import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { perceptualHash, sampleHeightPx, sampleWidthPx } from '../../app/imaging/perceptual-hash.ts';
import { indexAsset } from '../../app/search/index-store.ts';
import { listLookGroups } from '../../app/search/look-group-store.ts';
import { findSimilar } from '../../app/search/look-store.ts';
import { createShelf } from './photo-shelf.ts';

const bits = (count: number) => ((1n << BigInt(count)) - 1n).toString(16).padStart(16, '0');

const hashOf = async (image: Sharp) =>
  perceptualHash(
    await sharp(await image.jpeg({ quality: 60 }).toBuffer())
      .resize(sampleWidthPx, sampleHeightPx, { fit: 'fill' })
      .raw()
      .toBuffer(),
  );

const shot = (hash: string, taken: string, camera = 'X1') => ({
  taken: `2019-05-17T12:00:${taken}`,
  facts: { camera_model: camera, perceptual_hash: hash },
});

const sized = (widthPx: number, taken: string, hash = bits(0)) => {
  const { facts, ...rest } = shot(hash, taken);
  return { ...rest, facts: { ...facts, width_px: widthPx, height_px: (widthPx * 3) / 4 } };
};

describe('photos that look alike', () => {
  test('are found nearest first, up to a distance, without itself', () => {
    const shelf = createShelf();
    const id = shelf.add('it');
    for (const [name, count] of [
      ['far', 11],
      ['near', 3],
      ['same', 0],
      ['edge', 10],
    ] as const) {
      shelf.db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [bits(count), shelf.add(name)]);
    }
    shelf.db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [bits(0), id]);
    const found = findSimilar(shelf.db, id, { limit: 10 }).map((one) => [
      shelf.nameOf(one.assetId),
      one.distance,
    ]);
    expect(found).toEqual([
      ['same', 0],
      ['near', 3],
      ['edge', 10],
    ]);
    expect(shelf.find('similar:it.jpg')).toEqual(['it', 'same', 'near', 'edge']);
    expect(shelf.find(`similar:${String(id)} -name:near`)).toEqual(['it', 'same', 'edge']);
    expect(shelf.find('similar:it.jpg', { sort: 'newest' })).toEqual(['edge', 'same', 'near', 'it']);
    const first = shelf.search('similar:it.jpg', { limit: 3 });
    expect(first.total).toBe(4);
    expect(shelf.find('similar:it.jpg', { limit: 3, after: first.nextCursor ?? '' })).toEqual(['edge']);
    expect(shelf.find('similar:nothing.jpg')).toEqual([]);
  });

  test('are found by what they look like now', () => {
    const shelf = createShelf();
    const [id, other] = [shelf.add('it'), shelf.add('other')];
    const look = (asset: number, count: number) =>
      shelf.db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [bits(count), asset]);
    look(id, 0);
    look(other, 40);
    expect(findSimilar(shelf.db, id, { limit: 10 })).toEqual([]);
    look(other, 2);
    expect(findSimilar(shelf.db, id, { limit: 10 })).toEqual([{ assetId: other, distance: 2 }]);
    look(other, 50);
    expect(findSimilar(shelf.db, id, { limit: 10 })).toEqual([]);
  });

  test('are smaller copies, compressed more and a little brighter; not another picture, and not one that was turned', async () => {
    const pixels = Buffer.alloc(240 * 160 * 3);
    for (let at = 0; at < pixels.length; at += 1) {
      const [x, y] = [Math.floor(at / 3) % 240, Math.floor(at / 720)];
      pixels[at] = 128 + 60 * Math.sin(x / 23 + y / 51) + 60 * Math.cos(y / 17 - x / 71);
    }
    const picture = sharp(pixels, { raw: { width: 240, height: 160, channels: 3 } });
    const shelf = createShelf();
    const id = shelf.add('it');
    const add = async (name: string, image: Sharp) => {
      const asset = name === 'it' ? id : shelf.add(name);
      shelf.db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [await hashOf(image), asset]);
    };
    await add('it', picture.clone());
    await add('small', picture.clone().resize(100));
    await add('bright', picture.clone().modulate({ brightness: 1.1 }));
    await add('turned', picture.clone().rotate(90));
    await add('other', picture.clone().flop());
    const found = findSimilar(shelf.db, id, { limit: 10 }).map((one) => shelf.nameOf(one.assetId));
    expect(found.toSorted()).toEqual(['bright', 'small']);
  });
});

describe('bursts', () => {
  test('are photos of one camera within seconds that look alike', () => {
    const shelf = createShelf();
    const ids = [
      shelf.add('a', shot(bits(0), '00')),
      shelf.add('b', shot(bits(8), '01')),
      shelf.add('c', shot(bits(16), '03')),
      shelf.add('late', shot(bits(16), '20')),
      shelf.add('unlike', shot(bits(60), '02')),
      shelf.add('other-camera', shot(bits(8), '01', 'X2')),
    ];
    // What is quite unlike stands between.
    expect(shelf.find('is:burst').toSorted()).toEqual(['a', 'b']);
    shelf.db.run('DELETE FROM asset WHERE id = ?', [ids[4] ?? 0]);
    for (const id of ids) indexAsset(shelf.db, id);
    expect(shelf.find('is:burst').toSorted()).toEqual(['a', 'b', 'c']);
    const groups = listLookGroups(shelf.db, 'burst', ids);
    expect([...groups.values()].map(({ photos }) => photos)).toEqual([3, 3, 3]);
    expect(new Set([...groups.values()].map(({ id }) => id)).size).toBe(1);
  });

  test('are the same in whatever order their photos are read, and follow what changes', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    for (const order of [
      [0, 1, 2, 3, 4],
      [4, 3, 2, 1, 0],
      [0, 4, 2, 1, 3],
      [1, 3, 0, 2, 4],
    ]) {
      const shelf = createShelf();
      const ids = new Map<string, ReturnType<typeof shelf.add>>();
      for (const index of order) {
        const name = names[index] ?? '';
        ids.set(name, shelf.add(name, shot(bits(2 * index), `0${String(2 * index)}`)));
      }
      const groupOf = () => {
        const bursts = listLookGroups(shelf.db, 'burst', [...ids.values()]);
        const groups = Map.groupBy(names, (name) => bursts.get(ids.get(name) ?? (0 as never))?.id);
        groups.delete(undefined);
        return [...groups.values()].map((group) => group.join('')).toSorted();
      };
      expect(groupOf()).toEqual(['abcde']);
      const middle = ids.get('c') ?? (0 as never);
      shelf.db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [bits(60), middle]);
      indexAsset(shelf.db, middle);
      expect(groupOf()).toEqual(['ab', 'de']);
      shelf.db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [bits(4), middle]);
      indexAsset(shelf.db, middle);
      expect(groupOf()).toEqual(['abcde']);
      shelf.db.run('UPDATE asset SET capture_local_ms = capture_local_ms + 60000 WHERE id = ?', [middle]);
      indexAsset(shelf.db, middle);
      expect(groupOf()).toEqual(['ab', 'de']);
    }
  });

  test('are no smaller copies with the time of their original, in whatever order they are read', () => {
    for (const order of [
      ['a', 'b', 'w', 'v'],
      ['w', 'v', 'a', 'b'],
      ['a', 'w', 'b', 'v'],
      ['v', 'b', 'w', 'a'],
    ] as const) {
      const shelf = createShelf();
      const photos = {
        a: sized(4000, '00.350'),
        b: sized(4000, '01.400', bits(6)),
        w: sized(1024, '00.350'),
        // A program that drops the part of the second.
        v: sized(1024, '01', bits(6)),
      };
      for (const name of order) shelf.add(name, photos[name]);
      expect(shelf.find('is:burst').toSorted()).toEqual(['a', 'b']);
    }
  });

  test('are no edited copy of the same size, but frames that say nothing of parts of seconds', () => {
    const shelf = createShelf();
    shelf.add('IMG_0412', sized(4000, '10.350'));
    shelf.add('IMG_0412-edit', sized(4000, '10.350'));
    shelf.add('IMG_0500', sized(4000, '20'));
    shelf.add('IMG_0501', sized(4000, '20'));
    shelf.add('IMG_0600', sized(4000, '30.080'));
    shelf.add('IMG_0601', sized(4000, '30.080'));
    expect(shelf.find('is:burst').toSorted()).toEqual(['IMG_0500', 'IMG_0501', 'IMG_0600', 'IMG_0601']);
  });

  test('of copies whose originals are not here stay, until these come', () => {
    const shelf = createShelf();
    const copies = [shelf.add('w1', sized(1024, '00.100')), shelf.add('w2', sized(1024, '01.100'))];
    expect(shelf.find('is:burst').toSorted()).toEqual(['w1', 'w2']);
    shelf.add('f1', sized(4000, '00.100'));
    shelf.add('f2', sized(4000, '01.100'));
    expect(shelf.find('is:burst').toSorted()).toEqual(['f1', 'f2']);
    expect(listLookGroups(shelf.db, 'burst', copies).size).toBe(0);
  });
});
