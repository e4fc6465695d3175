import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '../../app/db/connection.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { idsSql, toSelection } from '../../app/search/result-store.ts';
import { listTermsFrom } from '../../app/search/term-store.ts';
import { openMemoryDatabase } from '../helpers/database.ts';
import { createShelf } from './photo-shelf.ts';

/** What a query finds. @param looksFirst which words begin so is asked of the index before it is searched */
function found(db: Database, text: string, looksFirst: boolean): number[] {
  const selection = toSelection(parseQuery(text, { asYouType: true }), looksFirst ? db : undefined);
  const { id, from } = idsSql(selection);
  return db.pluck<number>(`SELECT ${id} ${from.sql} ORDER BY 1`, from.values);
}

const letters = ['h', 'a', 'r', 'b', 'é', 'ö', '1', 'ハ', '港'];
const word = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 7 })
  .map((some) => some.join(''));
const caption = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

test('a beginning finds the same by the words that begin so as by itself', () => {
  fc.assert(
    fc.property(
      fc.array(caption, { minLength: 1, maxLength: 12 }),
      fc.oneof(
        word,
        fc.tuple(word, word).map(([one, other]) => `${one} ${other}`),
      ),
      fc.constantFrom('', 'caption:', '-'),
      (captions, typed, before) => {
        const db = openMemoryDatabase();
        try {
          const shelf = createShelf(db);
          for (const [index, text] of captions.entries()) shelf.add(`p${String(index)}`, { caption: text });
          // Also one that is there.
          for (const text of [typed, captions[0] ?? '']) {
            expect(found(db, before + text, true)).toEqual(found(db, before + text, false));
          }
        } finally {
          db.close();
        }
      },
    ),
    { numRuns: 100 },
  );
});

test('a beginning of very many words still finds all of them', () => {
  const shelf = createShelf();
  for (let index = 0; index < 40; index += 1) {
    shelf.add(`p${String(index)}`, { caption: `harb${index.toString(36)}` });
  }
  expect(listTermsFrom(shelf.db, 'harb', 32)).toBeUndefined();
  expect(found(shelf.db, 'harb', true)).toHaveLength(40);
});

test('each word is listed once, however many photos have it, and none that begins otherwise', () => {
  const shelf = createShelf();
  for (let index = 0; index < 3; index += 1) {
    shelf.add(`p${String(index)}`, { caption: 'harbour harbours harp hard zebra 12 harbinger' });
  }
  const terms = listTermsFrom(shelf.db, 'harb', 32) ?? [];
  expect(terms).toEqual([...new Set(terms)].toSorted());
  // Their stems stand there, too, with a mark that no word has.
  expect(terms.filter((term) => /^[a-z]+$/.test(term))).toEqual(['harbinger', 'harbour', 'harbours']);
});
