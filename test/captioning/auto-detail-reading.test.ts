import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { chooseDetail } from '../../app/captioning/auto-detail.ts';
import type { DetailChoice } from '../../app/contract/models/detail.ts';
import { inspectImage } from '../../app/imaging/header.ts';
import { fitInBox, planImageSize } from '../../app/imaging/image-size.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { findSizeRule } from '../../app/imaging/size-rules.ts';
import { sureLines } from '../../app/imaging/sure-text.ts';
import { TextReader } from '../../app/imaging/text-reader.ts';
import { drawTextPhotos, type TextPhoto } from '../helpers/text-photos.ts';

// A page takes its time where others work too.
const reader = new TextReader({ timeoutMs: 300_000 });
afterAll(() => {
  reader.close();
});

/** More lines than any sign has. */
const fewestLinesOfPage = 10;

/** The upper third of a page's lines, and the share of its height that they are in: as telling as all of them, and read sooner. */
function partToRead({ lines }: TextPhoto): { readonly words: readonly string[]; readonly share: number } {
  const isPage = lines.length >= fewestLinesOfPage;
  const read = isPage ? lines.slice(0, Math.floor(lines.length / 3)) : lines;
  return { words: read.flatMap((line) => line.split(' ')), share: isPage ? 0.36 : 1 };
}

/** The size in which a model would be sent a photo. */
async function sentSize({ bytes }: TextPhoto, choice: DetailChoice, model: string): Promise<PixelSize> {
  const { textAmount } = await renderPhoto(bytes, { thumbnail: { boxPx: 512 }, textAmount: true });
  const { detail, boxPx } = chooseDetail(choice, textAmount);
  const { widthPx, heightPx } = planImageSize(
    fitInBox(await inspectImage(bytes), boxPx),
    findSizeRule(model),
    detail,
  );
  return { widthPx, heightPx };
}

type PixelSize = { readonly widthPx: number; readonly heightPx: number };

/** Of the words that are drawn in a photo, those that can still be read in this size. */
async function readWords(photo: TextPhoto, size: PixelSize): Promise<number> {
  const { bytes } = photo;
  const { words, share } = partToRead(photo);
  const sent = await renderPhoto(bytes, { model: size });
  const { widthPx: width, heightPx } = sent.model;
  const height = Math.round(heightPx * share);
  const picture = await sharp(sent.model.bytes).extract({ left: 0, top: 0, width, height }).png().toBuffer();
  const text = sureLines(await reader.read(picture), { widthPx: width, heightPx: height })
    .map((line) => line.text)
    .join('\n');
  const read = new Set(text.toLowerCase().split(/\s+/));
  return words.filter((word) => read.has(word)).length;
}

test.each(['gpt-4.1'])(
  'what can be read of a dozen photos with text is as much with auto as with high (%s)',
  async (model) => {
    const counts: { name: string; auto: number; high: number }[] = [];
    for (const photo of await drawTextPhotos()) {
      const [small, large] = [await sentSize(photo, 'auto', model), await sentSize(photo, 'high', model)];
      const high = await readWords(photo, large);
      // The same pixels are read once.
      const isSame = small.widthPx === large.widthPx && small.heightPx === large.heightPx;
      const auto = isSame ? high : await readWords(photo, small);
      counts.push({ name: photo.name, auto, high });
    }
    const total = (choice: 'auto' | 'high') => counts.reduce((sum, count) => sum + count[choice], 0);
    expect(total('high')).toBeGreaterThan(100);
    expect(total('auto')).toBeGreaterThanOrEqual(total('high') * 0.95);
  },
  600_000,
);
