import { useSyncExternalStore } from 'react';
import { gridFlags } from '../../../app/contract/grid-order.ts';
import type { AssetId } from '../../../app/contract/ids.ts';
import { pictureUrl } from '../../../app/contract/resource-url.ts';
import { link } from '../../engine/link.ts';

/**
 * Which picture of a photo can be shown in the grid: what the order said when it was prepared, and what was made or lost
 * since then. What is seen and has none is wished for; the camera's own small picture comes first where there is one.
 */

type Known = 'thumbnail' | 'exif-thumbnail' | 'lost' | 'failed';

const known = new Map<number, Known>();
const listeners = new Set<() => void>();
/** More than a window ever shows; the oldest go first. */
const mostKnown = 20_000;

function learn(assetIds: readonly number[], what: Known): void {
  for (const id of assetIds) {
    if (what === 'exif-thumbnail' && known.get(id) === 'thumbnail') continue;
    known.delete(id);
    known.set(id, what);
  }
  for (const id of known.keys()) {
    if (known.size <= mostKnown) break;
    known.delete(id);
  }
  for (const listener of listeners) listener();
}

link.on('rendition.made', ({ rendition, assetIds }) => {
  if (rendition === 'thumbnail' || rendition === 'exif-thumbnail') learn(assetIds, rendition);
});
link.on('rendition.failed', ({ rendition, assetId }) => {
  if (rendition === 'thumbnail') learn([assetId], 'failed');
});
link.onReconnected(() => {
  known.clear();
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The address of the best picture there is now; `undefined` while there is none. */
export function usePictureOf(id: number, flags: number, version: number): string | undefined {
  const state = useSyncExternalStore(subscribe, () => known.get(id));
  const rendition = state ?? ((flags & gridFlags.thumbnail) === 0 ? undefined : 'thumbnail');
  if (rendition !== 'thumbnail' && rendition !== 'exif-thumbnail') return undefined;
  return pictureUrl(rendition, id as AssetId, version); // why: ids of the grid's order are the engine's own
}

/** A picture that should be there could not be loaded: it is made again when it is seen. */
export function reportLost(id: number): void {
  if (known.get(id) !== 'failed') learn([id], 'lost');
}

function isLacking(id: number, flags: number): boolean {
  const state = known.get(id);
  if (state === undefined) return (flags & gridFlags.thumbnail) === 0;
  return state === 'exif-thumbnail' || state === 'lost';
}

const cannotHave = gridFlags.unsupported | gridFlags.away;

/** Wishes for the pictures of what is seen; an earlier wish is forgotten. Never fails: what could not be asked for stays a colour. */
export async function wantPictures(
  photos: readonly { readonly id: number; readonly flags: number }[],
): Promise<void> {
  const lacking = photos.filter(({ id, flags }) => (flags & cannotHave) === 0 && isLacking(id, flags));
  if (lacking.length === 0) return;
  const assetIds = lacking.slice(0, 500).map(({ id }) => id);
  try {
    const { made, failed } = await link.call('rendition.want', { rendition: 'thumbnail', assetIds });
    if (made.length > 0) learn(made, 'thumbnail');
    const failedIds = failed.map(({ assetId }) => assetId);
    if (failedIds.length > 0) learn(failedIds, 'failed');
  } catch {
    // The engine is gone: when it is back, what is seen is wished for again.
  }
}
