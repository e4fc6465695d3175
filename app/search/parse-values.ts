import type { OrderedField } from './query-fields.ts';
import type { BetweenNode, CompareNode } from './query.ts';

type Comparison = Omit<CompareNode, 'kind' | 'range'> | Omit<BetweenNode, 'kind' | 'range'>;

const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** What stands after the colon of a field with an order; `undefined` when it makes no sense. */
export function parseComparison(field: OrderedField, typed: string): Comparison | undefined {
  const text = typed.trim();
  const between = /^(.*?)\.{2,3}(.*)$/s.exec(text);
  if (between !== null) return parseBetween(field, between[1] ?? '', between[2] ?? '');
  const [, sign = '', rest = ''] = /^([<>]=?|=[<>]?|[≤≥])?(.*)$/s.exec(text) ?? [];
  // `month:2019-05` says a date.
  const named = field === 'month' && parseOrdered('month', rest) === undefined ? 'date' : field;
  const value = parseOrdered(named, rest);
  return value === undefined ? undefined : { field: named, operator: operators[sign] ?? '=', value };
}

const operators: Readonly<Record<string, CompareNode['operator']>> = {
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  '=<': '<=',
  '=>': '>=',
  '≤': '<=',
  '≥': '>=',
};

function parseBetween(field: OrderedField, typedFrom: string, typedTo: string): Comparison | undefined {
  const from = typedFrom.trim() === '' ? null : parseOrdered(field, typedFrom);
  const to = typedTo.trim() === '' ? null : parseOrdered(field, typedTo);
  if (from === undefined || to === undefined || (from === null && to === null)) return undefined;
  // A range of months may go over New Year; every other one was typed the wrong way round.
  if (from !== null && to !== null && field !== 'month' && isAfter(field, from, to)) {
    return { field, from: to, to: from };
  }
  return { field, from, to };
}

function isAfter(field: OrderedField, one: string, other: string): boolean {
  return field === 'date' ? dateBounds(one).startMs > dateBounds(other).startMs : Number(one) > Number(other);
}

function parseOrdered(field: OrderedField, typed: string): string | undefined {
  const text = typed.trim().toLowerCase();
  if (field === 'date') return parseDate(text);
  if (field === 'year') return /^[1-9]\d{3}$/.test(text) ? text : undefined;
  if (field === 'month') return parseMonth(text);
  if (field === 'duration') return parseSeconds(text);
  const digits = text.replace(/^f\/?(?=\d)/, '').replace(/(?<=\d)\s*(?:mm|mp|px)$/, '');
  return /^-?\d{1,9}(?:[.,]\d{1,4})?$/.test(digits) ? String(Number(digits.replace(',', '.'))) : undefined;
}

/** `90`, `90s`, `1:30`, `1:02:03`, `1.5m`, `2min`, `1h30m`, `1h 5m 3s` → seconds, to a thousandth. */
function parseSeconds(text: string): string | undefined {
  const plain = text.replaceAll(',', '.');
  if (/^\d{1,9}(?:\.\d{1,3})?$/.test(plain)) return String(Number(plain));
  const [, clockHours = '0', clockMinutes, clockSeconds] =
    /^(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)$/.exec(plain) ?? [];
  if (clockMinutes !== undefined) {
    return String(Number(clockHours) * 3600 + Number(clockMinutes) * 60 + Number(clockSeconds));
  }
  const { hours, minutes, seconds } = withUnits.exec(plain)?.groups ?? {};
  const parts = [hours, minutes, seconds];
  if (parts.every((part) => part === undefined)) return undefined;
  const sum = parts.reduce((before, part = '0') => before * 60 + Number(part), 0);
  return String(Math.round(sum * 1000) / 1000);
}

const withUnits =
  /^(?:(?<hours>\d{1,3}(?:\.\d{1,3})?)\s*h(?:ours?)?)?\s*(?:(?<minutes>\d{1,5}(?:\.\d{1,3})?)\s*m(?:ins?|inutes?)?)?\s*(?:(?<seconds>\d{1,6}(?:\.\d{1,3})?)\s*s(?:ecs?|econds?)?)?$/;

function parseMonth(text: string): string | undefined {
  const byName = /^[a-z]{3,}$/.test(text) ? monthNames.indexOf(text.slice(0, 3)) + 1 : 0;
  const month = byName > 0 ? byName : /^\d{1,2}$/.test(text) ? Number(text) : 0;
  return month >= 1 && month <= 12 ? String(month) : undefined;
}

/** `2019`, `2019-5`, `2019/05/17`, `17.5.2019` → `2019`, `2019-05`, `2019-05-17`, `2019-05-17`. Only days that exist. */
function parseDate(text: string): string | undefined {
  const { year, month, day } =
    /^(?<year>[1-9]\d{3})(?:[-/](?<month>\d{1,2})(?:[-/](?<day>\d{1,2}))?)?$/.exec(text)?.groups ??
    /^(?:(?<day>\d{1,2})\.)?(?<month>\d{1,2})\.(?<year>[1-9]\d{3})$/.exec(text)?.groups ??
    {};
  if (year === undefined) return undefined;
  if (month === undefined) return year;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  const yearAndMonth = `${year}-${month.padStart(2, '0')}`;
  if (day === undefined) return yearAndMonth;
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return Number(day) >= 1 && Number(day) <= lastDay ? `${yearAndMonth}-${day.padStart(2, '0')}` : undefined;
}

/** The first millisecond of a year, month or day, and of the one after, on the camera's wall clock as if it were UTC. */
export function dateBounds(date: string): { startMs: number; endMs: number } {
  const [year = 0, month, day] = date.split('-').map(Number);
  const startMs = Date.UTC(year, (month ?? 1) - 1, day ?? 1);
  if (month === undefined) return { startMs, endMs: Date.UTC(year + 1, 0, 1) };
  if (day === undefined) return { startMs, endMs: Date.UTC(year, month, 1) };
  return { startMs, endMs: Date.UTC(year, month - 1, day + 1) };
}
