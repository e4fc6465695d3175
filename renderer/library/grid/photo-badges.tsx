import { Ban, Captions, CircleHelp, Layers, Play, Star, TriangleAlert, Unplug } from 'lucide-react';
import { gridFlags, ratingOf } from '../../../app/contract/grid-order.ts';

/** Small signs on a photo: what is wrong first, then what it is. Narrow photos have room for what is wrong alone. */
export function PhotoBadges({ flags, isNarrow }: { readonly flags: number; readonly isNarrow: boolean }) {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const rating = ratingOf(flags);
  const isWrong = has(gridFlags.problem | gridFlags.unsupported);
  const isAway = has(gridFlags.away);
  const signs = !isNarrow && (
    <>
      {has(gridFlags.excluded) && <Ban aria-hidden size="0.8rem" />}
      {has(gridFlags.video) && <Play aria-hidden size="0.8rem" />}
      {has(gridFlags.burst) && <Layers aria-hidden size="0.8rem" />}
      {has(gridFlags.raw) && <span>RAW</span>}
      {rating > 0 && (
        <span className="photo-rating">
          {rating}
          <Star aria-hidden size="0.7rem" fill="currentColor" strokeWidth={0} />
        </span>
      )}
      {has(gridFlags.doubtful) && <CircleHelp aria-hidden size="0.85rem" className="photo-doubtful" />}
      {has(gridFlags.described) && <Captions aria-hidden size="0.85rem" />}
    </>
  );
  return (
    <span className="photo-badges" aria-hidden>
      {isWrong && <TriangleAlert aria-hidden size="0.85rem" className="photo-problem" />}
      {isAway && <Unplug aria-hidden size="0.85rem" />}
      {signs}
    </span>
  );
}
