import type { AssetId } from '../contract/ids.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { WriteDb } from '../db/open.ts';

/** Failures of a photo for a reason that counts no more: what failed may be asked for again. */
export function withdrawFailures(db: WriteDb, assetId: AssetId, code: ErrorCode): void {
  db.run(
    `UPDATE job SET state = 'canceled'
     WHERE state = 'failed' AND payload ->> 'assetId' = ? AND last_error ->> 'code' = ?`,
    [assetId, code],
  );
}

/** Whatever failed of some photos: they are to be looked at anew. */
export function withdrawAllFailures(db: WriteDb, assetIds: readonly AssetId[]): void {
  if (assetIds.length === 0) return;
  db.run(
    `UPDATE job SET state = 'canceled'
     WHERE state = 'failed' AND payload ->> 'assetId' IN (SELECT value FROM json_each(?))`,
    [JSON.stringify(assetIds)],
  );
}
