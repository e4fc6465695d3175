import {
  memo,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type PointerEvent,
} from 'react';
import { formatTime } from '../../texts/format.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';
import { msOfMonth } from './calendar.ts';
import { monthAt, monthBeside, type GridLayout, type GridMonth } from './layout.ts';
import { marksOf } from './timeline.ts';
import type { GridScroll } from './use-scroller.ts';
import { useSize } from './use-size.ts';
import './timeline-strip.css';

/** How far below the upper edge of the strip the pointer is. */
function placeOf(event: PointerEvent<HTMLElement>): number {
  return event.clientY - event.currentTarget.getBoundingClientRect().top;
}

/** All of the grid as a strip at its right edge: click or drag to a month. In place of the scrollbar. */
export function Timeline({ layout, scroll }: { readonly layout: GridLayout; readonly scroll: GridScroll }) {
  const texts = useTexts();
  const language = useLanguage();
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const heightPx = size?.heightPx ?? 0;
  const [pointerY, setPointerY] = useState<number>();
  const [isDragging, setIsDragging] = useState(false);
  const textOf = (month: GridMonth | undefined): string =>
    month === undefined ? '' : formatTime(msOfMonth(month.month), 'month', language, 'UTC');
  const offsetAt = (y: number): number =>
    (Math.min(Math.max(0, y), heightPx) / Math.max(1, heightPx)) * layout.heightPx;
  // Of the frames that move, few render anything here.
  const { subscribe, offset } = scroll;
  const currentY = useSyncExternalStore(subscribe, () =>
    isDragging ? placeIn(layout, heightPx, offset()) : 0,
  );
  const percent = useSyncExternalStore(subscribe, () =>
    Math.round((offset() / Math.max(1, scroll.mostOffset())) * 100),
  );
  const currentMonth = useSyncExternalStore(subscribe, () => monthAt(layout, offset() + 1));
  const current = textOf(currentMonth);
  const bubbleY = isDragging ? currentY : pointerY;
  const bubble = isDragging
    ? current
    : pointerY === undefined
      ? undefined
      : textOf(monthAt(layout, offsetAt(pointerY)));

  const goToMonth = (step: number): void => {
    const month = monthAt(layout, offset() + 1);
    if (month !== undefined) scroll.scrollTo(monthBeside(layout, month, step).topPx);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -12, PageDown: 12 }[event.key];
    if (step !== undefined) goToMonth(step);
    else if (event.key === 'Home') scroll.scrollTo(0);
    else if (event.key === 'End') scroll.scrollTo(scroll.mostOffset());
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={element}
      className="timeline"
      data-dragging={isDragging ? '' : undefined}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={texts.library.timeline}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={current}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsDragging(true);
        scroll.scrollTo(offsetAt(placeOf(event)));
      }}
      onPointerMove={(event) => {
        const y = placeOf(event);
        setPointerY(y);
        if (isDragging) scroll.scrollTo(offsetAt(y));
      }}
      onPointerUp={() => {
        setIsDragging(false);
      }}
      onPointerLeave={() => {
        setPointerY(undefined);
      }}
    >
      <Marks layout={layout} heightPx={heightPx} />
      <Here layout={layout} heightPx={heightPx} subscribe={subscribe} />
      {bubble !== undefined && bubbleY !== undefined && (
        <span
          className="timeline-bubble"
          style={{ top: Math.min(Math.max(14, bubbleY), Math.max(14, heightPx - 14)) }}
        >
          {bubble}
        </span>
      )}
    </div>
  );
}

/** Where in a strip of a height a place of the grid is, in whole pixels. */
function placeIn(layout: GridLayout, heightPx: number, offset: number): number {
  return layout.heightPx === 0 ? 0 : Math.round((offset / layout.heightPx) * heightPx);
}

type HereProps = {
  readonly layout: GridLayout;
  readonly heightPx: number;
  readonly subscribe: GridScroll['subscribe'];
};

/** A layer of its own that is moved and never drawn anew: in a small library it moves in every other frame. */
function Here({ layout, heightPx, subscribe }: HereProps) {
  const element = useRef<HTMLSpanElement>(null);
  useLayoutEffect(
    () =>
      subscribe(({ offset }) => {
        const y = Math.min(placeIn(layout, heightPx, offset), Math.max(0, heightPx - 2));
        if (element.current !== null) element.current.style.translate = `0 ${String(y)}px`;
      }),
    [layout, heightPx, subscribe],
  );
  return <span ref={element} className="timeline-here" />;
}

type MarksProps = { readonly layout: GridLayout; readonly heightPx: number };

/** Apart from the rest, which changes with each movement. */
const Marks = memo(function Marks({ layout, heightPx }: MarksProps) {
  const language = useLanguage();
  return marksOf(layout, heightPx, { yearPx: 22, monthPx: 7 }).map(({ kind, month, yPx }) =>
    kind === 'year' ? (
      <span key={month.month} className="timeline-year" style={{ top: yPx }}>
        {formatTime(msOfMonth(month.month), 'year', language, 'UTC')}
      </span>
    ) : (
      <span key={month.month} className="timeline-tick" style={{ top: yPx }} />
    ),
  );
});
