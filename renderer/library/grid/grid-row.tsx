import { memo } from 'react';
import type { ErrorInfo } from '../../../app/contract/errors.ts';
import type { GridOrder } from '../../../app/contract/grid-order.ts';
import type { Point } from '../../../app/contract/places.ts';
import { formatTime } from '../../texts/format.ts';
import { useLanguage } from '../../texts/use-texts.ts';
import { dayOf, msOfDay } from './calendar.ts';
import { boxesOf, type GridLayout, type PhotoBox } from './layout.ts';
import { cropPosition } from './crop-position.ts';
import { PhotoCell } from './photo-cell.tsx';
import { ownAspect } from './shapes.ts';

type GridRowProps = {
  readonly order: GridOrder;
  /** As in `FoldedGrid`. */
  readonly counts: Uint32Array | undefined;
  readonly layout: GridLayout;
  readonly row: number;
  readonly beginsMonth: boolean;
  /** From the upper edge of the element that holds the rows. */
  readonly topPx: number;
  readonly labels: ReadonlyMap<number, string>;
  readonly focuses: ReadonlyMap<number, Point>;
  readonly failures: ReadonlyMap<number, ErrorInfo>;
  readonly durations: ReadonlyMap<number, number>;
  readonly names: ReadonlyMap<number, string>;
  readonly mayLoad: boolean;
};

/** One row of photos, with the names of the days that begin in it above them. */
export const GridRow = memo(function GridRow({
  order,
  counts,
  layout,
  row,
  beginsMonth,
  topPx,
  labels,
  focuses,
  failures,
  durations,
  names,
  mayLoad,
}: GridRowProps) {
  const language = useLanguage();
  const boxes = boxesOf(layout, order.aspects, row);
  const { dayPx } = layout.sizes;
  return (
    <>
      {layout.hasDays[row] === 1 &&
        beginningDays(order, boxes, beginsMonth).map(({ day, leftPx, widthPx }) => (
          <div
            key={day}
            className="grid-day"
            style={{ left: leftPx, width: widthPx, top: topPx - dayPx, height: dayPx }}
          >
            {formatTime(msOfDay(day), 'weekday', language, 'UTC')}
          </div>
        ))}
      <div
        role="row"
        aria-rowindex={row + 1}
        className="grid-row"
        style={{ top: topPx, height: layout.heights[row] }}
      >
        {boxes.map(({ index, leftPx, widthPx }, column) => {
          const id = order.ids[index] ?? 0;
          return (
            <PhotoCell
              key={id}
              id={id}
              flags={order.flags[index] ?? 0}
              color={order.colors[index] ?? 0}
              version={order.versions[index] ?? 0}
              leftPx={leftPx}
              widthPx={widthPx}
              columnIndex={column + 1}
              label={labels.get(id) ?? ''}
              position={cropPosition(
                focuses.get(id),
                ownAspect(order.aspects, index),
                widthPx / (layout.heights[row] ?? widthPx),
              )}
              failure={failures.get(id)}
              durationMs={durations.get(id)}
              name={names.get(id)}
              mayLoad={mayLoad}
              group={order.groups[index] ?? 0}
              groupCount={counts?.[index] ?? 0}
            />
          );
        })}
      </div>
    </>
  );
});

/** The days that begin in a row, each with room up to the next. */
function beginningDays(
  { minutes }: GridOrder,
  boxes: readonly PhotoBox[],
  beginsMonth: boolean,
): { day: number; leftPx: number; widthPx: number }[] {
  const days: { day: number; leftPx: number; widthPx: number }[] = [];
  for (const { index, leftPx, widthPx } of boxes) {
    const day = dayOf(minutes[index] ?? 0);
    const last = days.at(-1);
    const isNew =
      day !== dayOf(minutes[index - 1] ?? 0) || (beginsMonth && last === undefined) || index === 0;
    if (isNew) days.push({ day, leftPx, widthPx });
    else if (last !== undefined) last.widthPx = leftPx + widthPx - last.leftPx;
  }
  return days;
}
