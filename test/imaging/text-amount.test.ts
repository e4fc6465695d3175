import { describe, expect, it } from 'vitest';
import { chooseDetail } from '../../app/captioning/auto-detail.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { someText } from '../../app/imaging/text-amount.ts';
import {
  drawArabicSigns,
  drawBackdrop,
  drawFadedNotices,
  drawNotices,
  drawTextPhotos,
  type TextPhoto,
} from '../helpers/text-photos.ts';

const wish = { thumbnail: { boxPx: 512 }, text: true } as const;

async function amountOf(input: string | Uint8Array): Promise<number> {
  return (await renderPhoto(input, wish)).text.amount;
}

/** How large `auto` sends a photo. */
async function boxOf({ name, bytes }: TextPhoto): Promise<{ name: string; boxPx: number }> {
  const { boxPx } = chooseDetail('auto', (await renderPhoto(bytes, wish)).text);
  return { name, boxPx };
}

describe('the amount of text in a photo', () => {
  it('is seen by its thumbnail alone, in signs, menus and screens, turned, slanting or faded', async () => {
    const amounts: Record<string, number> = {};
    for (const { name, bytes } of await drawTextPhotos()) amounts[name] = await amountOf(bytes);
    const missed = Object.entries(amounts).filter(([, amount]) => amount < someText);
    expect(missed).toEqual([]);
  }, 300_000);

  it('is none where there is none, however uneven the picture', async () => {
    for (const seed of [21, 22, 23]) {
      expect(await amountOf(await drawBackdrop(seed))).toBeLessThan(someText);
    }
  }, 300_000);

  it('is none in pictures too small for a line', async () => {
    expect(await amountOf(await drawBackdrop(1, 40, 30))).toBe(0);
    expect(await amountOf(await drawBackdrop(1, 1, 1))).toBe(0);
  });
});

describe('the smallest letters of a photo', () => {
  it('are large on signs with letters of a fifty-seventh or more: those go out smaller, and no others', async () => {
    const boxes: Record<string, number> = {};
    for (const photo of await drawTextPhotos()) boxes[photo.name] = (await boxOf(photo)).boxPx;
    expect(boxes).toEqual({
      'large letters': 683,
      'a sign': 683,
      'a slanting sign': 683,
      'a sign on its side': 683,
      'a faded sign': 683,
      'a sign in serifs': 960,
      'a sign with five lines': 960,
      'small letters': 960,
      'very small letters': 960,
      'a menu': 1280,
      'a screen at night': 1280,
      'a telephone’s screen': 1280,
    });
  }, 300_000);

  it('are those of the small print, however large the headline is and however faded the print', async () => {
    for (const photo of [...(await drawNotices()), ...(await drawFadedNotices())]) {
      expect(await boxOf(photo)).toEqual({ name: photo.name, boxPx: 960 });
    }
  }, 300_000);

  it('are not taken for large ones where the strokes of small ones stand apart, as in Arabic', async () => {
    for (const photo of await drawArabicSigns()) {
      expect(await boxOf(photo)).toEqual({ name: photo.name, boxPx: 960 });
    }
  }, 300_000);
});

describe('auto', () => {
  it('of photos whose letters an older release did not measure is what it was then', () => {
    expect(chooseDetail('auto', { amount: someText, finest: null })).toEqual({ detail: 'high', boxPx: 960 });
    expect(chooseDetail('auto', { amount: 2_000, finest: null })).toEqual({ detail: 'high', boxPx: 1280 });
  });

  it('is low without text, high with some, larger for a page, and all of it for what was not measured', () => {
    expect(chooseDetail('auto', { amount: 0, finest: null })).toEqual({ detail: 'low', boxPx: 512 });
    expect(chooseDetail('auto', { amount: someText, finest: 150 })).toEqual({ detail: 'high', boxPx: 960 });
    expect(chooseDetail('auto', { amount: 9_000, finest: 150 })).toEqual({ detail: 'high', boxPx: 1280 });
    expect(chooseDetail('auto', { amount: 9_000, finest: 90 })).toEqual({ detail: 'high', boxPx: 1280 });
    expect(chooseDetail('auto', { amount: someText, finest: 90 })).toEqual({ detail: 'high', boxPx: 683 });
    expect(chooseDetail('auto', null)).toEqual({ detail: 'high', boxPx: Infinity });
  });
});
