import type { Damage } from '../contract/damage.ts';
import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** Photos whose files are damaged: shown as far as they can be read, and never sent unless a person says so. */

export function findDamage(db: ReadDb, assetId: AssetId): Damage {
  const row = db.get<{ damage: 0 | 1 | 2; hasThumbnail: 0 | 1 }>(
    'SELECT damage, has_thumbnail AS hasThumbnail FROM asset WHERE id = ?',
    [assetId],
  );
  if (row === undefined || row.damage === 0) return 'none';
  if (row.damage === 2) return 'accepted';
  return row.hasThumbnail === 1 ? 'partial' : 'total';
}

/** Describes it from now on as any other, as far as it can be read. `false`: there is nothing to accept. */
export function acceptDamage(db: WriteDb, assetId: AssetId): boolean {
  const { changes } = db.run(
    `UPDATE asset SET damage = 2, state = 'ready', error = NULL
     WHERE id = ? AND damage = 1 AND has_thumbnail = 1 AND width_px IS NOT NULL AND state = 'unreadable'`,
    [assetId],
  );
  return changes === 1;
}
