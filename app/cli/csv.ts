/**
 * CSV as RFC 4180 has it: commas, CRLF, quotes doubled. A text that a spreadsheet would take for a formula gets an
 * apostrophe before it, which the spreadsheet shows as text; numbers stay numbers.
 */

export type CsvValue = string | number | null;

/** What Excel writes to say UTF-8, and needs to read it. */
export const byteOrderMark = '\u{FEFF}';

export function toCsvRow(values: readonly CsvValue[]): string {
  return `${values.map(toCell).join(',')}\r\n`;
}

function toCell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r\n|%]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
