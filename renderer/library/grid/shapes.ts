export type GridSizes = {
  readonly widthPx: number;
  /** The height that rows aim at. */
  readonly rowHeightPx: number;
  readonly gapPx: number;
  /** Height of a month's heading. */
  readonly monthPx: number;
  /** The least room for a month's heading, where it has others beside it. */
  readonly monthWidthPx: number;
  /** Height of the strip with names of days. */
  readonly dayPx: number;
};

/** The columns of the grid's order that a layout needs. */
export type Shapes = {
  readonly count: number;
  /** Width by height in units of 1/4 096; 0 = unknown (`grid-order.ts`). */
  readonly aspects: Uint16Array;
  readonly minutes: Int32Array;
};

const aspectUnit = 4096;
const unknownAspect = 1.5;
/** A panorama is shown no longer and a strip no narrower than this; the rest of it is cut off in the grid alone. */
const longestAspect = 4;
const narrowestAspect = 0.45;

/** Width by height of a photo; 0 while nobody knows. @param aspects as in the grid's order */
export function ownAspect(aspects: Uint16Array, index: number): number {
  return (aspects[index] ?? 0) / aspectUnit;
}

/** Width by height of a photo as the grid shows it. @param aspects as in the grid's order */
export function shownAspect(aspects: Uint16Array, index: number): number {
  const stored = aspects[index] ?? 0;
  if (stored === 0) return unknownAspect;
  return Math.min(longestAspect, Math.max(narrowestAspect, stored / aspectUnit));
}
