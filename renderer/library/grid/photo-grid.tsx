import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { formatTime } from '../../texts/format.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { useGridState } from '../grid-state.ts';
import { msOfMonth } from './calendar.ts';
import { countWithFolded, type FoldedGrid } from './fold.ts';
import { GridRow } from './grid-row.tsx';
import { layOut, type GridLayout } from './layout.ts';
import { cellIdOf } from './photo-cell.tsx';
import { wantPictures } from './pictures.ts';
import { mostScrollPx } from './scroll-space.ts';
import { Timeline } from './timeline-strip.tsx';
import { useGridKeys } from './use-grid-keys.ts';
import { useGridPointer } from './use-grid-pointer.ts';
import { useDurations } from './use-durations.ts';
import { useNames } from './use-names.ts';
import { useFailures } from './use-failures.ts';
import { useFocuses } from './use-focuses.ts';
import { useLabels } from './use-labels.ts';
import { useListed } from './use-listed.ts';
import { useRested } from './use-rested.ts';
import { bottomRoomPx, drawnRows, useScroller } from './use-scroller.ts';
import { useSize } from './use-size.ts';
import './grid.css';

type PhotoGridProps = {
  readonly grid: FoldedGrid;
  /** What was asked for last is on its way. */
  readonly isOld: boolean;
  /** What it shows, as one text: another one begins at the top. */
  readonly identity: string;
  readonly isByDate: boolean;
  readonly rowHeightPx: number;
  /** Of the text, 1 as usual. */
  readonly textScale: number;
  readonly onOpen: (id: number) => void;
};

/** Where each grid was, so that going back to it shows the same photos. */
const remembered = new Map<string, number>();

const gapPx = 4;
/** Room at the left and, for the timeline, at the right. */
const sidePx = 12;
const timelinePx = 56;
const rowsOfBase = 256;
/** Who types on does so within this time. */
const restMs = 150;
/** A month with less room than this, in pixels, shows its name alone. */
const roomForCount = 260;

export function PhotoGrid(props: PhotoGridProps) {
  const { grid, isOld, identity, isByDate, rowHeightPx, textScale, onOpen } = props;
  const { order, counts } = grid;
  const texts = useTexts();
  const language = useLanguage();
  const element = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const rightPx = isByDate ? Math.round(timelinePx * textScale) : sidePx;
  const widthPx = size === undefined ? 0 : size.widthPx - sidePx - rightPx;
  const layout = useMemo(
    () =>
      layOut(
        order,
        {
          widthPx: Math.max(widthPx, 100),
          rowHeightPx,
          gapPx,
          monthPx: Math.round(44 * textScale),
          monthWidthPx: Math.round(168 * textScale),
          dayPx: Math.round(24 * textScale),
        },
        isByDate,
      ),
    [order, widthPx, rowHeightPx, textScale, isByDate],
  );
  const shown = useMemo(() => (widthPx > 0 ? { order, layout } : undefined), [order, layout, widthPx]);
  const scroll = useScroller(element, shown, size?.heightPx ?? 0, identity, remembered.get(identity) ?? 0);
  const { view, subscribe } = scroll;
  const onKeyDown = useGridKeys({ grid, layout, scroll, onOpen });
  const pointer = useGridPointer({ grid, layout, scroll, rows, onOpen });
  const focusId = useGridState((state) => state.focusId);
  const folding = useGridState((state) => state.folding);

  // Who types sees each answer for a moment: what is beyond the window is not drawn before they have stopped.
  const isResting = useRested(identity, restMs);
  const drawn = isResting || view.isMoving ? drawnRows(layout, view) : drawnRows(layout, view, 0);
  const isMeasured = shown !== undefined && view.viewPx > 0;
  const firstRow = isMeasured ? drawn.first : 0;
  const lastRow = isMeasured ? drawn.last : -1;
  const settled = useSettled({ order, layout }, firstRow, lastRow, view.isMoving || !isResting);
  const listed = useListed(settled.order, settled.indexes);
  const labels = useLabels(settled.order, settled.indexes, listed);
  const focuses = useFocuses(listed);
  const failures = useFailures(listed);
  const durations = useDurations(listed);
  const names = useNames(listed);
  useWishes(settled.order, settled.indexes);
  useReturn(element, order, scroll.reveal, isMeasured);
  const rowNumbers = Array.from(
    { length: Math.max(0, lastRow - firstRow + 1) },
    (_, step) => firstRow + step,
  );
  const months = layout.months.filter((month) => month.firstRow >= firstRow && month.firstRow <= lastRow);
  // Places of rows count from one that changes seldom, so that rows which stay are not drawn anew.
  const baseTopPx = layout.tops[firstRow - (firstRow % rowsOfBase)] ?? 0;
  useLayoutEffect(
    () =>
      subscribe(({ offset, viewPx, shiftPx }) => {
        if (viewPx > 0) remembered.set(identity, offset);
        if (rows.current !== null) place(rows.current, baseTopPx, shiftPx);
      }),
    [identity, baseTopPx, subscribe],
  );
  const isFocusDrawn =
    focusId !== null &&
    order.ids.subarray(layout.firsts[firstRow], layout.firsts[lastRow + 1]).includes(focusId);
  return (
    <>
      <div
        ref={element}
        className={isByDate ? 'grid grid-by-date' : 'grid'}
        role="grid"
        tabIndex={0}
        aria-label={texts.library.gridLabel(texts.common.photos(order.count))}
        aria-multiselectable
        aria-busy={isOld}
        aria-rowcount={layout.rowCount}
        aria-activedescendant={isFocusDrawn ? cellIdOf(focusId) : undefined}
        onKeyDown={onKeyDown}
        onPointerDown={pointer.onPointerDown}
        onPointerMove={pointer.onPointerMove}
        onPointerUp={pointer.onPointerUp}
        onDoubleClick={pointer.onDoubleClick}
        onContextMenu={pointer.onContextMenu}
      >
        <div
          className="grid-space"
          role="presentation"
          style={{ height: Math.min(layout.heightPx + bottomRoomPx, mostScrollPx) }}
        >
          <div ref={rows} className="grid-rows" role="rowgroup" style={{ width: widthPx }}>
            {/* Read aloud as part of each photo's date: a grid holds nothing but rows. */}
            {months.map(({ month, first, topPx, leftPx, widthPx: monthWidthPx, photos }) => (
              <div
                key={first}
                aria-hidden
                className="grid-month"
                style={{
                  top: topPx - baseTopPx,
                  left: leftPx,
                  width: monthWidthPx,
                  height: layout.sizes.monthPx,
                }}
              >
                {formatTime(msOfMonth(month), 'month', language, 'UTC')}
                {monthWidthPx >= roomForCount * textScale && (
                  <span className="grid-month-count">
                    {texts.common.photos(countWithFolded(grid, folding, first, photos))}
                  </span>
                )}
              </div>
            ))}
            {rowNumbers.map((row) => (
              <GridRow
                key={row}
                order={order}
                counts={counts}
                layout={layout}
                row={row}
                beginsMonth={months.some((month) => month.firstRow === row)}
                topPx={(layout.tops[row] ?? 0) - baseTopPx}
                labels={labels}
                focuses={focuses}
                failures={failures}
                durations={durations}
                names={names}
                mayLoad={!view.isFast}
              />
            ))}
            {pointer.marquee !== undefined && (
              <div
                className="grid-marquee"
                style={{
                  left: pointer.marquee.leftPx,
                  top: pointer.marquee.topPx - baseTopPx,
                  width: pointer.marquee.rightPx - pointer.marquee.leftPx,
                  height: pointer.marquee.bottomPx - pointer.marquee.topPx,
                }}
              />
            )}
          </div>
        </div>
      </div>
      {isByDate && <Timeline layout={layout} scroll={scroll} />}
    </>
  );
}

