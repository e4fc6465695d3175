import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import type { TextMeasure } from '../imaging/text-amount.ts';

/** Photos with a thumbnail that nobody has looked at for text, behind an id. */
export function listUnmeasured(db: ReadDb, after: number, limit: number): AssetId[] {
  return db.pluck<AssetId>(
    'SELECT id FROM asset WHERE text_amount IS NULL AND has_thumbnail = 1 AND id > ? ORDER BY id LIMIT ?',
    [after, limit],
  );
}

/** One that was measured meanwhile stays. */
export function setTextMeasure(db: WriteDb, id: AssetId, { amount, finest }: TextMeasure): void {
  db.run('UPDATE asset SET text_amount = ?, finest_text = ? WHERE id = ? AND text_amount IS NULL', [
    amount,
    finest,
    id,
  ]);
}
