/**
 * Reads a time within a video as the service writes it, `00:07:07.8400000`, or `1.02:00:00` with days.
 *
 * @returns milliseconds, rounded; `undefined` when it is none
 */
export function parseTimeSpan(text: string): number | undefined {
  const [, days = '0', hours, minutes, seconds] =
    /^(?:(\d{1,4})\.)?(\d{1,2}):([0-5]?\d):([0-5]?\d(?:\.\d{1,9})?)$/.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const wholeMinutes = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  return wholeMinutes * 60_000 + Math.round(Number(seconds) * 1_000);
}
