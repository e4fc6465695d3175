import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react';
import type { Box } from '../../app/contract/places.ts';
import { useTexts } from '../texts/use-texts.ts';
import { dragRegion, handles, moveRegion, pixelsOf, resizeRegion, type Handle } from './region.ts';
import type { Placed, Point, Size } from './zoom.ts';

type RegionFrameProps = {
  readonly region: Box;
  readonly picture: Size;
  readonly placed: Placed;
  /** It is being drawn: the stage has the pointer. */
  readonly isDrawing: boolean;
  readonly onRegion: (region: Box) => void;
};

const steps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -0.01, y: 0 },
  ArrowRight: { x: 0.01, y: 0 },
  ArrowUp: { x: 0, y: -0.01 },
  ArrowDown: { x: 0, y: 0.01 },
};

/** The part that a question is about: dragged as a whole, by a corner or an edge; arrow keys move it, with Shift they resize it. */
export function RegionFrame({ region, picture, placed, isDrawing, onRegion }: RegionFrameProps) {
  const texts = useTexts();
  const drag = useRef<{ readonly start: Point; readonly region: Box; readonly handle: Handle | undefined }>(
    undefined,
  );
  const element = useRef<HTMLDivElement>(null);
  // Who marks a part without a pointer moves it at once; arrow keys would go to the next photo otherwise.
  useEffect(() => {
    if (isDrawing) element.current?.focus({ preventScroll: true });
  }, [isDrawing]);
  const { width, height } = pixelsOf(region, picture);
  const size = texts.ask.regionSize(width, height);
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (isDrawing || event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const handle = handles.find(
      (known) => event.target instanceof HTMLElement && event.target.dataset['handle'] === known,
    );
    drag.current = { start: { x: event.clientX, y: event.clientY }, region, handle };
  };
  const onPointerMove = (event: PointerEvent): void => {
    const { current } = drag;
    if (current === undefined) return;
    event.stopPropagation();
    const by = {
      x: (event.clientX - current.start.x) / placed.width,
      y: (event.clientY - current.start.y) / placed.height,
    };
    onRegion(
      current.handle === undefined
        ? moveRegion(current.region, by)
        : dragRegion(current.region, current.handle, by, picture),
    );
  };
  const onPointerUp = (): void => {
    drag.current = undefined;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onRegion(event.shiftKey ? resizeRegion(region, step, picture) : moveRegion(region, step));
  };
  return (
    // A part is moved with the pointer and the arrow keys, as an application's own control.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- because of that
    <div
      ref={element}
      className="region"
      role="group"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- because of that
      tabIndex={0}
      aria-label={texts.ask.regionLabel(size)}
      data-drawing={isDrawing ? '' : undefined}
      style={{
        left: placed.left + region.x * placed.width,
        top: placed.top + region.y * placed.height,
        width: region.width * placed.width,
        height: region.height * placed.height,
      }}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onKeyDown={onKeyDown}
    >
      <span className="region-size">{size}</span>
      {handles.map((handle) => (
        <span
          key={handle}
          className={`${handle.length === 1 ? 'region-edge' : 'region-corner'} region-${handle}`}
          data-handle={handle}
        />
      ))}
    </div>
  );
}
