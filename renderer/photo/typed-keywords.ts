/** Keywords as they are typed into one line, with commas or semicolons between. Pure. */

/** What is being typed: the part behind the last comma. */
export function beingTyped(text: string): string {
  return text.slice(lastComma(text) + 1).trim();
}

export function splitKeywords(text: string): string[] {
  return text
    .split(/[,;\n]/)
    .map((keyword) => keyword.trim())
    .filter((keyword) => keyword !== '');
}

/** The line with an offer in place of what is being typed. */
export function withOffer(text: string, keyword: string): string {
  const before = text.slice(0, lastComma(text) + 1);
  return before === '' ? keyword : `${before} ${keyword}`;
}

function lastComma(text: string): number {
  return Math.max(text.lastIndexOf(','), text.lastIndexOf(';'));
}
