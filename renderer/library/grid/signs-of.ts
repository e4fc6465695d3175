import { gridFlags, ratingOf } from '../../../app/contract/grid-order.ts';
import type { Texts } from '../../texts/catalogue.ts';

/** Something is wrong with its file: what is told of it first, and why it was not described. */
export const fileTrouble = gridFlags.problem | gridFlags.unsupported;

/** What the signs on a photo say (`photo-badges.tsx`): for who does not see them, and for who points at them. */
export function signsOf(flags: number, hasFailed: boolean, texts: Texts): readonly string[] {
  const { signs } = texts.library;
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const rating = ratingOf(flags);
  return [
    ...(has(fileTrouble) ? [signs.problem] : hasFailed ? [signs.failed] : []),
    ...(has(gridFlags.away) ? [signs.away] : []),
    ...(has(gridFlags.excluded) ? [signs.excluded] : []),
    ...(has(gridFlags.video) ? [signs.video] : []),
    ...(has(gridFlags.burst) ? [signs.burst] : []),
    ...(has(gridFlags.raw) ? ['RAW'] : []),
    ...(rating > 0 ? [signs.rating(rating)] : []),
    ...(has(gridFlags.described) ? [signs.described] : []),
    ...(has(gridFlags.doubtful) ? [signs.doubtful] : []),
  ];
}
