import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  aspectOf,
  colorOf,
  createGridOrder,
  gridFlags,
  ratingOf,
  readGridOrder,
  reviewStateOf,
  toAspect,
  toColorBits,
  toRatingBits,
  toReviewBits,
} from '../../app/contract/grid-order.ts';

const photo = fc.record({
  id: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
  minutes: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  aspect: fc.integer({ min: 0, max: 65_535 }),
  flags: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  group: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  color: fc.integer({ min: 0, max: 65_535 }),
  version: fc.integer({ min: 0, max: 65_535 }),
});

describe('the order of the grid', () => {
  it('comes out as it went in', () => {
    fc.assert(
      fc.property(fc.array(photo, { maxLength: 50 }), (photos) => {
        const order = createGridOrder(photos.length);
        photos.forEach(({ id, minutes, aspect, flags, group, color, version }, index) => {
          order.ids[index] = id;
          order.minutes[index] = minutes;
          order.aspects[index] = aspect;
          order.flags[index] = flags;
          order.groups[index] = group;
          order.colors[index] = color;
          order.versions[index] = version;
        });
        const read = readGridOrder(order.buffer.slice(0));
        expect(read?.count).toBe(photos.length);
        const again = photos.map((_, index) => ({
          id: read?.ids[index],
          minutes: read?.minutes[index],
          aspect: read?.aspects[index],
          flags: read?.flags[index],
          group: read?.groups[index],
          color: read?.colors[index],
          version: read?.versions[index],
        }));
        expect(again).toEqual(photos);
      }),
    );
  });

  it('has the bytes that the note on its layout says', () => {
    const order = createGridOrder(2);
    order.ids.set([7, 0x01_02_03_04]);
    order.minutes.set([-1, 60]);
    order.aspects.set([0x10_00, 1]);
    order.flags.set([3, 0x1_00_00]);
    order.groups.set([0x05_06, 0]);
    order.colors.set([0xff_ff, 0]);
    order.versions.set([9, 10]);
    expect(Buffer.from(order.buffer).toString('hex')).toBe(
      [
        '4347524402000000',
        '0200000000000000',
        '0700000004030201',
        'ffffffff3c000000',
        '0300000000000100',
        '0605000000000000',
        '00100100',
        'ffff0000',
        '09000a00',
      ].join(''),
    );
  });

  it.each([
    ['nothing', new ArrayBuffer(0)],
    ['half of one', createGridOrder(3).buffer.slice(0, 40)],
    ['another file', new TextEncoder().encode('<!doctype html><title>404</title>').buffer],
    ['one of a later layout', later()],
  ])('is not read out of %s', (_name, buffer) => {
    expect(readGridOrder(buffer)).toBeUndefined();
  });
});

function later(): ArrayBuffer {
  const { buffer } = createGridOrder(1);
  new DataView(buffer).setUint8(4, 3);
  return buffer;
}

describe('what a photo has in the order', () => {
  it('has a bit of its own for each thing that is true of it, beside rating and review state', () => {
    const bits = [...Object.values(gridFlags), toReviewBits('rejected'), toRatingBits(-1)];
    expect(bits.reduce((all, flag) => all + flag, 0)).toBe(0x1_ff_ff);
    expect(bits.reduce((all, flag) => all | flag, 0)).toBe(0x1_ff_ff);
  });

  it('keeps rating and review state beside each other and all else', () => {
    for (const rating of [-1, 0, 1, 2, 3, 4, 5]) {
      for (const state of ['draft', 'accepted', 'edited', 'rejected'] as const) {
        const flags = 0b1110_0000_1111_1111 | toRatingBits(rating) | toReviewBits(state);
        expect([ratingOf(flags), reviewStateOf(flags)]).toEqual([rating, state]);
        expect(flags & 0b1110_0000_1111_1111).toBe(0b1110_0000_1111_1111);
      }
    }
  });

  it('keeps the shape of every usual picture to a pixel in a row of 400', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 20_000 }),
        fc.integer({ min: 16, max: 20_000 }),
        (widthPx, heightPx) => {
          fc.pre(widthPx / heightPx < 15.9 && widthPx / heightPx > 1 / 8);
          const aspect = aspectOf(toAspect(widthPx, heightPx));
          expect(Math.abs(400 * (aspect ?? 0) - (400 * widthPx) / heightPx)).toBeLessThan(1);
        },
      ),
    );
  });

  it('has no shape while its size is unknown, and some however extreme it is', () => {
    expect(aspectOf(toAspect(null, 100))).toBeUndefined();
    expect(aspectOf(toAspect(0, 100))).toBeUndefined();
    expect(aspectOf(toAspect(1, 1_000_000))).toBeGreaterThan(0);
    expect(aspectOf(toAspect(1_000_000, 1))).toBeCloseTo(16, 2);
  });

  it('keeps a colour as near as the eye tells', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(channel, channel, channel, (red, green, blue) => {
        const css = colorOf(toColorBits(red, green, blue));
        const [r = -99, g = -99, b = -99] = [1, 3, 5].map((at) =>
          Number.parseInt(css?.slice(at, at + 2) ?? '', 16),
        );
        expect(Math.max(Math.abs(r - red), Math.abs(g - green), Math.abs(b - blue))).toBeLessThanOrEqual(8);
      }),
    );
    expect(colorOf(toColorBits(255, 255, 255))).toBe('#ffffff');
    expect(colorOf(0)).toBeUndefined();
  });
});
