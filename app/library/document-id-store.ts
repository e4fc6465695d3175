import type { AssetId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

/** As many as the samples of the service have: 128 bits of the hash. */
const idChars = 32;

/**
 * How a video is called in an index of somebody else's. It is made of the hash of its frames, so that nothing has to be kept
 * to know it again: after a move, in another library, or when metadata were written into the file.
 *
 * @param imageDataHash hex
 */
export function toDocumentId(imageDataHash: string): string {
  return imageDataHash.slice(0, idChars).toLowerCase();
}

/** The videos of these documents; of several copies one that is there, before others. */
export function findByDocumentIds(db: ReadDb, documentIds: readonly string[]): ReadonlyMap<string, AssetId> {
  const wanted = documentIds.filter((id) => id.length === idChars && /^[\da-f]+$/.test(id));
  const rows = db.all<{ documentId: string; assetId: AssetId }>(
    // By a range, for the index: everything that begins with the id.
    `SELECT asked.value AS documentId, asset.id AS assetId FROM json_each(?) AS asked
     JOIN asset ON asset.image_data_hash >= asked.value AND asset.image_data_hash < asked.value || 'g'
     WHERE asset.kind = 'video'
     ORDER BY EXISTS (SELECT 1 FROM file WHERE file.asset_id = asset.id AND file.state = 'present'), asset.id DESC`,
    [JSON.stringify([...new Set(wanted)])],
  );
  return new Map(rows.map(({ documentId, assetId }) => [documentId, assetId]));
}
