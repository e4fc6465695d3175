import type { ReadDb } from '../db/open.ts';
import { dayAt, yearOf } from './calendar.ts';

export type { ReadDb } from '../db/open.ts';

const columns = { camera: 'camera_model', lens: 'lens', place: 'place' } as const;

/** Cameras, lenses or places that have a word beginning so, with their photos, most first. Triggers keep their counts. */
export function listFactValues(
  db: ReadDb,
  fact: keyof typeof columns,
  prefix: string,
  limit: number,
): { readonly name: string; readonly photos: number }[] {
  const column = columns[fact];
  const pattern = prefix.replaceAll(/[\\%_]/g, String.raw`\$&`);
  return db.all(
    `SELECT name, photos FROM fact_value
     WHERE fact = @column AND (name LIKE @beginning ESCAPE '\\' OR name LIKE @inside ESCAPE '\\')
     ORDER BY photos DESC, name LIMIT @limit`,
    { column, beginning: `${pattern}%`, inside: `% ${pattern}%`, limit },
  );
}

/** Years from the newest photo back to the oldest. */
export function listYears(db: ReadDb): string[] {
  const range = db.get<{ first: number | null; last: number | null }>(
    'SELECT (SELECT min(sort_ms) FROM asset) AS first, (SELECT max(sort_ms) FROM asset) AS last',
  );
  if (range === undefined || range.first === null || range.last === null) return [];
  const [first, last] = [yearOf(dayAt(range.first)), yearOf(dayAt(range.last))];
  return Array.from({ length: last - first + 1 }, (_, index) => String(last - index));
}
