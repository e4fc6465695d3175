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
import { drawNotices, drawSignsOfAllSizes, drawTextPhotos, type TextPhoto } from '../helpers/text-photos.ts';

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
  const { text } = await renderPhoto(bytes, { thumbnail: { boxPx: 512 }, text: true });
  const { detail, boxPx } = chooseDetail(choice, text);
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

type Count = { readonly name: string; readonly auto: number; readonly high: number };

/** The words that can be read of each photo. */
async function countWords(photos: readonly TextPhoto[], model: string): Promise<Count[]> {
  const counts: Count[] = [];
  for (const photo of photos) {
    const [small, large] = [await sentSize(photo, 'auto', model), await sentSize(photo, 'high', model)];
    const high = await readWords(photo, large);
    // The same pixels are read once.
    const isSame = small.widthPx === large.widthPx && small.heightPx === large.heightPx;
    counts.push({ name: photo.name, auto: isSame ? high : await readWords(photo, small), high });
  }
  return counts;
}

const drawMore = async () => [...(await drawSignsOfAllSizes()), ...(await drawNotices())];

test.each([
  ['gpt-4.1', 'a dozen photos with text', drawTextPhotos, 100],
  ['gpt-4.1', 'signs of all sizes, and small print under headlines', drawMore, 80],
] as const)(
  'for %s, what can be read of %s is as much with auto as with high',
  async (model, _, draw, fewest) => {
    const counts = await countWords(await draw(), model);
    const total = (choice: 'auto' | 'high') => counts.reduce((sum, count) => sum + count[choice], 0);
    expect(total('high')).toBeGreaterThan(fewest);
    expect(total('auto')).toBeGreaterThanOrEqual(total('high') * 0.95);
    // No photo pays for the others: of each at most a word in three is lost, or one.
    const lost = counts.filter(({ auto, high }) => high - auto > Math.max(1, high / 3));
    expect(lost).toEqual([]);
  },
  600_000,
);
