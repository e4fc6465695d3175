/**
 * A budget as a person types it: `5`, `2.50`, `$ 2.50`, and `2,50` where the language writes a comma. Millionths of a US
 * dollar; `null` when nothing was typed, `wrong` when it is no amount.
 */
export function parseBudget(text: string, language: string): number | null | 'wrong' {
  const bare = text.replaceAll(/[\s$]|USD/gi, '');
  if (bare === '') return null;
  const decimal = new Intl.NumberFormat(language).format(0.5).includes(',') ? ',' : '.';
  const grouping = decimal === ',' ? '.' : ',';
  // A lone sign of the other kind is the decimal sign of a person who types the other way, unless it groups thousands.
  const plain = new RegExp(`^\\d{1,3}(\\${grouping}\\d{3})+(\\${decimal}\\d+)?$`).test(bare)
    ? bare.replaceAll(grouping, '').replace(decimal, '.')
    : bare.replace(',', '.');
  if (!/^\d+(\.\d{1,6})?$|^\.\d{1,6}$/.test(plain)) return 'wrong';
  const microUsd = Math.round(Number(plain) * 1e6);
  return microUsd > 0 && Number.isSafeInteger(microUsd) ? microUsd : 'wrong';
}

/** A budget as it stands in its field: as the language writes it, without a sign, so that `parseBudget` reads it again. */
export function formatBudget(microUsd: number, language: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 6, useGrouping: false };
  return new Intl.NumberFormat(language, digits).format(microUsd / 1e6);
}
