import { expect, it } from 'vitest';
import { zoneOffsetMinutes } from '../../app/metadata/zone-offset.ts';

const at = (year: number, month: number, day: number, hour = 12, minute = 0) =>
  Date.UTC(year, month - 1, day, hour, minute);

// Dates of the changes: tz database.
it.each([
  ['Europe/Rome', at(2019, 7, 14), 120],
  ['Europe/Rome', at(2019, 1, 14), 60],
  // Italy had no summer time before 1966 (after the war).
  ['Europe/Rome', at(1960, 7, 14), 60],
  // The clocks went from 03:00 back to 02:00 on 27 October 2019: half past two came twice.
  ['Europe/Rome', at(2019, 10, 27, 1, 59), 120],
  ['Europe/Rome', at(2019, 10, 27, 2, 30), 120],
  ['Europe/Rome', at(2019, 10, 27, 3, 0), 60],
  // And from 02:00 to 03:00 on 31 March 2019: half past two never was.
  ['Europe/Rome', at(2019, 3, 31, 1, 59), 60],
  ['Europe/Rome', at(2019, 3, 31, 2, 30), 60],
  ['Europe/Rome', at(2019, 3, 31, 3, 0), 120],
  ['America/New_York', at(2019, 3, 10, 1, 59), -300],
  ['America/New_York', at(2019, 3, 10, 3, 0), -240],
  ['Asia/Kathmandu', at(2019, 5, 1), 345],
  ['America/St_Johns', at(2019, 1, 1), -210],
  ['Australia/Lord_Howe', at(2019, 1, 1), 660],
  // Samoa left out 30 December 2011.
  ['Pacific/Apia', at(2011, 12, 29), -600],
  ['Pacific/Apia', at(2011, 12, 31), 840],
  ['Africa/Abidjan', at(2019, 5, 1), 0],
])('%s at %i is %i minutes from UTC', (zone, localMs, offset) => {
  expect(zoneOffsetMinutes(zone, localMs)).toBe(offset);
});
