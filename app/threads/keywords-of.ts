/** More is a sentence. */
const mostWords = 4;
/** IPTC IIM's limit. */
const longestKeyword = 64;

/**
 * The keywords that an answer lists, by lines, commas or semicolons, numbered or with bullets; each once, whatever its
 * case. `undefined` when it is no list: sentences must not become keywords by mistake.
 */
export function keywordsOf(answer: string): string[] | undefined {
  // "Keywords: dog, beach" and "Here are some keywords:" on a line of its own.
  const listed = answer.replace(/^[^,;\n]{0,60}:(?=\s)/, '');
  const items = listed
    .split(/[,;\n]/)
    .map(cleanItem)
    .filter((item) => item !== '' && !/^\d{1,3}$/.test(item));
  const keywords = items.filter(
    (item) => item.length <= longestKeyword && item.split(/\s+/).length <= mostWords,
  );
  if (keywords.length === 0 || keywords.length * 2 < items.length) return undefined;
  const seen = new Set<string>();
  return keywords.filter((keyword) => {
    const key = keyword.toLocaleLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

function cleanItem(item: string): string {
  return item
    .trim()
    .replace(/^(?:[#\-*•\s]|\d{1,3}[.)]\s)+/, '')
    .replaceAll(/^["“”'`]+|["“”'`.:\s]+$/g, '');
}
