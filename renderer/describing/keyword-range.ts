/** The most that can be asked for; `keywordRules` in the contract. */
const most = 100;

/** `5–15`, or `15` where both are the same. */
export function formatKeywordRange({ min, max }: { readonly min: number; readonly max: number }): string {
  return min === max ? String(max) : `${String(min)}–${String(max)}`;
}

/**
 * How many keywords, as a person types it: `15` or `5-15`, with any dash. `null` when nothing was typed, `wrong` when it is
 * neither, or when the first number is the larger one.
 */
export function parseKeywordRange(
  text: string,
): { readonly min: number; readonly max: number } | null | 'wrong' {
  if (text.trim() === '') return null;
  const match = /^\s*(\d{1,3})\s*(?:[-–—]\s*(\d{1,3})\s*)?$/.exec(text);
  if (match === null) return 'wrong';
  const [, first = '', second = first] = match;
  const [min, max] = [Number(first), Number(second)];
  return max >= 1 && max <= most && min <= max ? { min, max } : 'wrong';
}
