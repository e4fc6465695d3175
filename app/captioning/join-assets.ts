import type { AssetId } from '../contract/ids.ts';
import { getAsset } from '../library/asset-store.ts';
import { assignRoles, chooseKept, findImageDataHash, mergeAssets } from '../library/group-store.ts';
import { rebindStatements, retireStatements, type WriteDb } from './description-store.ts';
import { refreshCurrent } from './current-store.ts';

/** What became of assets that turned out to be one. */
export type JoinedAssets = { readonly kept: AssetId; readonly gone: readonly AssetId[] };

/**
 * Assets that turn out to be one become it. What models said of either picture is said of the shot, and is not asked for
 * again; what they said of the movie of a Live Photo is history. `undefined`: there are none.
 */
export function joinAssets(
  db: WriteDb,
  assetIds: readonly AssetId[],
  nowMs: number,
): JoinedAssets | undefined {
  const kept = chooseKept(db, assetIds);
  if (kept === undefined) return undefined;
  const gone = assetIds.filter((id) => id !== kept);
  for (const id of gone) {
    const hash = findImageDataHash(db, kept);
    if (getAsset(db, id).kind === 'video') retireStatements(db, id, nowMs);
    else if (hash !== null) rebindStatements(db, id, hash);
    mergeAssets(db, kept, id);
    refreshCurrent(db, kept, nowMs);
  }
  assignRoles(db, kept);
  return { kept, gone };
}
