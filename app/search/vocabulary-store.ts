import type { ReadDb, WriteDb } from '../db/open.ts';

export type { ReadDb } from '../db/open.ts';

/**
 * Every word that was ever indexed, as it is, not its stem: what a slip of the finger is compared with. FTS5's own list of
 * terms would take seconds for a million photos, and holds file numbers too. Words stay when their photos go: whoever uses
 * one asks the index whether it still finds something.
 */

/** Numbers and single letters are no words that one could misspell. */
const isWord = /^\p{L}{3,}$/u;

/** Adds folded words; those that are known cost next to nothing. */
export function addWords(db: WriteDb, words: ReadonlySet<string>): void {
  const fresh = [...words].filter((word) => isWord.test(word));
  if (fresh.length === 0) return;
  db.run('INSERT OR IGNORE INTO search_word (word) SELECT value FROM json_each(?)', [JSON.stringify(fresh)]);
}

/** As one text, with a line feed before and behind each: a quarter of the memory of a list, and searched in a millisecond. */
const loaded = new WeakMap<ReadDb, { lines: string; lastId: number }>();

/** All words, in lines. The first call reads them (about 0.1 s for 200 000), later ones what came since. */
export function readLines(db: ReadDb): string {
  const known = loaded.get(db) ?? { lines: '\n', lastId: 0 };
  const fresh = db.all<{ id: number; word: string }>(
    'SELECT id, word FROM search_word WHERE id > ? ORDER BY id',
    [known.lastId],
  );
  if (fresh.length > 0) known.lines += `${fresh.map(({ word }) => word).join('\n')}\n`;
  known.lastId = fresh.at(-1)?.id ?? known.lastId;
  loaded.set(db, known);
  return known.lines;
}

/** Those of some words that occur, as they are. */
export function keepKnown(db: ReadDb, words: readonly string[]): string[] {
  return db.pluck<string>(
    'SELECT DISTINCT word FROM json_each(?) AS wanted JOIN search_word ON word = wanted.value',
    [JSON.stringify(words)],
  );
}

export function hasWord(db: ReadDb, word: string): boolean {
  return db.get('SELECT 1 FROM search_word WHERE word = ?', [word]) !== undefined;
}

/** The same, also in the plural. */
export function keepUsed(db: ReadDb, words: readonly string[]): string[] {
  return db.pluck<string>(
    `SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM search_word
       WHERE word IN (value, value || 's', value || 'es', rtrim(value, 'y') || 'ies'))`,
    [JSON.stringify(words)],
  );
}

/** Known words that begin so, in order. */
export function listWordsFrom(db: ReadDb, prefix: string, limit: number): string[] {
  return db.pluck<string>('SELECT word FROM search_word WHERE word >= ? AND word < ? ORDER BY word LIMIT ?', [
    prefix,
    `${prefix}\u{10FFFF}`,
    limit,
  ]);
}
