import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMonth, monthIndex } from '../../app/search/civil-month.ts';

it('is the month that the calendar says, for every moment that a Date can hold in four-digit years', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      (date) => {
        expect(formatMonth(monthIndex(date.getTime()))).toBe(date.toISOString().slice(0, 7));
      },
    ),
  );
});

it.each([
  ['1970-01-01T00:00:00Z', '1970-01'],
  ['1969-12-31T23:59:59.999Z', '1969-12'],
  ['2000-02-29T12:00:00Z', '2000-02'],
  ['1900-03-01T00:00:00Z', '1900-03'],
])('%s is in %s', (time, month) => {
  expect(formatMonth(monthIndex(Date.parse(time)))).toBe(month);
});
