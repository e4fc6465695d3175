import { describe, expect, it } from 'vitest';
import { chooseDetail, someText } from '../../app/captioning/auto-detail.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { drawBackdrop, drawTextPhotos } from '../helpers/text-photos.ts';

const wish = { thumbnail: { boxPx: 512 }, textAmount: true } as const;

async function amountOf(input: string | Uint8Array): Promise<number> {
  return (await renderPhoto(input, wish)).textAmount;
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

describe('auto', () => {
  it('is low without text, high with some, larger for a page, and all of it for what was not measured', () => {
    expect(chooseDetail('auto', 0)).toEqual({ detail: 'low', boxPx: 512 });
    expect(chooseDetail('auto', someText)).toEqual({ detail: 'high', boxPx: 960 });
    expect(chooseDetail('auto', 9_000)).toEqual({ detail: 'high', boxPx: 1280 });
    expect(chooseDetail('auto', null)).toEqual({ detail: 'high', boxPx: Infinity });
  });
});
