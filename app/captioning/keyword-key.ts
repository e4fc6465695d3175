/** Two keywords with the same key are the same keyword. */
export function keywordKey(keyword: string): string {
  return keyword.normalize('NFKC').trim().toLocaleLowerCase('en');
}
