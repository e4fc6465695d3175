import { memo, useCallback, useState } from 'react';
import type { ErrorInfo } from '../../../app/contract/errors.ts';
import { colorOf, gridFlags } from '../../../app/contract/grid-order.ts';
import { useGridState } from '../grid-state.ts';
import { isSelected } from '../selection.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { isGroupFolded } from './fold.ts';
import { PhotoBadges } from './photo-badges.tsx';
import { reportLost, usePictureOf } from './pictures.ts';
import { placeIn, ScrubStrip } from './scrub-strip.tsx';
import { fileTrouble } from './signs-of.ts';

type PhotoCellProps = {
  readonly id: number;
  readonly flags: number;
  readonly color: number;
  readonly version: number;
  readonly leftPx: number;
  readonly widthPx: number;
  readonly columnIndex: number;
  /** Caption or file name, and date. */
  readonly label: string;
  /** Of its file, once it is known: what will never have a picture shows it. */
  readonly name: string | undefined;
  /** Where its picture is cut, where it is; see `cropPosition`. */
  readonly position: string | undefined;
  /** Why it has failed. */
  readonly failure: ErrorInfo | undefined;
  /** Of a video, once it is known. */
  readonly durationMs: number | undefined;
  /** False while the grid flies past: then only what is loaded already is shown. */
  readonly mayLoad: boolean;
  /** As in the grid's order. */
  readonly group: number;
  /** Photos that belong together, of which this is the first; 0 where it is not. */
  readonly groupCount: number;
};

/** How the id of a cell's element is made; the grid names the focused one by it. */
export function cellIdOf(id: number): string {
  return `photo-${String(id)}`;
}

/** One photo of the grid: its own colour until its picture is there. */
export const PhotoCell = memo(function PhotoCell(props: PhotoCellProps) {
  const {
    id,
    flags,
    color,
    version,
    leftPx,
    widthPx,
    columnIndex,
    label,
    name,
    position,
    failure,
    durationMs,
    mayLoad,
    group,
    groupCount,
  } = props;
  const texts = useTexts();
  const selected = useGridState(({ selection }) => isSelected(selection, id));
  const isFocused = useGridState(({ focusId }) => focusId === id);
  const isFolded = useGridState(({ folding }) => groupCount > 0 && isGroupFolded(folding, group));
  const hasGroup = groupCount > 0;
  /** Where the pointer came in, while it is above a video. */
  const [pointedFrom, setPointedFrom] = useState<number>();
  return (
    <div
      id={cellIdOf(id)}
      role="gridcell"
      aria-selected={selected}
      aria-colindex={columnIndex}
      aria-label={hasGroup ? `${label}, ${texts.library.groupOf(groupCount, isFolded)}` : label}
      className="photo-cell"
      data-photo={id}
      data-focused={isFocused ? '' : undefined}
      style={{ left: leftPx, width: widthPx, backgroundColor: colorOf(color) }}
      onPointerEnter={
        durationMs === undefined
          ? undefined
          : ({ pointerType, currentTarget, clientX }) => {
              const scrubs = pointerType === 'mouse' && !prefersStillness();
              setPointedFrom(scrubs ? placeIn(currentTarget, clientX) : undefined);
            }
      }
      onPointerLeave={
        durationMs === undefined
          ? undefined
          : () => {
              setPointedFrom(undefined);
            }
      }
    >
      <Picture id={id} flags={flags} version={version} name={name} position={position} mayLoad={mayLoad} />
      {pointedFrom !== undefined && durationMs !== undefined && (
        <ScrubStrip id={id} version={version} durationMs={durationMs} from={pointedFrom} />
      )}
      <span className="photo-check" data-check="" />
      {hasGroup && (
        <span
          className="photo-group"
          data-fold=""
          data-folded={isFolded ? '' : undefined}
          title={isFolded ? texts.library.unfoldGroup(groupCount) : texts.library.foldGroup(groupCount)}
        >
          <span className="photo-sign photo-sign-burst" />
          {groupCount}
        </span>
      )}
      <PhotoBadges
        flags={hasGroup ? flags & ~gridFlags.burst : flags}
        failure={failure}
        durationMs={durationMs}
        isNarrow={widthPx < 90}
      />
    </div>
  );
});

/** A person's own wish, which the system keeps: nothing shall move that need not. */
function prefersStillness(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

type PictureProps = Pick<PhotoCellProps, 'id' | 'flags' | 'version' | 'name' | 'position' | 'mayLoad'>;

function Picture({ id, flags, version, name, position, mayLoad }: PictureProps) {
  const address = usePictureOf(id, flags, version);
  const [mayStart, setMayStart] = useState(mayLoad);
  if (mayLoad && !mayStart) setMayStart(true);
  if (address === undefined) {
    return (flags & fileTrouble) === 0 ? null : (
      <span className="photo-name" aria-hidden>
        {name}
      </span>
    );
  }
  return mayStart ? <LoadedImage key={address} id={id} address={address} position={position} /> : null;
}

/** What comes within this time appears at once: fading in is for what was waited for, and costs a layer of its own. */
const soonMs = 150;

type LoadedImageProps = Pick<PictureProps, 'id' | 'position'> & { readonly address: string };

/**
 * Decoded beside the page's own work; called off when it is scrolled away before it has come. That it has come is no state:
 * while the grid scrolls, pictures come by the dozen, and each would be a rendering of its own.
 */
function LoadedImage({ id, address, position }: LoadedImageProps) {
  const start = useCallback(
    (image: HTMLImageElement) => {
      const askedAtMs = performance.now();
      image.addEventListener('load', () => {
        image.dataset['loaded'] = performance.now() - askedAtMs < soonMs ? 'soon' : 'late';
      });
      image.addEventListener('error', () => {
        reportLost(id);
      });
      image.src = address;
      return () => {
        image.removeAttribute('src');
      };
    },
    [id, address],
  );
  return (
    <img
      ref={start}
      alt=""
      decoding="async"
      draggable={false}
      className="photo-image"
      style={position === undefined ? undefined : { objectPosition: position }}
    />
  );
}
