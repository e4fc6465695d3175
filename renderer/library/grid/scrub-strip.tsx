import { useEffect, useRef, useState } from 'react';
import type { AssetId } from '../../../app/contract/ids.ts';
import { scrubFrames } from '../../../app/contract/models/asset.ts';
import { pictureUrl } from '../../../app/contract/resource-url.ts';
import { link } from '../../engine/link.ts';
import { toClock } from '../../photo/moments.ts';

/** Whoever only passes over a video wants nothing of it. */
const restMs = 150;

type ScrubStripProps = {
  readonly id: number;
  readonly version: number;
  readonly durationMs: number;
  /** Where the pointer came in; see `placeIn`. */
  readonly from: number;
};

/**
 * What a video shows where the pointer is above it: its left edge is the beginning, its right edge the end. Only there while a
 * pointer is; it takes no key, no focus and no click. Until its frames are made the usual picture stays.
 */
export function ScrubStrip({ id, version, durationMs, from }: ScrubStripProps) {
  const layer = useRef<HTMLSpanElement>(null);
  const [address, setAddress] = useState<string>();
  const [place, setPlace] = useState(from);

  useEffect(() => {
    let isShown = true;
    const assetId = id as AssetId; // why: ids of the grid's order are the engine's own
    const load = (): void => {
      const url = pictureUrl('scrub', assetId, version);
      const image = new Image();
      image.addEventListener('load', () => {
        if (isShown) setAddress(url);
      });
      image.src = url;
    };
    const stop = link.on('rendition.made', ({ rendition, assetIds }) => {
      if (rendition === 'scrub' && assetIds.includes(assetId)) load();
    });
    const ask = async (): Promise<void> => {
      try {
        const { made } = await link.call('rendition.want', { rendition: 'scrub', assetIds: [assetId] });
        if (made.length > 0) load();
      } catch {
        // The engine is gone: the picture that is there stays.
      }
    };
    const timer = setTimeout(() => void ask(), restMs);
    return () => {
      isShown = false;
      clearTimeout(timer);
      stop();
    };
  }, [id, version]);

  useEffect(() => {
    const cell = layer.current?.parentElement;
    const follow = ({ clientX }: PointerEvent): void => {
      if (cell !== null && cell !== undefined) setPlace(placeIn(cell, clientX));
    };
    cell?.addEventListener('pointermove', follow);
    return () => {
      cell?.removeEventListener('pointermove', follow);
    };
  }, []);

  const isScrubbing = address !== undefined;
  return (
    <span
      ref={layer}
      className="photo-scrub"
      aria-hidden
      data-frame={isScrubbing ? frameAt(place) : undefined}
    >
      {isScrubbing && (
        <>
          <span
            className="photo-scrub-frame"
            style={{
              backgroundImage: `url("${address}")`,
              backgroundSize: `${String(scrubFrames * 100)}% 100%`,
              backgroundPositionX: `${String((frameAt(place) / (scrubFrames - 1)) * 100)}%`,
            }}
          />
          <span className="photo-scrub-line" style={{ width: `${String(place * 100)}%` }} />
          <span className="photo-scrub-time">{toClock(place * durationMs)}</span>
        </>
      )}
    </span>
  );
}

/** Where in a cell the pointer is: 0 is its left edge, just under 1 its right one. */
export function placeIn(cell: Element, clientX: number): number {
  const { left, width } = cell.getBoundingClientRect();
  return width === 0 ? 0 : Math.min(Math.max((clientX - left) / width, 0), 0.9999);
}

/** Of the strip, at a place from 0 (its left edge) to just under 1. */
export function frameAt(place: number): number {
  return Math.min(scrubFrames - 1, Math.max(0, Math.floor(place * scrubFrames)));
}
