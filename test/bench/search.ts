import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AssetId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { openForWriting } from '../../app/db/open.ts';
import { isPresentSql } from '../../app/search/condition-store.ts';
import { readDocuments } from '../../app/search/document-store.ts';
import { rebuildIndex, scoreSql } from '../../app/search/index-store.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { formatCursor } from '../../app/search/search-cursor.ts';
import { searchAssets, type SearchOptions } from '../../app/search/search.ts';

/** One comparison: medians in milliseconds, and `ours ÷ limit`, which shall be at most `goal`. */
export type BenchRow = {
  name: string;
  ours: number;
  limit: number;
  ratio: number;
  goal: Goal;
  /** The goal is one of libraries of a million, and this one is smaller. */
  goalAtAMillion?: number;
};

/**
 * SPEED §4: ratios to plain bm25 and to the better query, at a million photos; below it a page's one or two milliseconds are
 * much beside a query. Queries that take a millisecond or two themselves have no goal (`null`): ours spends as much again on
 * missing files, other forms of the word, and marks.
 */
const goals = { plain: 0.25, better: 1.3, quick: null } as const;
type Goal = number | null;
const aMillion = 1_000_000;

/** Words of a caption, as SPEED §4 measured. */
const captionLength = 60;
const vocabularySize = 30_000;
/** Rank in the vocabulary: in nearly every caption, in a quarter, in a fiftieth, in a thousandth. */
const ranks = { veryCommon: 0, common: 20, fair: 300, rare: 5_000 } as const;

/**
 * Searches a made-up library beside hand-written SQL on the same tables: the plain query that anybody would write first,
 * and the better one of SPEED §4. All of them count (up to 10 001) and read the texts of their page, as any search must;
 * ours also looks for missing files and other forms of the word, and marks what matched.
 */
