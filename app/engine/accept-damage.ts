import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AssetId } from '../contract/ids.ts';
import type { Selection } from '../contract/procedures/shared.ts';
import { withdrawFailures } from '../jobs/failure-store.ts';
import { acceptDamage } from '../library/damage-store.ts';
import type { EngineParts } from './parts.ts';
import { selectedAssets } from './selection.ts';

const atOnce = 200;

/** A person wants damaged photos described as far as they can be read. Others of the selection stay as they are. */
export async function acceptDamaged(parts: EngineParts, photos: Selection): Promise<{ photos: number }> {
  const context = { read: parts.read, roster: () => parts.desk.roster(), nowMs: parts.clock.now() };
  const ids = await selectedAssets(context, photos);
  let count = 0;
  for (let start = 0; start < ids.length; start += atOnce) {
    const accepted = parts.transact((db) => {
      const page: AssetId[] = ids.slice(start, start + atOnce).filter((id) => acceptDamage(db, id));
      for (const id of page) {
        withdrawFailures(db, id, 'file-damaged');
        parts.indexAsset(db, id);
      }
      return page;
    });
    count += accepted.length;
    if (accepted.length > 0) parts.events.emit('asset.changed', { assetIds: accepted });
    await nextTurn();
  }
  return { photos: count };
}
