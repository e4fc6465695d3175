import type { Detail } from '../contract/models/detail.ts';
import type { DescriptionField } from '../contract/models/description.ts';
import type { VisionFeature } from '../contract/models/usage.ts';
import { fitInBox, type PixelSize, type PlannedSize } from '../imaging/image-size.ts';

/**
 * What Image Analysis has to be asked for each field of a description. It writes no titles. Every feature is paid, so what
 * says where things are (people, dense captions, smart crops) comes along with the objects, and not by itself.
 */
const featuresOf: Readonly<Record<DescriptionField, readonly VisionFeature[]>> = {
  title: [],
  caption: ['caption'],
  altText: ['caption'],
  keywords: ['tags'],
  recognizedText: ['read'],
  objects: ['objects', 'people', 'denseCaptions', 'smartCrops'],
};

/** The features of a request, each once. `unsupported`: those that the connection's region does not have. */
export function featuresFor(
  fields: readonly DescriptionField[],
  unsupported: readonly VisionFeature[] = [],
): readonly VisionFeature[] {
  return [...new Set(fields.flatMap((field) => featuresOf[field]))].filter(
    (feature) => !unsupported.includes(feature),
  );
}

/** Shorter sides are refused: more than 50 pixels (AZURE §5.2). */
const leastSidePx = 51;
/** Longer sides are refused. */
const mostSidePx = 15_999;

/** What is looked at for things, and for small letters. The service publishes no size of its own, and nothing is counted by it. */
const boxes: Readonly<Record<Detail, number>> = { low: 1_024, high: 2_560 };

/**
 * The size to send: within the box of the wished detail, but of a panorama no less than the service takes. Never enlarged: a
 * picture with a side of 50 pixels or fewer stays as it is, and is refused.
 *
 * @param boxPx of the photo's own measure (`chooseDetail`)
 */
export function planAnalysisSize(size: PixelSize, detail: Detail, boxPx: number): PlannedSize {
  const longPx = Math.max(size.widthPx, size.heightPx);
  const shortPx = Math.min(size.widthPx, size.heightPx);
  const forShortSide = Math.ceil((longPx / shortPx) * leastSidePx);
  const wished = Math.min(boxes[detail], Math.max(boxPx, boxes.low));
  const box = Math.min(mostSidePx, Math.max(wished, forShortSide));
  return { ...fitInBox(size, box), detail, imageTokens: 0 };
}
