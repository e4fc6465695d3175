/**
 * US dollars as a person types them, with a point or a comma, in millionths; `undefined` when that is no amount above 0.
 * Pure.
 */
export function toMicroUsd(text: string): number | undefined {
  const trimmed = text.trim().replace(',', '.');
  const microUsd = /^\d{1,7}(\.\d{1,6})?$/.test(trimmed) ? Math.round(Number(trimmed) * 1e6) : 0;
  return microUsd > 0 ? microUsd : undefined;
}
