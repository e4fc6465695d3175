import { expect, test } from 'vitest';
import { createShelf } from './photo-shelf.ts';

/** What is asked for, and what a caption or keyword says. */
export type Pair = readonly [query: string, text: string];

/** Each query finds its text, in a library that has the text twice: as a sentence says it, and as a keyword. */
export function testPairs(found: readonly Pair[], notFound: readonly Pair[]): void {
  test.each(found)('%s finds “%s”', (query, caption) => {
    const shelf = createShelf();
    shelf.add('it', { caption });
    expect(shelf.find(query)).toEqual(['it']);
    // Why it was found is a word that stands there.
    const [match] = shelf.search(query).items[0]?.matches ?? [];
    expect(match?.field).toBe('caption');
    expect(caption.normalize('NFC')).toContain(match?.found);
    expect(shelf.search(query).items[0]?.snippet).toContain(`\u0002${match?.found ?? ''}`);
  });
  test.each(notFound)('%s does not find “%s”', (query, caption) => {
    const shelf = createShelf();
    shelf.add('it', { caption });
    expect(shelf.find(query)).toEqual([]);
  });
}