export function benchSearch(options: { assets?: number; rounds?: number } = {}): BenchRow[] {
  const { assets = 100_000, rounds = 15 } = options;
  const folder = mkdtempSync(join(tmpdir(), 'cutline-bench-search-'));
  const { db, close } = openForWriting(folder);
  try {
    fillLibrary(db, assets);
    rebuildIndex(db);
    const rows = [...rankedRows(db, rounds), ...otherRows(db, rounds), ...orderedRows(db, assets, rounds)];
    return assets >= aMillion ? rows : rows.map(notJudged);
  } finally {
    close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function notJudged({ goal, ...row }: BenchRow): BenchRow {
  return { ...row, goal: null, ...(goal === null ? {} : { goalAtAMillion: goal }) };
}

function rankedRows(db: Database, rounds: number): BenchRow[] {
  const plain = byHand(
    db,
    `SELECT rowid AS id FROM search_text WHERE search_text MATCH ? ORDER BY ${scoreSql} LIMIT 100`,
  );
  const better = byHand(
    db,
    `SELECT id FROM (SELECT rowid AS id, ${scoreSql} AS score FROM search_text WHERE search_text MATCH ?
       ORDER BY rowid DESC LIMIT 10000) ORDER BY score LIMIT 100`,
  );
  const [veryCommon, common, fair, rare] = [
    word(ranks.veryCommon),
    word(ranks.common),
    word(ranks.fair),
    word(ranks.rare),
  ];
  return [
    compare(
      'common word, to plain bm25',
      search(db, veryCommon),
      plain(`"${veryCommon}"`),
      goals.plain,
      rounds,
    ),
    compare('common word', search(db, veryCommon), better(`"${veryCommon}"`), goals.better, rounds),
    compare('rare word', search(db, rare), better(`"${rare}"`), goals.quick, rounds),
    compare(
      'two common words',
      search(db, `${veryCommon} ${common}`),
      better(`"${veryCommon}" AND "${common}"`),
      goals.better,
      rounds,
    ),
    compare(
      'two words',
      search(db, `${common} ${fair}`),
      better(`"${common}" AND "${fair}"`),
      goals.better,
      rounds,
    ),
    compare(
      'two letters as typed',
      search(db, 'lo', { asYouType: true }),
      better('"lo" *'),
      goals.better,
      rounds,
    ),
    compare(
      'three letters as typed',
      search(db, 'lod', { asYouType: true }),
      better('"lod" *'),
      goals.better,
      rounds,
    ),
  ];
}

/** Words that others stand for too: kinds, forms by table, compounds, names of places. */
function otherRows(db: Database, rounds: number): BenchRow[] {
  const plain = byHand(
    db,
    `SELECT rowid AS id FROM search_text WHERE search_text MATCH ? ORDER BY ${scoreSql} LIMIT 100`,
  );
  return ['animal', 'laufen', 'hund', 'rom', 'animal laufen hund'].map((typed) => {
    const match = typed.split(' ').map((one) => `"${one}"`);
    return compare(
      `other words of ${typed}`,
      search(db, typed),
      plain(match.join(' AND ')),
      goals.quick,
      rounds,
    );
  });
}

function orderedRows(db: Database, assets: number, rounds: number): BenchRow[] {
  const walk = byHand(
    db,
    `SELECT id FROM asset WHERE EXISTS (SELECT 1 FROM search_text WHERE search_text MATCH ? AND rowid = asset.id)
     ORDER BY sort_ms DESC, id DESC LIMIT 200`,
  );
  const sorted = byHand(
    db,
    `SELECT asset.id FROM search_text CROSS JOIN asset ON asset.id = search_text.rowid WHERE search_text MATCH ?
     ORDER BY sort_ms DESC, asset.id DESC LIMIT 200`,
  );
  const page = { limit: 200, sort: 'newest' } as const;
  const [veryCommon, rare] = [word(ranks.veryCommon), word(ranks.rare)];
  const middleMs = firstMs + (assets / 2) * stepMs;
  const after = formatCursor({ found: assets, position: { order: 'newest', sortMs: middleMs, id: 1 } });
  const byKey = () =>
    db.all(
      `SELECT id FROM asset WHERE (sort_ms, id) < (?, 1) AND ${isPresentSql('asset.id')}
       ORDER BY sort_ms DESC, id DESC LIMIT 200`,
      [middleMs],
    );
  return [
    compare(
      'common word, newest first',
      search(db, veryCommon, page),
      walk(`"${veryCommon}"`),
      goals.quick,
      rounds,
    ),
    compare('rare word, newest first', search(db, rare, page), sorted(`"${rare}"`), goals.quick, rounds),
    compare('page in the middle', search(db, '', { ...page, after }), byKey, goals.quick, rounds),
  ];
}

/** `sql` gives the ids of a page for one MATCH. */
function byHand(db: Database, sql: string): (match: string) => () => unknown {
  return (match) => () => {
    db.all('SELECT count(*) FROM (SELECT 1 FROM search_text WHERE search_text MATCH ? LIMIT 10001)', [match]);
    const ids = db.all<{ id: AssetId }>(sql, [match]).map(({ id }) => id);
    return readDocuments(db, ids);
  };
}

function search(
  db: Database,
  text: string,
  { asYouType = false, ...options }: SearchOptions & { asYouType?: boolean } = {},
) {
  return () => searchAssets(db, parseQuery(text, { asYouType }), options);
}

/** Turn and turn about, so that a busy machine slows both. */
function compare(
  name: string,
  ours: () => unknown,
  limit: () => unknown,
  goal: Goal,
  rounds: number,
): BenchRow {
  const times: { ours: number[]; limit: number[] } = { ours: [], limit: [] };
  for (let round = 0; round < rounds; round += 1) {
    times.ours.push(elapsedMs(ours));
    times.limit.push(elapsedMs(limit));
  }
  const [oursMs, limitMs] = [median(times.ours), median(times.limit)];
  return { name, ours: oursMs, limit: limitMs, ratio: oursMs / limitMs, goal };
}

function elapsedMs(action: () => unknown): number {
  const start = performance.now();
  action();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

const firstMs = Date.UTC(2010, 0, 1);
const stepMs = 60_000;
const syllables = [
  'ba',
  'be',
  'da',
  'do',
  'ga',
  'lo',
  'mi',
  'ne',
  'or',
  'pe',
  'ra',
  'si',
  'ta',
  'un',
  've',
  'wa',
];

/** Words of languages, fairly rare, and what stands for them. */
const realWords = 'animal poodle heron sheep laufen lief gelaufen hund schaferhund hunde rom'.split(' ');
const firstRealRank = 2_000;

/** The word of a rank: always the same one, and never an English form of another. */
function word(rank: number): string {
  let text = '';
  for (let rest = rank + 17; rest > 0; rest = Math.floor(rest / 16)) text += syllables[rest % 16] ?? '';
  return text;
}

/** Captions whose words are as unevenly frequent as in a language, photos added in an order that is not that of time. */
function fillLibrary(db: Database, assets: number): void {
  const vocabulary = Array.from(
    { length: vocabularySize },
    (_, rank) => realWords[rank - firstRealRank] ?? word(rank),
  );
  let seed = 1;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  db.transact(() => {
    db.run("INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 0)");
    for (let id = 1; id <= assets; id += 1) {
      const caption = Array.from(
        { length: captionLength },
        () => vocabulary[Math.floor(vocabularySize ** random()) - 1],
      ).join(' ');
      const sortMs = firstMs + Math.floor(random() * assets) * stepMs;
      db.run('INSERT INTO asset (id, state, sort_ms, created_at_ms) VALUES (?, ?, ?, 0)', [
        id,
        'ready',
        sortMs,
      ]);
      db.run(
        `INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms) VALUES (1, ?, ?, 1, 1, ?, 0)`,
        [id, `${String(Math.floor(id / 500))}/IMG_${String(id).padStart(6, '0')}.jpg`, id],
      );
      db.run(
        `INSERT INTO current_description (asset_id, caption, caption_owner, keywords, objects, baseline, is_said, updated_at_ms)
         VALUES (?, ?, 'model', '[]', '[]', 0, 1, 0)`,
        // English by its small words, as models write it.
        [id, `A view of the ${caption}`],
      );
    }
  });
}
