/**
 * A browser lays out no more than 33 554 432 px, and a million photos are higher. Scroll space is what the scrollbar moves
 * in; grid space is where photos are. They are the same as long as the grid is low enough; above that, one pixel of scroll
 * space stands for several of the grid, and the wheel, whose pixels are meant for the grid, is taken by us.
 */

/** Below the browser's limit, and where its scrolling, in numbers of single precision, still tells each pixel from the next. */
export const mostScrollPx = 15_000_000;

export type ScrollSpace = {
  /** Height of the whole grid, and of the part that is seen. */
  readonly gridPx: number;
  readonly viewPx: number;
  /** Height to give to the element that makes the scrollbar. */
  readonly scrollPx: number;
  /** Whether a pixel of scroll space is more than one of the grid. */
  readonly isScaled: boolean;
};

export function createScrollSpace(gridPx: number, viewPx: number, mostPx = mostScrollPx): ScrollSpace {
  const scrollPx = Math.max(viewPx, Math.min(gridPx, mostPx));
  return { gridPx, viewPx, scrollPx, isScaled: gridPx > scrollPx };
}

/** The largest offset: the end of the grid at the lower edge of the view. */
export function mostOffset({ gridPx, viewPx }: ScrollSpace): number {
  return Math.max(0, gridPx - viewPx);
}

/** Where in the grid the view begins, for a position of the scrollbar. */
export function toOffset(space: ScrollSpace, scrollTop: number): number {
  if (!space.isScaled) return Math.min(Math.max(0, scrollTop), mostOffset(space));
  const mostScroll = space.scrollPx - space.viewPx;
  return mostScroll <= 0
    ? 0
    : (Math.min(Math.max(0, scrollTop), mostScroll) / mostScroll) * mostOffset(space);
}

/** The position of the scrollbar, for where in the grid the view begins. */
export function toScrollTop(space: ScrollSpace, offset: number): number {
  const within = Math.min(Math.max(0, offset), mostOffset(space));
  if (!space.isScaled) return within;
  return (within / mostOffset(space)) * (space.scrollPx - space.viewPx);
}

/** The offset after the wheel was turned: by its own pixels, whatever the scale. */
export function afterWheel(space: ScrollSpace, offset: number, deltaPx: number): number {
  return Math.min(Math.max(0, offset + deltaPx), mostOffset(space));
}

/** The offset that shows a stretch of the grid wholly, with as little movement as possible. */
export function toReveal(
  space: ScrollSpace,
  offset: number,
  topPx: number,
  bottomPx: number,
  marginPx: number,
): number {
  const highest = bottomPx + marginPx - space.viewPx;
  const lowest = topPx - marginPx;
  if (offset > lowest) return Math.max(0, lowest);
  if (offset < highest) return Math.min(Math.min(highest, lowest), mostOffset(space));
  return offset;
}
