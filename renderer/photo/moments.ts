const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `0:12`, `1:05:30`. */
export function toClock(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const tail = `:${twoDigits(seconds % 60)}`;
  return hours === 0 ? `${String(minutes)}${tail}` : `${String(hours)}:${twoDigits(minutes)}${tail}`;
}
