import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../app/db/connection.ts';
import { openForWriting } from '../../app/db/open.ts';
import { GridOrders } from '../../app/engine/grid.ts';
import { systemClock } from '../../app/platform/clock.ts';
import { countKeywordsOf } from '../../app/search/keyword-facet.ts';
import { findMatches } from '../../app/search/matches.ts';
import { parseQuery } from '../../app/search/parse-query.ts';
import { countField, countFolders, countMonths } from '../../app/search/roster-facets.ts';
import { Roster } from '../../app/search/roster.ts';
import { fillDesk } from './desk-library.ts';
import { longestTurnMs } from './longest-turn.ts';

/** One comparison: medians in milliseconds, and `ours ÷ limit`, which shall be at most `goal`. */
export type DeskRow = { name: string; ours: number; limit: number; ratio: number; goal: number | null };

const rounds = 7;
/** SPEED §4: of what SQL takes for the same. */
const countGoal = 0.1;
const mostLagMs = 50;

/**
 * What a window asks of a library, beside what SQLite takes for the same: the grid's order beside reading the ids alone,
 * counts beside GROUP BY. The grid's times hold a change before each, so that it is made anew.
 */
export async function benchDesk(assets: number): Promise<DeskRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cutline-bench-desk-'));
  const { db, close } = openForWriting(folder);
  try {
    fillDesk(db, assets);
    const rows: DeskRow[] = [await firstRead(db)];
    const roster = new Roster(db);
    roster.follow(db, () => undefined);
    await roster.catchUp();
    rows.push(...(await gridRows(db, roster, folder)), ...(await facetRows(db, roster)));
    return rows;
  } finally {
    close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Once after the start. */
function firstRead(db: Database): Promise<DeskRow> {
  return compare(
    'all that is counted, read once',
    () => new Roster(db).catchUp(),
    () => {
      db.rows(
        'SELECT id, sort_ms, width_px, height_px, format, camera_model, lens, place, rating FROM asset',
      );
      db.rows('SELECT asset_id, baseline, connection_id, review_state FROM current_description');
      db.rows('SELECT id, asset_id, root_id, relative_path, state FROM file');
    },
    null,
    3,
  );
}

async function gridRows(db: Database, roster: Roster, folder: string): Promise<DeskRow[]> {
  const orders = new GridOrders({
    libraryFolder: folder,
    clock: systemClock,
    read: db,
    roster: () => roster,
  });
  let rating = 0;
  const change = (): void => {
    rating = (rating + 1) % 6;
    db.run('UPDATE asset SET rating = ? WHERE id = 1', [rating]);
  };
  const idsAlone = (): Uint32Array =>
    Uint32Array.from(db.pluck<number>('SELECT id FROM asset ORDER BY sort_ms DESC, id DESC'));
  let lagMs = 0;
  const rows = [
    await compare(
      'grid, newest first, beside reading the ids alone',
      async () => {
        change();
        lagMs = Math.max(lagMs, await longestTurnMs(() => orders.prepare({ sort: 'newest' })));
      },
      idsAlone,
      null,
    ),
    await compare(
      'grid of a year, by rating',
      async () => {
        change();
        lagMs = Math.max(
          lagMs,
          await longestTurnMs(() => orders.prepare({ query: 'year:2015', sort: 'rating' })),
        );
      },
      idsAlone,
      null,
    ),
  ];
  rows.push({
    name: 'longest turn while the grid is made',
    ours: lagMs,
    limit: mostLagMs,
    ratio: lagMs / mostLagMs,
    goal: 1,
  });
  return rows;
}

async function facetRows(db: Database, roster: Roster): Promise<DeskRow[]> {
  const all = await findMatches(db, roster, parseQuery(''));
  const some = await findMatches(db, roster, parseQuery('rating:>=4'));
  const rated = 'FROM asset WHERE ifnull(rating, 0) >= 4';
  return [
    await compare(
      'months of all',
      () => countMonths(roster, all),
      () =>
        db.all(
          `SELECT strftime('%Y-%m', sort_ms / 1000, 'unixepoch') AS month, count(*) FROM asset GROUP BY 1`,
        ),
      countGoal,
    ),
    await compare(
      'cameras of all',
      () => countField(roster, all, 'camera', 50),
      () => db.all('SELECT camera_model, count(*) FROM asset GROUP BY 1 ORDER BY 2 DESC LIMIT 50'),
      countGoal,
    ),
    await compare(
      'folders of all',
      () => countFolders(roster, all),
      () =>
        db.all(
          `SELECT rtrim(relative_path, replace(relative_path, '/', '')) AS folder, count(*) FROM file GROUP BY 1`,
        ),
      countGoal,
    ),
    await compare(
      'a third: found, and counted by camera, lens and place',
      async () => {
        const found = await findMatches(db, roster, parseQuery('rating:>=4'));
        for (const field of ['camera', 'lens', 'place'] as const) countField(roster, found, field, 50);
      },
      () => {
        for (const column of ['camera_model', 'lens', 'place']) {
          db.all(`SELECT ${column}, count(*) ${rated} GROUP BY 1 ORDER BY 2 DESC LIMIT 50`);
        }
      },
      countGoal,
    ),
    await compare(
      'keywords of a third',
      () => countKeywordsOf(db, some, 50),
      () =>
        db.all(
          `SELECT keyword_id, count(*) FROM asset_keyword WHERE asset_id IN (SELECT id ${rated}) GROUP BY 1 ORDER BY 2 DESC LIMIT 50`,
        ),
      null,
      3,
    ),
  ];
}

/** Turn and turn about, so that a busy machine slows both. */
async function compare(
  name: string,
  ours: () => unknown,
  limit: () => unknown,
  goal: number | null,
  times = rounds,
): Promise<DeskRow> {
  const taken: { ours: number[]; limit: number[] } = { ours: [], limit: [] };
  for (let round = 0; round < times; round += 1) {
    taken.ours.push(await elapsedMs(ours));
    taken.limit.push(await elapsedMs(limit));
  }
  const [oursMs, limitMs] = [median(taken.ours), median(taken.limit)];
  return { name, ours: oursMs, limit: limitMs, ratio: oursMs / limitMs, goal };
}

async function elapsedMs(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}
