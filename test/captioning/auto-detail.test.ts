import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { chooseDetail } from '../../app/captioning/auto-detail.ts';
import { inspectImage } from '../../app/imaging/header.ts';
import { countImageTokens, fitInBox, planImageSize, type PixelSize } from '../../app/imaging/image-size.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import type { TextMeasure } from '../../app/imaging/text-amount.ts';
import { findSizeRule } from '../../app/imaging/size-rules.ts';
import { realPhoto, realPhotos } from '../helpers/real-photos.ts';
import { drawTextPhotos } from '../helpers/text-photos.ts';

type Measured = PixelSize & { readonly text: TextMeasure };

async function measure(input: string | Uint8Array): Promise<Measured> {
  const { text } = await renderPhoto(input, { thumbnail: { boxPx: 512 }, text: true });
  const { widthPx, heightPx } = await inspectImage(input);
  return { widthPx, heightPx, text };
}

const sumOf = (photos: readonly Measured[], count: (photo: Measured) => number): number =>
  photos.reduce((total, photo) => total + count(photo), 0);

/** One model of each family of size rules (AZURE §2). */
const models = [
  'gpt-4.1',
  'gpt-4o-mini',
  'gpt-5',
  'gpt-4.1-mini',
  'gpt-5-mini',
  'gpt-5.4',
  'gpt-5.5',
  'gpt-6',
];

test.skipIf(realPhotos === undefined)(
  'over real photos and a dozen with text, auto takes at most 0.6 of the image tokens of “1024 for all, high”, with every size rule',
  async () => {
    const formats = (await readdir(realPhoto('formats'))).filter((name) =>
      /\.(?:webp|tiff|avif)$/i.test(name),
    );
    const real = [
      ...(await readdir(realPhoto('jpeg'))).map((name) => realPhoto(`jpeg/${name}`)),
      ...formats.map((name) => realPhoto(`formats/${name}`)),
    ];
    const drawn = (await drawTextPhotos()).map(({ bytes }) => bytes);
    const photos: Measured[] = [];
    for (const input of [...real, ...drawn]) photos.push(await measure(input));

    const ratios = models.map((model) => {
      const rule = findSizeRule(model);
      const auto = sumOf(photos, (photo) => {
        const { detail, boxPx } = chooseDetail('auto', photo.text);
        return planImageSize(fitInBox(photo, boxPx), rule, detail).imageTokens;
      });
      const others = sumOf(photos, (photo) => countImageTokens(fitInBox(photo, 1024), rule, 'high'));
      return { model, ratio: Number((auto / others).toFixed(2)) };
    });

    console.log(ratios.map(({ model, ratio }) => `${model} ${ratio}`).join(', '));
    expect(ratios.filter(({ ratio }) => ratio > 0.6)).toEqual([]);
  },
  300_000,
);
