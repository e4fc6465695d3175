import { keywordKey } from './keyword-key.ts';

/** So many keywords, and so long all together, in UTF-16 units: they are paid for with every photo. */
export const mostKeywords = 40;
export const longestVocabulary = 400;

/** With quotes and a comma around each. */
const unitsBetween = 3;

/**
 * A year, a date, a number, and what names a year ("Urlaub 2008"): of those photos alone, and wrong on all others. Without
 * a letter a keyword says nothing that could be seen.
 */
function isOfOneTime(keyword: string): boolean {
  return !/\p{L}/u.test(keyword) || /(?<!\d)(?:18|19|20)\d{2}(?!\d)/u.test(keyword);
}

/** What a person listed, in their order, then what is used most, each once; as much of it as may be sent. Pure. */
export function joinVocabulary(listed: readonly string[], used: readonly string[]): string[] {
  const seen = new Set<string>();
  let length = 0;
  return [...listed, ...used.filter((keyword) => !isOfOneTime(keyword))].filter((keyword) => {
    const key = keywordKey(keyword);
    const longer = length + keyword.length + unitsBetween;
    if (key === '' || seen.has(key) || seen.size === mostKeywords || longer > longestVocabulary) return false;
    seen.add(key);
    length = longer;
    return true;
  });
}
