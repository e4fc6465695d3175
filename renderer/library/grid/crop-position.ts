import type { Point } from '../../../app/contract/places.ts';

/**
 * Where a picture that covers a frame is cut, as CSS `object-position`: so that the focus comes as near to the middle of the
 * frame as the picture's edges allow. `undefined`: in the middle, as without a focus. Pure.
 *
 * @param focus in fractions of the picture
 * @param picture width ÷ height, as of `frame`
 */
export function cropPosition(focus: Point | undefined, picture: number, frame: number): string | undefined {
  if (focus === undefined || !(picture > 0) || !(frame > 0)) return undefined;
  const x = along(focus.x, picture / frame);
  const y = along(focus.y, frame / picture);
  return x === 50 && y === 50 ? undefined : `${String(x)}% ${String(y)}%`;
}

/** @param length of the picture along this edge, in lengths of the frame */
function along(at: number, length: number): number {
  // Nothing is cut here, or so little that nobody sees it.
  if (length < 1.02) return 50;
  const share = (at * length - 0.5) / (length - 1);
  return Math.round(Math.min(1, Math.max(0, share)) * 100);
}
