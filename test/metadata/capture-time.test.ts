import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCaptureTime } from '../../app/metadata/capture-time.ts';

describe('parseCaptureTime', () => {
  test.each([
    ['2008:09:20 09:01:07', Date.UTC(2008, 8, 20, 9, 1, 7), undefined],
    ['2008-09-20T09:01:07.09+01:00', Date.UTC(2008, 8, 20, 9, 1, 7, 90), 60],
    ['2008-09-20T09:01:07Z', Date.UTC(2008, 8, 20, 9, 1, 7), 0],
    ['2008-09-20T09:01-09:30', Date.UTC(2008, 8, 20, 9, 1), -570],
    ['20080920 090107+0100', Date.UTC(2008, 8, 20, 9, 1, 7), 60],
    ['20080920', Date.UTC(2008, 8, 20), undefined],
  ])('reads %s', (dateTime, localMs, offsetMinutes) => {
    const expected = offsetMinutes === undefined ? { localMs } : { localMs, offsetMinutes };
    expect(parseCaptureTime({ dateTime })).toEqual(expected);
  });

  test.each([
    '0000:00:00 00:00:00',
    '2019:13:01 00:00:00',
    '2019:02:30 10:00:00',
    '2019:02:01 25:00:00',
    '    :  :     :  :  ',
    '2019',
    '',
    undefined,
    20_190_201,
  ])('finds no time in %s', (dateTime) => {
    expect(parseCaptureTime({ dateTime })).toBeUndefined();
  });

  test('leaves out an offset that no place on earth has', () => {
    expect(parseCaptureTime({ dateTime: '2019:07:14 20:31:05', offset: '+19:00' })).toEqual({
      localMs: Date.UTC(2019, 6, 14, 20, 31, 5),
    });
  });

  test.each([
    // Munich: two hours ahead in summer, one in winter.
    ['2019:05:17 10:00:00', 'Europe/Berlin', Date.UTC(2019, 4, 17, 12), 120],
    ['2019:12:31 23:30:00', 'Europe/Berlin', Date.UTC(2020, 0, 1, 0, 30), 60],
    ['2019:05:17 10:00:00', 'Asia/Kathmandu', Date.UTC(2019, 4, 17, 15, 45), 345],
    // The clocks of New York went back at 06:00 UTC on that day.
    ['2019:11:03 05:59:59', 'America/New_York', Date.UTC(2019, 10, 3, 1, 59, 59), -240],
    ['2019:11:03 06:00:00', 'America/New_York', Date.UTC(2019, 10, 3, 1), -300],
  ])('turns %s UTC into what clocks showed in %s', (dateTime, timeZone, localMs, offsetMinutes) => {
    expect(parseCaptureTime({ dateTime, offset: '+00:00', timeZone })).toEqual({ localMs, offsetMinutes });
  });

  test('a time with an offset of its own keeps it, wherever it was', () => {
    expect(parseCaptureTime({ dateTime: '2019:05:17 10:00:00+09:00', timeZone: 'Europe/Berlin' })).toEqual({
      localMs: Date.UTC(2019, 4, 17, 10),
      offsetMinutes: 540,
    });
  });

  test('gives back every wall clock that it is given, whatever the zone of this machine', () => {
    const dates = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => {
        const dateTime = date.toISOString().replace('Z', '');
        expect(parseCaptureTime({ dateTime })).toEqual({ localMs: date.getTime() });
      }),
    );
  });
});
