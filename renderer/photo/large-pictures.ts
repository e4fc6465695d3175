import { useEffect, useSyncExternalStore } from 'react';
import type { ErrorInfo } from '../../app/contract/errors.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import { pictureUrl } from '../../app/contract/resource-url.ts';
import { link } from '../engine/link.ts';

/** Previews and full pictures, made when somebody looks: which are there, and which cannot be made and why. */

export type LargeKind = 'preview' | 'full';
type Known = 'made' | ErrorInfo;

const known = new Map<string, Known>();
const listeners = new Set<() => void>();
/** More than anybody goes back to; the engine is asked again about the others. */
const mostKnown = 500;

function keyOf(kind: LargeKind, id: number): string {
  return `${kind} ${String(id)}`;
}

function learn(key: string, what: Known | undefined): void {
  known.delete(key);
  if (what !== undefined) known.set(key, what);
  for (const old of known.keys()) {
    if (known.size <= mostKnown) break;
    known.delete(old);
  }
  for (const listener of listeners) listener();
}

link.on('rendition.made', ({ rendition, assetIds }) => {
  if (rendition !== 'preview' && rendition !== 'full') return;
  for (const id of assetIds) learn(keyOf(rendition, id), 'made');
});
link.on('rendition.failed', ({ rendition, assetId, error }) => {
  if (rendition === 'preview' || rendition === 'full') learn(keyOf(rendition, assetId), error);
});
link.on('asset.changed', ({ assetIds }) => {
  for (const id of assetIds) {
    learn(keyOf('preview', id), undefined);
    learn(keyOf('full', id), undefined);
  }
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

async function want(rendition: LargeKind, assetIds: number[]): Promise<void> {
  try {
    const { made, failed } = await link.call('rendition.want', { rendition, assetIds });
    for (const id of made) learn(keyOf(rendition, id), 'made');
    for (const { assetId, error } of failed) learn(keyOf(rendition, assetId), error);
  } catch {
    // The engine is gone, which the window says; looked at again, it is wished for again.
  }
}

export type LargePicture = { readonly address: string | undefined; readonly error: ErrorInfo | undefined };

/**
 * A large picture of a photo, wished for while it is shown.
 *
 * @param neighbors are made and loaded next
 */
export function useLargePicture(
  kind: LargeKind,
  id: number,
  version: number,
  isWanted: boolean,
  neighbors: readonly number[] = [],
): LargePicture {
  const state = useSyncExternalStore(subscribe, () => known.get(keyOf(kind, id)));
  const wanted = [id, ...neighbors].join(' ');
  useEffect(() => {
    if (isWanted) void want(kind, wanted.split(' ').map(Number));
  }, [kind, isWanted, wanted]);
  if (state === undefined || !isWanted) return { address: undefined, error: undefined };
  return state === 'made'
    ? { address: largeAddress(kind, id, version), error: undefined }
    : { address: undefined, error: state };
}

function largeAddress(kind: LargeKind, id: number, version: number): string {
  return pictureUrl(kind, id as AssetId, version); // why: ids of the grid's order and of the address are the engine's own
}

/** A picture that should be there could not be loaded: space was short. It is made again. */
export function reportLargeLost(kind: LargeKind, id: number): void {
  learn(keyOf(kind, id), undefined);
  void want(kind, [id]);
}

/** Has the browser fetch the preview of a photo that is likely to be next, as soon as it has been made. */
export function useLoadedAhead(id: number | undefined, version: number): void {
  const isMade = useSyncExternalStore(subscribe, () => known.get(keyOf('preview', id ?? 0)) === 'made');
  useEffect(() => {
    if (id === undefined || !isMade) return undefined;
    const image = new Image();
    image.src = largeAddress('preview', id, version);
    return () => {
      image.removeAttribute('src');
    };
  }, [id, version, isMade]);
}
