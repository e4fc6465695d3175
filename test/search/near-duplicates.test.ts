import * as fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import type { AssetId } from '../../app/contract/ids.ts';
import { perceptualHash, sampleHeightPx, sampleWidthPx } from '../../app/imaging/perceptual-hash.ts';
import { toLook } from '../../app/search/hamming.ts';
import { LookBands, mostBandDistance } from '../../app/search/look-bands.ts';
import { groupLooks, listLookGroups } from '../../app/search/look-group-store.ts';
import { Looks } from '../../app/search/looks.ts';
import { createShelf, type Shelf } from './photo-shelf.ts';

const toHash = (bits: bigint) => bits.toString(16).padStart(16, '0');

/** A few pictures, and versions of them that differ in some bits. */
const hash = fc
  .tuple(
    fc.constantFrom(0n, 0xffff_ffff_ffff_ffffn, 0x0123_4567_89ab_cdefn, 0x0123_4567_89ab_0000n),
    fc.array(fc.integer({ min: 0, max: 63 }), { maxLength: 9 }),
  )
  .map(([picture, changed]) =>
    toHash(changed.reduce((bits: bigint, bit) => bits ^ (1n << BigInt(bit)), picture)),
  );

/** By the definition: the ones of a difference, counted in its text. */
const bitsBetween = (one: string, other: string) =>
  (BigInt(`0x${one}`) ^ BigInt(`0x${other}`)).toString(2).replaceAll('0', '').length;

const inOrder = (ids: Iterable<number>) => [...ids].toSorted((one, other) => one - other);

describe('looks', () => {
  test('that differ in so many bits at most are all found, by scan and by bands', () => {
    fc.assert(
      fc.property(
        fc.array(hash, { maxLength: 60 }),
        hash,
        fc.integer({ min: 0, max: mostBandDistance }),
        (hashes, wanted, distance) => {
          const looks = new Looks();
          const bands = new LookBands(looks);
          for (const [id, each] of hashes.entries()) {
            looks.add(id, toLook(each));
            if (id % 7 === 0) bands.catchUp();
          }
          bands.catchUp();
          const near = hashes.flatMap((each, id) => (bitsBetween(each, wanted) <= distance ? [id] : []));
          expect(inOrder(looks.within(toLook(wanted), distance))).toEqual(near);
          expect(inOrder(new Set(bands.within(toLook(wanted), distance)))).toEqual(near);
        },
      ),
    );
  });
});

/** Any picture with structure, and versions of it that differ from it in so many bits. */
const version = (count: number) => toHash(0x5a3c_96f0_1234_8e71n ^ ((1n << BigInt(count)) - 1n));

function look(shelf: Shelf, id: AssetId, to: string | null): void {
  shelf.db.run('UPDATE asset SET perceptual_hash = ? WHERE id = ?', [to, id]);
  while (groupLooks(shelf.db, 2) > 0);
}

const groupsOf = (shelf: Shelf, ids: readonly AssetId[]) => {
  const groups = listLookGroups(shelf.db, 'near', ids);
  return [...Map.groupBy(groups, ([, group]) => group.id).values()].map((members) => ({
    names: members.map(([id]) => shelf.nameOf(id)).toSorted(),
    photos: members[0]?.[1].photos,
  }));
};

