/** What a camera's clock may be trusted with. */
export type CaptureClock = {
  /** The date can be said. */
  readonly isDateTrusted: boolean;
  /** The time of day can be said too. */
  readonly isTimeTrusted: boolean;
};

const dayMs = 24 * 60 * 60 * 1000;
/** Before, no photo was taken; before the second, none by a camera with a clock: such dates were written for scans. */
const firstPhotoYear = 1826;
const firstClockYear = 1990;

/**
 * Whether the capture time looks like somebody's, or like a clock that was never set. A camera without a battery starts on
 * the first of January; programs that know only the date write midnight. `captureLocalMs` is the camera's wall clock as if
 * it were UTC; `nowMs` the present, with a day's grace for time zones.
 */
export function judgeCaptureClock(captureLocalMs: number, nowMs: number): CaptureClock {
  const date = new Date(captureLocalMs);
  const year = date.getUTCFullYear();
  const isNewYear = date.getUTCMonth() === 0 && date.getUTCDate() === 1;
  const isDateTrusted = year >= firstPhotoYear && captureLocalMs <= nowMs + dayMs && !isNewYear;
  const isMidnight = captureLocalMs % dayMs === 0;
  return { isDateTrusted, isTimeTrusted: isDateTrusted && year >= firstClockYear && !isMidnight };
}
