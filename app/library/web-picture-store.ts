import type { AssetId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/** Where a picture was fetched from: by the path of its file, from the folder of such pictures. */
export function keepWebAddress(db: WriteDb, relativePath: string, address: string, nowMs: number): void {
  db.run(
    `INSERT INTO web_picture (relative_path, address, fetched_at_ms) VALUES (@relativePath, @address, @nowMs)
     ON CONFLICT (relative_path) DO UPDATE SET address = @address, fetched_at_ms = @nowMs`,
    { relativePath, address, nowMs },
  );
}

/** A picture that was fetched, as its address gives it. */
export type FetchedFile = {
  readonly address: string;
  readonly format: string | null;
  /** Exif 1–8. */
  readonly orientation: number | null;
  readonly frameCount: number | null;
  readonly sizeBytes: number;
};

/** `undefined` for a photo that was not fetched, or is not there any more. */
export function findFetchedFile(db: ReadDb, assetId: AssetId, webFolder: string): FetchedFile | undefined {
  return db.get<FetchedFile>(
    `SELECT address, asset.format, asset.orientation, asset.frame_count AS frameCount, file.size_bytes AS sizeBytes
     FROM file JOIN root ON root.id = file.root_id JOIN web_picture USING (relative_path) JOIN asset ON asset.id = file.asset_id
     WHERE file.asset_id = ? AND root.path = ? AND file.state = 'present'`,
    [assetId, webFolder],
  );
}

/** Where each picture that was fetched and is there is from. */
export function listWebAddresses(db: ReadDb, webFolder: string): { assetId: AssetId; address: string }[] {
  return db.all<{ assetId: AssetId; address: string }>(
    `SELECT file.asset_id AS assetId, address FROM root JOIN file ON file.root_id = root.id JOIN web_picture USING (relative_path)
     WHERE root.path = ? AND file.state = 'present' AND file.asset_id IS NOT NULL`,
    [webFolder],
  );
}

/** `undefined` for a photo that was not fetched. */
export function findWebAddress(db: ReadDb, assetId: AssetId, webFolder: string): string | undefined {
  return db.get<{ address: string }>(
    `SELECT address FROM file JOIN root ON root.id = file.root_id JOIN web_picture USING (relative_path)
     WHERE file.asset_id = ? AND root.path = ?`,
    [assetId, webFolder],
  )?.address;
}
