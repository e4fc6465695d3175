import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import { rowOf, rowsBetween, type GridLayout } from './layout.ts';
import { mostOffset, toReveal } from './scroll-space.ts';
import { Scroller, type ScrollView } from './scroller.ts';

/** Below the last row, so that what lies over the lower edge hides no photo for good. */
export const bottomRoomPx = 72;

/** What is drawn beyond what is seen, in heights of the view: pictures come and are drawn before they are seen. */
const overdraw = 1.25;
/** The same while nobody can see a photo. */
const overdrawInFlight = 0.25;

export type GridScroll = {
  /** As it was when other rows were to be drawn last: frames that move nothing but the rows that are there draw nothing anew. */
  readonly view: ScrollView;
  /** Tells of every frame that moves. @returns what ends it */
  readonly subscribe: (tell: (view: ScrollView) => void) => () => void;
  readonly scrollTo: (offset: number) => void;
  /** Shows a photo wholly. */
  readonly reveal: (index: number) => void;
  readonly offset: () => number;
  readonly mostOffset: () => number;
};

const still: ScrollView = { offset: 0, viewPx: 0, shiftPx: 0, isFast: false, isMoving: false };

type Shown = { readonly order: GridOrder; readonly layout: GridLayout };

/** A photo, and how far its row is scrolled past, in heights of that row; below 0 for one that lies below the upper edge. */
type Anchor = { readonly id: number; readonly part: number };

/**
 * The photos that are seen, the one at the upper edge first: the first of them that is still there stays where it is when the
 * window, the size of the photos or the order changes.
 */
function anchorsOf({ order, layout }: Shown, offset: number, viewPx: number): Anchor[] {
  const { first, last } = rowsBetween(layout, offset, offset + viewPx);
  const end = layout.firsts[last + 1] ?? order.count;
  const ids = [...order.ids.subarray(layout.firsts[first] ?? 0, end)];
  return ids.map((id, step) => {
    const row = rowOf(layout, (layout.firsts[first] ?? 0) + step);
    return { id, part: (offset - (layout.tops[row] ?? 0)) / Math.max(1, layout.heights[row] ?? 1) };
  });
}

/** `undefined` where none of them is left. */
function offsetOf({ order, layout }: Shown, anchors: readonly Anchor[]): number | undefined {
  for (const { id, part } of anchors) {
    const index = order.ids.indexOf(id);
    if (index === -1) continue;
    const row = rowOf(layout, index);
    return (layout.tops[row] ?? 0) + part * (layout.heights[row] ?? 0);
  }
  return undefined;
}

/** Rows that are drawn for a view. @param beyond what is seen, in heights of the view */
export function drawnRows(
  layout: GridLayout,
  { offset, viewPx, isFast }: ScrollView,
  beyond = isFast ? overdrawInFlight : overdraw,
): { first: number; last: number } {
  const over = viewPx * beyond;
  return rowsBetween(layout, offset - over, offset + viewPx + over);
}

function drawsTheSame(layout: GridLayout, one: ScrollView, other: ScrollView): boolean {
  const [oneRows, otherRows] = [drawnRows(layout, one), drawnRows(layout, other)];
  return (
    one.viewPx === other.viewPx &&
    one.isFast === other.isFast &&
    one.isMoving === other.isMoving &&
    oneRows.first === otherRows.first &&
    oneRows.last === otherRows.last
  );
}

/**
 * Joins an element's scrollbar with a layout. Keeps what is seen in its place while photos come and go.
 *
 * @param identity what the grid shows: with another one (another query or sort), it begins at the top
 * @param remembered where it was when it was shown last
 */
export function useScroller(
  element: RefObject<HTMLElement | null>,
  shown: Shown | undefined,
  viewPx: number,
  identity: string,
  remembered: number,
): GridScroll {
  const scroller = useRef<Scroller>(undefined);
  const last = useRef<{ readonly shown: Shown; readonly identity: string }>(undefined);
  const listeners = useRef(new Set<(view: ScrollView) => void>());
  const now = useRef(still);
  const [view, setView] = useState(still);

  useLayoutEffect(() => {
    if (element.current === null) return undefined;
    let drawn = still;
    const mine = new Scroller(element.current, (next) => {
      now.current = next;
      for (const tell of listeners.current) tell(next);
      const layout = last.current?.shown.layout;
      if (layout !== undefined && drawsTheSame(layout, drawn, next)) return;
      drawn = next;
      setView(next);
    });
    scroller.current = mine;
    return () => {
      mine.close();
      scroller.current = undefined;
      last.current = undefined;
    };
  }, [element]);

  useLayoutEffect(() => {
    const current = scroller.current;
    if (current === undefined || shown === undefined) return;
    const before = last.current;
    last.current = { shown, identity };
    let offset = remembered;
    if (before !== undefined) {
      const isSame = before.identity === identity;
      offset = isSame ? current.offset : 0;
      if (offset > 0 && before.shown !== shown) {
        offset = offsetOf(shown, anchorsOf(before.shown, offset, viewPx)) ?? offset;
      }
    }
    current.resize(shown.layout.heightPx + bottomRoomPx, viewPx, offset);
    // What is remembered counts once, when the grid appears.
    // oxlint-disable-next-line react/exhaustive-deps -- because of that
  }, [shown, viewPx, identity]);

  const scrollTo = useCallback((offset: number) => {
    scroller.current?.scrollTo(offset);
  }, []);
  const reveal = useCallback(
    (index: number) => {
      const current = scroller.current;
      if (current === undefined || shown === undefined) return;
      const { layout } = shown;
      const row = rowOf(layout, index);
      const top = layout.tops[row] ?? 0;
      const above = layout.hasDays[row] === 1 ? layout.sizes.dayPx : 0;
      const offset = toReveal(
        current.space,
        current.offset,
        top - above,
        top + (layout.heights[row] ?? 0),
        8,
      );
      if (offset !== current.offset) current.scrollTo(offset);
    },
    [shown],
  );
  const offset = useCallback(() => scroller.current?.offset ?? 0, []);
  const most = useCallback(
    () => (scroller.current === undefined ? 0 : mostOffset(scroller.current.space)),
    [],
  );
  const subscribe = useCallback((tell: (view: ScrollView) => void) => {
    const { current } = listeners;
    current.add(tell);
    tell(now.current);
    return () => {
      current.delete(tell);
    };
  }, []);
  return { view, subscribe, scrollTo, reveal, offset, mostOffset: most };
}