describe('near-duplicates', () => {
  test('are pictures of nearly the same look, in groups with their number', () => {
    const shelf = createShelf();
    const ids = ['one', 'two', 'three', 'far'].map((name) => shelf.add(name));
    const [one, two, three, far] = ids as [AssetId, AssetId, AssetId, AssetId];
    look(shelf, one, version(0));
    look(shelf, three, version(8));
    look(shelf, far, version(13));
    expect(shelf.find('is:near-duplicate')).toEqual([]);
    // Near both of them, which are not near each other.
    look(shelf, two, version(4));
    expect(shelf.find('is:near-duplicate').toSorted()).toEqual(['one', 'three', 'two']);
    expect(groupsOf(shelf, ids)).toEqual([{ names: ['one', 'three', 'two'], photos: 3 }]);
    expect(shelf.find('-is:near-duplicates')).toEqual(['far']);
  });

  test('are one group when a picture between two groups comes', () => {
    const shelf = createShelf();
    const ids = [0, 1, 8, 9, 5].map((count) => {
      const id = shelf.add(`v${String(count)}`);
      look(shelf, id, version(count));
      return id;
    });
    expect(groupsOf(shelf, ids)).toEqual([{ names: ['v0', 'v1', 'v5', 'v8', 'v9'], photos: 5 }]);
  });

  test('are none any more when one looks otherwise, cannot be seen, or is deleted', () => {
    const shelf = createShelf();
    const add = (name: string) => {
      const id = shelf.add(name);
      look(shelf, id, version(0));
      return id;
    };
    const [, other] = [add('stays'), add('other')];
    expect(shelf.find('is:near-duplicate')).toHaveLength(2);
    look(shelf, other, version(20));
    expect(shelf.find('is:near-duplicate')).toEqual([]);
    look(shelf, other, version(1));
    expect(shelf.find('is:near-duplicate')).toHaveLength(2);
    look(shelf, other, null);
    expect(shelf.find('is:near-duplicate')).toEqual([]);
    const copy = add('copy');
    expect(shelf.find('is:near-duplicate')).toHaveLength(2);
    shelf.db.run("UPDATE file SET state = 'missing' WHERE asset_id = ?", [copy]);
    expect(shelf.find('is:near-duplicate')).toEqual([]);
    shelf.db.run("UPDATE file SET state = 'present' WHERE asset_id = ?", [copy]);
    expect(shelf.find('is:near-duplicate')).toHaveLength(2);
    shelf.db.run('DELETE FROM asset WHERE id = ?', [copy]);
    expect(shelf.find('is:near-duplicate')).toEqual([]);
  });

  test('are no pictures of nothing: darkness and clear sky all look alike', () => {
    const shelf = createShelf();
    const nights = [toHash(0n), toHash(0n), toHash(1n), 'ffffffffffffffff', 'fffffffffffffffe'];
    for (const [number, night] of nights.entries()) look(shelf, shelf.add(`night ${String(number)}`), night);
    expect(shelf.find('is:near-duplicate')).toEqual([]);
  });

  test('are a copy for the web and one in other light; not another picture, and not one that was turned or cut', async () => {
    const pixels = Buffer.alloc(240 * 160 * 3);
    for (let at = 0; at < pixels.length; at += 1) {
      const [x, y] = [Math.floor(at / 3) % 240, Math.floor(at / 720)];
      pixels[at] = 128 + 60 * Math.sin(x / 23 + y / 51) + 60 * Math.cos(y / 17 - x / 71);
    }
    const picture = sharp(pixels, { raw: { width: 240, height: 160, channels: 3 } });
    const shelf = createShelf();
    const add = async (name: string, image: Sharp) => {
      const sample = sharp(await image.jpeg({ quality: 60 }).toBuffer()).resize(
        sampleWidthPx,
        sampleHeightPx,
        {
          fit: 'fill',
        },
      );
      look(shelf, shelf.add(name), perceptualHash(await sample.raw().toBuffer()));
    };
    await add('original', picture.clone());
    await add('web', picture.clone().resize(100));
    await add('bright', picture.clone().modulate({ brightness: 1.1 }));
    await add('turned', picture.clone().rotate(90));
    await add('mirrored', picture.clone().flop());
    await add('cut', picture.clone().extract({ left: 80, top: 50, width: 120, height: 80 }));
    expect(shelf.find('is:near-duplicate').toSorted()).toEqual(['bright', 'original', 'web']);
  });
});

test('photos of one burst are found as soon as their looks are known, described or not', () => {
  const shelf = createShelf();
  for (const second of ['00', '01']) {
    const id = shelf.add(`shot ${second}`, {
      taken: `2019-05-17T12:00:${second}`,
      facts: { camera_model: 'X1' },
    });
    look(shelf, id, version(Number(second) * 8));
  }
  expect(shelf.find('is:burst')).toHaveLength(2);
});
