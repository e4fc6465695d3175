import { useCallback, type KeyboardEvent } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { isMac } from '../../state/platform.ts';
import { setGridState, useGridState } from '../grid-state.ts';
import { including, isSelected, nothingSelected } from '../selection.ts';
import { withFolded, type FoldedGrid } from './fold.ts';
import { neighborOf, rowAt, type Direction, type GridLayout } from './layout.ts';
import type { GridScroll } from './use-scroller.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Ids from one photo to another, both included, in either direction. */
export function idsBetween({ ids }: GridOrder, one: number, other: number): Uint32Array {
  return ids.subarray(Math.min(one, other), Math.max(one, other) + 1);
}

/** Selects as a click or a key on a photo does: alone, more (Ctrl, ⌘), or all from the anchor on (Shift). */
export function selectAt(grid: FoldedGrid, index: number, how: 'alone' | 'more' | 'from-anchor'): void {
  const { order } = grid;
  const id = order.ids[index];
  if (id === undefined) return;
  const { selection, anchorId } = useGridState.getState();
  const anchor = how === 'from-anchor' && anchorId !== null ? order.ids.indexOf(anchorId) : -1;
  if (anchor !== -1) {
    const ids = withFolded(grid, idsBetween(order, anchor, index));
    setGridState({ selection: including(nothingSelected, ids, true), focusId: id });
    return;
  }
  const isMore = how === 'more';
  setGridState({
    selection: including(
      isMore ? selection : nothingSelected,
      withFolded(grid, [id]),
      !isMore || !isSelected(selection, id),
    ),
    focusId: id,
    anchorId: id,
  });
}

type GridKeys = {
  readonly grid: FoldedGrid;
  readonly layout: GridLayout;
  readonly scroll: GridScroll;
  readonly onOpen: (id: number) => void;
};

/**
 * Keys while the grid has the focus, as in a file manager: arrows, Home, End, Page Up and Down move and select; with Shift
 * they select all up to there, with Ctrl or ⌘ they only move. Space selects or deselects, Enter opens.
 */
export function useGridKeys({ grid, layout, scroll, onOpen }: GridKeys): (event: KeyboardEvent) => void {
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || layout.count === 0) return;
      const { order } = grid;
      const isControl = isMac ? event.metaKey : event.ctrlKey;
      const { focusId } = useGridState.getState();
      const found = focusId === null ? -1 : order.ids.indexOf(focusId);
      const index = found === -1 ? (layout.firsts[rowAt(layout, scroll.offset())] ?? 0) : found;
      if (event.key === ' ' && !isControl && !event.shiftKey) {
        selectAt(grid, index, 'more');
      } else if (event.key === 'Enter' && !isControl) {
        onOpen(order.ids[index] ?? 0);
      } else {
        const target = targetOf(event.key, index, found === -1, layout, order, scroll.view.viewPx);
        if (target === undefined) return;
        const how = event.shiftKey ? 'from-anchor' : 'alone';
        const onlyMoves = isControl && !event.shiftKey && event.key.startsWith('Arrow');
        if (onlyMoves) setGridState({ focusId: order.ids[target] ?? null });
        else selectAt(grid, target, how);
        scroll.reveal(target);
      }
      event.preventDefault();
    },
    [grid, layout, scroll, onOpen],
  );
}

/** Where a key goes; the first photo that is seen when none had the focus. */
function targetOf(
  key: string,
  index: number,
  isFirst: boolean,
  layout: GridLayout,
  { aspects }: GridOrder,
  viewPx: number,
): number | undefined {
  const rowsOfPage = Math.max(1, Math.floor(viewPx / layout.sizes.rowHeightPx));
  switch (key) {
    case 'Home':
      return 0;
    case 'End':
      return layout.count - 1;
    case 'PageUp':
      return neighborOf(layout, aspects, index, 'up', rowsOfPage);
    case 'PageDown':
      return neighborOf(layout, aspects, index, 'down', rowsOfPage);
    default: {
      const direction = directions[key];
      if (direction === undefined) return undefined;
      return isFirst ? index : neighborOf(layout, aspects, index, direction);
    }
  }
}
