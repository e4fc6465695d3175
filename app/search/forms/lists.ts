/** Groups of words as they are kept in this folder: `|` between groups, spaces between words. */
export function listOf(text: string): string[][] {
  return text.split('|').map(wordsOf);
}

/** Words with blanks between them. */
export function wordsOf(text: string): string[] {
  return text.trim().split(/\s+/);
}
