import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** Photos with a thumbnail whose average colour nobody has looked for. */
export function listColorless(db: ReadDb, limit: number): AssetId[] {
  return db.pluck(
    'SELECT id FROM asset WHERE average_color IS NULL AND has_thumbnail = 1 ORDER BY id LIMIT ?',
    [limit],
  );
}

/** @param color 0xRRGGBB; `null`: there is no thumbnail after all, and one is to be made */
export function setAverageColor(db: WriteDb, id: AssetId, color: number | null): void {
  db.run('UPDATE asset SET average_color = ?, has_thumbnail = ? WHERE id = ?', [
    color,
    color === null ? 0 : 1,
    id,
  ]);
}
