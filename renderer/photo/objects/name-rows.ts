/** Of a name on a box, at the usual size of text. */
export const nameHeightPx = 24;
/** Names that begin nearer to each other than this may overlap. */
const nameWidthPx = 128;

export type Corner = { readonly left: number; readonly top: number };

/**
 * How many rows below its own corner each name stands, so that none covers another: two things may have the same corner, as
 * a person and the coat that they wear.
 *
 * @param corners of the boxes in pixels, in the order in which their names take their places
 */
export function nameRows(corners: readonly Corner[]): number[] {
  const taken: Corner[] = [];
  return corners.map(({ left, top }) => {
    let row = 0;
    while (taken.some((other) => overlap(other, { left, top: top + row * nameHeightPx }))) row += 1;
    taken.push({ left, top: top + row * nameHeightPx });
    return row;
  });
}

function overlap(one: Corner, other: Corner): boolean {
  return Math.abs(one.left - other.left) < nameWidthPx && Math.abs(one.top - other.top) < nameHeightPx;
}
