import { isPlaceholderText } from './placeholder-texts.ts';

/** Longest texts that are kept, in UTF-16 units; what is longer is cut. No honest file comes near them. */
export const textLimits = {
  caption: 10_000,
  altText: 5_000,
  title: 500,
  creator: 300,
  name: 200,
  keyword: 250,
  keywordPath: 500,
  keywordCount: 500,
} as const;

/**
 * A text as it may be shown and stored: composed Unicode, without control characters (line breaks and tabs stay) and
 * without blanks around it. `undefined` when nothing is left. Numbers count as texts: ExifTool gives the keyword 2008 as one.
 */
export function toText(value: unknown, limit: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  // Cut first: cleaning a hostile megabyte is work too.
  const cut = String(value).slice(0, limit * 2);
  const text = cut
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\r\n?/gu, '\n')
    // eslint-disable-next-line no-control-regex -- why: taking control characters out is what this is for
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFEFF\uFFFD]/gu, '')
    .trim()
    .slice(0, limit)
    .toWellFormed()
    .trim();
  return text === '' ? undefined : text;
}

/** A caption, title or alt text that a person may have written: not what a camera or a program puts there by itself. */
export function toWrittenText(value: unknown, limit: number): string | undefined {
  const text = toText(value, limit);
  return text === undefined || isPlaceholderText(text) ? undefined : text;
}

/** Keywords as they were given, each once (letter case apart), in their order. A comma inside one is part of it. */
export function toKeywords(values: readonly unknown[], limit: number): string[] | undefined {
  const keywords = new Map<string, string>();
  for (const value of values) {
    if (keywords.size >= textLimits.keywordCount) break;
    const keyword = toText(value, limit)?.replaceAll(/\s+/gu, ' ');
    if (keyword === undefined || keyword.toLowerCase() === 'null') continue;
    const key = keyword.toLowerCase();
    if (!keywords.has(key)) keywords.set(key, keyword);
  }
  return keywords.size === 0 ? undefined : [...keywords.values()];
}
