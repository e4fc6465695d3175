import { isSameCamera, type Shot } from './live-photos.ts';

/** A RAW and the JPEG that its camera wrote beside it say the same second; some programs round it. */
const mostApartMs = 5_000;

/**
 * Whether two pictures of one name are surely not of one shot: both say their camera, and it is another, or both say when they were
 * taken, and that is seconds apart. What is not known speaks for no difference. Pure.
 */
export function isAnotherPicture(one: Shot, other: Shot): boolean {
  if (one.camera !== null && other.camera !== null && !isSameCamera(one.camera, other.camera)) return true;
  if (one.localMs === null || other.localMs === null) return false;
  return Math.abs(one.localMs - other.localMs) > mostApartMs;
}
