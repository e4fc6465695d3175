import type { WriteDb } from '../captioning/description-store.ts';
import type { AssetId } from '../contract/ids.ts';
import { getAsset, ingestKey } from '../library/asset-store.ts';
import type { JobsContext } from './context.ts';
import { ingestLane } from './lanes.ts';

/** What turned out to be a photo or a video of its own is searched as one, and read. */
export function takeUpAssets(
  context: Pick<JobsContext, 'enqueue' | 'indexAsset'>,
  db: WriteDb,
  assetIds: readonly AssetId[],
): void {
  for (const id of assetIds) context.indexAsset(db, id);
  context.enqueue(
    db,
    assetIds
      .filter((id) => getAsset(db, id).state === 'found')
      .map((id) => ({
        kind: 'ingest-file',
        lane: ingestLane,
        payload: { assetId: id },
        dedupeKey: ingestKey(id),
      })),
  );
}
