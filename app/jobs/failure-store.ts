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
