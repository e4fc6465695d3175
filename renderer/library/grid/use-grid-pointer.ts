import { useCallback, useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { isMac } from '../../state/platform.ts';
import { setGridState, toggleFolded, useGridState } from '../grid-state.ts';
import { including, isSelected, nothingSelected, type PhotoSelection } from '../selection.ts';
import { withFolded, type FoldedGrid } from './fold.ts';
import { cellIdOf } from './photo-cell.tsx';
import { photosIn, type GridLayout, type Rectangle } from './layout.ts';
import { selectAt } from './use-grid-keys.ts';
import type { GridScroll } from './use-scroller.ts';

/** Less than this is a click. */
const dragPx = 6;
/** Nearer to the edge than this, a drag scrolls. */
const edgePx = 40;

type GridPointer = {
  readonly grid: FoldedGrid;
  readonly layout: GridLayout;
  readonly scroll: GridScroll;
  /** The element whose upper left corner is the grid's at offset 0. */
  readonly rows: RefObject<HTMLElement | null>;
  readonly onOpen: (id: number) => void;
};

type Drag = {
  readonly startX: number;
  readonly startY: number;
  readonly base: PhotoSelection;
  clientX: number;
  clientY: number;
  isDragging: boolean;
  frame: number | undefined;
};

export type GridPointerHandlers = {
  /** What is drawn while a person drags over photos, in the grid. */
  readonly marquee: Rectangle | undefined;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onDoubleClick: (event: MouseEvent) => void;
  readonly onContextMenu: (event: MouseEvent) => void;
};

function photoAt(target: EventTarget | null): number | undefined {
  if (!(target instanceof Element)) return undefined;
  const id = target.closest('[data-photo]')?.getAttribute('data-photo');
  return id === null || id === undefined ? undefined : Number(id);
}

/** Clicks and drags on photos: select, select more, select all in a rectangle, open. */
export function useGridPointer({ grid, layout, scroll, rows, onOpen }: GridPointer): GridPointerHandlers {
  const { order } = grid;
  const [marquee, setMarquee] = useState<Rectangle>();
  const drag = useRef<Drag>(undefined);

  /** A place of the page as one of the grid. */
  const toGrid = useCallback(
    (clientX: number, clientY: number): { x: number; y: number } => {
      const area = rows.current?.closest('[role="grid"]')?.getBoundingClientRect();
      const left = rows.current?.getBoundingClientRect().left ?? 0;
      return { x: clientX - left, y: clientY - (area?.top ?? 0) + scroll.offset() };
    },
    [rows, scroll],
  );

  const follow = (current: Drag): void => {
    const { x, y } = toGrid(current.clientX, current.clientY);
    const rectangle: Rectangle = {
      leftPx: Math.min(x, current.startX),
      rightPx: Math.max(x, current.startX),
      topPx: Math.min(y, current.startY),
      bottomPx: Math.max(y, current.startY),
    };
    setMarquee(rectangle);
    const ids = photosIn(layout, order.aspects, rectangle).flatMap(({ first, end }) => [
      ...order.ids.subarray(first, end),
    ]);
    setGridState({ selection: including(current.base, withFolded(grid, ids), true) });
  };

  const scrollAtEdge = (): void => {
    const current = drag.current;
    if (current === undefined || !current.isDragging) return;
    const area = rows.current?.closest('[role="grid"]')?.getBoundingClientRect();
    if (area !== undefined) {
      const above = area.top + edgePx - current.clientY;
      const below = current.clientY - (area.bottom - edgePx);
      const step = above > 0 ? -above : below > 0 ? below : 0;
      if (step !== 0) {
        scroll.scrollTo(scroll.offset() + step / 2);
        follow(current);
      }
    }
    current.frame = requestAnimationFrame(scrollAtEdge);
  };

  return {
    marquee,
    onPointerDown: (event) => {
      if (event.button !== 0 || event.pointerType === 'touch') return;
      const { x, y } = toGrid(event.clientX, event.clientY);
      const keeps = event.shiftKey || (isMac ? event.metaKey : event.ctrlKey);
      const { selection } = useGridState.getState();
      drag.current = {
        startX: x,
        startY: y,
        base: keeps ? selection : nothingSelected,
        clientX: event.clientX,
        clientY: event.clientY,
        isDragging: false,
        frame: undefined,
      };
    },
    onPointerMove: (event) => {
      const current = drag.current;
      if (current === undefined) return;
      const moved = Math.hypot(event.clientX - current.clientX, event.clientY - current.clientY);
      if (!current.isDragging && moved < dragPx) return;
      current.clientX = event.clientX;
      current.clientY = event.clientY;
      if (!current.isDragging) {
        current.isDragging = true;
        event.currentTarget.setPointerCapture(event.pointerId);
        current.frame = requestAnimationFrame(scrollAtEdge);
      }
      follow(current);
    },
    onPointerUp: (event) => {
      const current = drag.current;
      drag.current = undefined;
      if (current?.frame !== undefined) cancelAnimationFrame(current.frame);
      setMarquee(undefined);
      if (event.button !== 0 || current?.isDragging === true) return;
      const id = photoAt(event.target);
      if (id === undefined) {
        setGridState({ selection: nothingSelected });
        return;
      }
      if (event.target instanceof Element && event.target.closest('[data-fold]') !== null) {
        toggleFolded(order.groups[order.ids.indexOf(id)] ?? 0);
        return;
      }
      const isCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
      const isMore = isCheck || (isMac ? event.metaKey : event.ctrlKey) || event.pointerType === 'touch';
      selectAt(grid, order.ids.indexOf(id), event.shiftKey ? 'from-anchor' : isMore ? 'more' : 'alone');
    },
    onDoubleClick: (event) => {
      const id = photoAt(event.target);
      const isFold = event.target instanceof Element && event.target.closest('[data-fold]') !== null;
      if (id !== undefined && !isFold) onOpen(id);
    },
    onContextMenu: (event) => {
      const { focusId } = useGridState.getState();
      const focused = focusId === null ? null : document.getElementById(cellIdOf(focusId));
      if (event.target === event.currentTarget && event.button !== 2 && focused !== null) {
        // By a key: the menu belongs to the photo that keys act on, not to the middle of the grid.
        event.preventDefault();
        event.stopPropagation();
        const { left, top, width, height } = focused.getBoundingClientRect();
        const [clientX, clientY] = [left + width / 2, top + height / 2];
        focused.dispatchEvent(
          new window.MouseEvent('contextmenu', {
            bubbles: true,
            cancelable: true,
            button: 2,
            clientX,
            clientY,
          }),
        );
        return;
      }
      // The menu is for what is selected; a photo beside it is selected first.
      const id = photoAt(event.target);
      if (id !== undefined && !isSelected(useGridState.getState().selection, id)) {
        selectAt(grid, order.ids.indexOf(id), 'alone');
      }
    },
  };
}
