const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once for each zone: making one takes a hundred times as long as asking it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  formats.set(timeZone, format);
  return format;
}

/** Minutes east of UTC at an instant; parts of a minute, which zones had before 1900, are left out. */
export function offsetAt(timeZone: string, instantMs: number): number {
  const name = formatOf(timeZone)
    .formatToParts(instantMs)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?/u.exec(name ?? '');
  if (match?.[1] === undefined) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? 0 - minutes : minutes;
}

/**
 * The zone's offset from UTC, in minutes, when its clocks show this local time (given as if it were UTC). An hour that
 * comes twice is taken as its first; in an hour that is skipped, the clock was not put forward yet.
 */
export function zoneOffsetMinutes(timeZone: string, localMs: number): number {
  // No zone is more than a day from UTC, so one of the offsets around that day is the right one.
  const day = 86_400_000;
  const before = offsetAt(timeZone, localMs - day);
  const after = offsetAt(timeZone, localMs + day);
  return [before, after].find((offset) => offsetAt(timeZone, localMs - offset * 60_000) === offset) ?? before;
}
