import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** Photos with a thumbnail that nobody has looked at for text, behind an id. */
export function listUnmeasured(db: ReadDb, after: number, limit: number): AssetId[] {
  return db.pluck<AssetId>(
    'SELECT id FROM asset WHERE text_amount IS NULL AND has_thumbnail = 1 AND id > ? ORDER BY id LIMIT ?',
    [after, limit],
  );
}

/** @param textAmount in parts of 10 000; one that was measured meanwhile stays */
export function setTextAmount(db: WriteDb, id: AssetId, textAmount: number): void {
  db.run('UPDATE asset SET text_amount = ? WHERE id = ? AND text_amount IS NULL', [textAmount, id]);
}
