import { monthOfDay } from '../contract/civil-month.ts';

/** Months since January of year 0, of a wall clock read as if it were UTC. */
export function monthIndex(ms: number): number {
  return monthOfDay(Math.floor(ms / 86_400_000));
}

/** `2019-05` */
export function formatMonth(index: number): string {
  const year = Math.floor(index / 12);
  const month = index - year * 12 + 1;
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}
