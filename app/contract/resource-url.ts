import type { AssetId } from './ids.ts';

/**
 * Where a page finds bytes. They do not travel in messages: a page of either host asks for them beside itself, by an
 * address that is made of ids and names alone. Relative, so that it is the same in the desktop window (`app://`) and under
 * a browser's key.
 */

/**
 * A rendition of a photo, by its kind (`thumbnail` …).
 *
 * @param version changes when the rendition does: kept answers are never asked for again
 */
export function pictureUrl(rendition: string, assetId: AssetId, version: number | string): string {
  return `photo/${rendition}/${String(assetId)}?v=${encodeURIComponent(version)}`;
}

/** A small binary resource that the engine wrote, by the name that it gave. */
export function dataUrl(name: string): string {
  return `data/${encodeURIComponent(name)}`;
}

/** A video that is played, by the name that the engine gave for it. */
export function videoUrl(name: string): string {
  return `video/${encodeURIComponent(name)}`;
}