/** Where scroll space is scaled, rows lie deeper than a browser can lay out: they are moved there whole, in each frame. */
function place(rows: HTMLElement, topPx: number, shiftPx: number): void {
  const isShifted = shiftPx !== 0;
  rows.toggleAttribute('data-shifted', isShifted);
  rows.style.top = isShifted ? '0' : `${String(topPx)}px`;
  rows.style.translate = isShifted ? `0 ${String(topPx + shiftPx)}px` : '';
}

type Settled = { readonly order: GridOrder; readonly indexes: readonly number[] };

/** The photos that are drawn, once the grid is still; the ones before, in their order, until then. */
function useSettled(
  { order, layout }: { readonly order: GridOrder; readonly layout: GridLayout },
  firstRow: number,
  lastRow: number,
  isUnsettled: boolean,
): Settled {
  const first = layout.firsts[firstRow] ?? 0;
  const end = layout.firsts[lastRow + 1] ?? first;
  const [settled, setSettled] = useState({ order, first: 0, end: 0 });
  const isSame = settled.order === order && settled.first === first && settled.end === end;
  if (!isUnsettled && !isSame) setSettled({ order, first, end });
  return useMemo(
    () => ({
      order: settled.order,
      indexes: Array.from({ length: settled.end - settled.first }, (_, step) => settled.first + step),
    }),
    [settled],
  );
}

/**
 * Who comes back from a photo goes on from there: the photo that was seen last is in sight, and keys act on it. A field that
 * is written in keeps the keyboard.
 */
function useReturn(
  element: RefObject<HTMLElement | null>,
  order: GridOrder,
  reveal: (index: number) => void,
  isMeasured: boolean,
): void {
  const isDone = useRef(false);
  useEffect(() => {
    if (!isMeasured || isDone.current) return;
    isDone.current = true;
    const { focusId } = useGridState.getState();
    const index = focusId === null ? -1 : order.ids.indexOf(focusId);
    if (index === -1) return;
    reveal(index);
    if (document.activeElement === null || document.activeElement === document.body) {
      element.current?.focus({ preventScroll: true });
    }
  }, [element, order, reveal, isMeasured]);
}

/** Soon after they come into sight, photos without a picture are wished for. */
const wishMs = 80;

function useWishes(order: GridOrder, indexes: readonly number[]): void {
  useEffect(() => {
    const timer = setTimeout(() => {
      void wantPictures(
        indexes.map((index) => ({ id: order.ids[index] ?? 0, flags: order.flags[index] ?? 0 })),
      );
    }, wishMs);
    return () => {
      clearTimeout(timer);
    };
  }, [order, indexes]);
}
