/** What tells a frame of a camera from a copy of one. */
export type Frame = {
  readonly id: number;
  /** The camera's wall clock. */
  readonly timeMs: number;
  readonly pixels: number;
  readonly path: string;
};

/**
 * Whether a photo is a copy of another of the same camera, which also has its time: smaller, as for the web, or of the same size,
 * taken in the same fraction of a second, and without a number that says otherwise. Where no fraction is known, photos of one
 * size are frames. Of two that are copies of each other the first that was found is the original.
 */
export function isCopyOf(one: Frame, other: Frame): boolean {
  if (Math.floor(one.timeMs / 1_000) !== Math.floor(other.timeMs / 1_000)) return false;
  if (one.pixels !== other.pixels) return one.pixels < other.pixels;
  if (one.id < other.id || one.timeMs !== other.timeMs || one.timeMs % 1_000 === 0) return false;
  const [number, otherNumber] = [numberOf(one.path), numberOf(other.path)];
  return number === undefined || otherNumber === undefined || number === otherNumber;
}

/** The number that the camera counted: the last of three digits or more, in `IMG_0412-edit-2`. */
function numberOf(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.match(/\d{3,}/g)?.at(-1);
}
