import type { ErrorInfo } from '../../../app/contract/errors.ts';
import { gridFlags, ratingOf } from '../../../app/contract/grid-order.ts';
import { toClock } from '../../photo/moments.ts';
import { useMessageOf, useTexts } from '../../texts/use-texts.ts';
import { fileTrouble, signsOf } from './signs-of.ts';

/**
 * Small signs on a photo: what is wrong first, then what it is. Narrow photos have room for what is wrong alone. The signs are
 * backgrounds, not elements of SVG: each of those would be a layer to be sorted in every frame that scrolls. Who points at them
 * reads what they say, and why the photo has failed.
 */
export function PhotoBadges({
  flags,
  failure,
  durationMs,
  isNarrow,
}: {
  readonly flags: number;
  /** Why it has failed. */
  readonly failure: ErrorInfo | undefined;
  /** Of a video, once it is known. */
  readonly durationMs: number | undefined;
  readonly isNarrow: boolean;
}) {
  const texts = useTexts();
  const messageOf = useMessageOf();
  const has = (flag: number): boolean => (flags & flag) !== 0;
  const rating = isNarrow ? 0 : ratingOf(flags);
  const signs = [
    ...(has(fileTrouble) ? ['problem'] : failure !== undefined ? ['failed'] : []),
    ...(has(gridFlags.away) ? ['away'] : []),
    ...(!isNarrow && has(gridFlags.excluded) ? ['excluded'] : []),
    ...(!isNarrow && has(gridFlags.video) ? ['video'] : []),
    ...(!isNarrow && has(gridFlags.burst) ? ['burst'] : []),
  ];
  const isRaw = !isNarrow && has(gridFlags.raw);
  const isDescribed = !isNarrow && has(gridFlags.described);
  const isDoubtful = !isNarrow && has(gridFlags.doubtful);
  if (signs.length === 0 && !isRaw && !isDoubtful && !isDescribed && rating <= 0) return null;
  const said = [
    ...(failure === undefined ? [] : [messageOf(failure)]),
    signsOf(flags, failure !== undefined, texts).join(', '),
  ];
  return (
    <span className="photo-badges" aria-hidden title={said.join('\n')}>
      {signs.map((sign) => (
        <span key={sign} className={`photo-sign photo-sign-${sign}`} />
      ))}
      {durationMs !== undefined && !isNarrow && <span className="photo-duration">{toClock(durationMs)}</span>}
      {isRaw && 'RAW'}
      {rating > 0 && (
        <span className="photo-rating">
          {rating}
          <span className="photo-sign photo-sign-star" />
        </span>
      )}
      {isDoubtful && <span className="photo-sign photo-sign-doubtful" />}
      {isDescribed && <span className="photo-sign photo-sign-described" />}
    </span>
  );
}
