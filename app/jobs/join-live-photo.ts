import type { WriteDb } from '../captioning/description-store.ts';
import { joinAssets } from '../captioning/join-assets.ts';
import type { AssetId } from '../contract/ids.ts';
import { listLiveFiles, splitStrangers } from '../library/live-photo-store.ts';
import { pairLivePhotos } from '../library/live-photos.ts';
import type { JobsContext } from './context.ts';
import { takeUpAssets } from './take-up-assets.ts';

/**
 * What an asset's files say of the Live Photos that they belong to has been read: a movie that is another photo's leaves
 * it, and a still and a movie with the same identifier become one, wherever they lie.
 */
export function joinLivePhoto(
  context: Pick<JobsContext, 'clock' | 'enqueue' | 'indexAsset'>,
  db: WriteDb,
  assetId: AssetId,
): void {
  const nowMs = context.clock.now();
  const { identifiers, videos } = splitStrangers(db, assetId, nowMs);
  const gone = new Set<AssetId>();
  for (const identifier of identifiers) {
    for (const { still, movie } of pairLivePhotos(listLiveFiles(db, identifier))) {
      const joined = joinAssets(db, [still.assetId, movie.assetId], nowMs);
      for (const id of joined?.gone ?? []) gone.add(id);
      if (joined !== undefined) context.indexAsset(db, joined.kept);
    }
  }
  for (const id of gone) context.indexAsset(db, id);
  const left = videos.filter((id) => !gone.has(id));
  takeUpAssets(context, db, left);
}
