import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { useSize } from '../library/grid/use-size.ts';
import type { LargeKind } from './large-pictures.ts';
import { reportLargeLost } from './large-pictures.ts';
import {
  panBy,
  placeOf,
  wholePicture,
  zoomTo,
  type Placed,
  type Point,
  type Size,
  type Zoom,
} from './zoom.ts';

/** One address after the other, each sharper than the one before. */
export type Layer = { readonly kind: 'thumbnail' | LargeKind; readonly address: string };

type StageProps = {
  readonly id: number;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  readonly picture: Size;
  readonly layers: readonly Layer[];
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  /** The size of the stage, whenever it changes. */
  readonly onSize: (size: Size) => void;
  /** A drag marks a part instead of moving the picture. */
  readonly onMark: ((from: Point, to: Point) => void) | undefined;
  /** The drag that marks a part has ended. */
  readonly onMarked: () => void;
  /** Over the picture. */
  readonly children: (placed: Placed) => ReactNode;
};

const wheelStep = 1.0018;

/** The picture, as large as a person wants it: wheel, pinch and double click zoom, a drag moves. */
export function Stage(props: StageProps) {
  const { id, label, picture, layers, zoom, onZoom, onSize, onMark, onMarked, children } = props;
  const element = useRef<HTMLDivElement>(null);
  const size = useSize(element);
  const stage = size === undefined ? undefined : { width: size.widthPx, height: size.heightPx };
  const placed = stage === undefined ? undefined : placeOf(zoom, picture, stage);
  const pointers = useRef(new Map<number, Point>());
  const markFrom = useRef<Point>(undefined);

  const tellSize = useEffectEvent(onSize);
  useEffect(() => {
    if (size !== undefined) tellSize({ width: size.widthPx, height: size.heightPx });
  }, [size]);

  const pointOf = (event: { readonly clientX: number; readonly clientY: number }): Point => {
    const box = element.current?.getBoundingClientRect();
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
  };
  const inPicture = (point: Point): Point =>
    placed === undefined
      ? { x: 0, y: 0 }
      : { x: (point.x - placed.left) / placed.width, y: (point.y - placed.top) / placed.height };

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (stage === undefined || placed === undefined) return;
    event.preventDefault();
    // A pinch on a touch pad comes as a wheel with Ctrl, in smaller steps.
    const factor = wheelStep ** (-event.deltaY * (event.ctrlKey ? 4 : 1));
    onZoom(zoomTo(zoom, placed.scale * factor, pointOf(event), picture, stage));
  });
  useEffect(() => {
    const stageElement = element.current;
    const listen = (event: WheelEvent): void => {
      onWheel(event);
    };
    stageElement?.addEventListener('wheel', listen, { passive: false });
    return () => stageElement?.removeEventListener('wheel', listen);
  }, []);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    // A menu that was opened from the picture is the picture's child only for React.
    const isHere = event.target instanceof Node && event.currentTarget.contains(event.target);
    if (event.button !== 0 || !isHere) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, pointOf(event));
    if (onMark !== undefined) markFrom.current = inPicture(pointOf(event));
  };
  const onPointerMove = (event: PointerEvent): void => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined || stage === undefined || placed === undefined) return;
    const now = pointOf(event);
    const other = [...pointers.current].find(([pointerId]) => pointerId !== event.pointerId)?.[1];
    pointers.current.set(event.pointerId, now);
    if (other !== undefined) {
      const factor = distance(now, other) / Math.max(1, distance(before, other));
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      onZoom(zoomTo(zoom, placed.scale * factor, middle, picture, stage));
    } else if (onMark !== undefined && markFrom.current !== undefined) {
      onMark(markFrom.current, inPicture(now));
    } else onZoom(panBy(zoom, { x: now.x - before.x, y: now.y - before.y }, picture, stage));
  };
  const onPointerEnd = (event: PointerEvent): void => {
    const was = pointers.current.get(event.pointerId);
    pointers.current.delete(event.pointerId);
    if (onMark !== undefined && was !== undefined) onMarked();
    markFrom.current = undefined;
  };

  return (
    <div
      ref={element}
      className="photo-stage"
      data-zoomed={zoom.scale === null ? undefined : ''}
      data-marks={onMark === undefined ? undefined : ''}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerEnd}
      onPointerCancel={onPointerEnd}
      onDoubleClick={(event) => {
        if (stage === undefined || onMark !== undefined) return;
        onZoom(zoom.scale === null ? zoomTo(zoom, 1, pointOf(event), picture, stage) : wholePicture);
      }}
    >
      {placed !== undefined && (
        <div
          className="photo-picture"
          role="img"
          aria-label={label}
          style={{ left: placed.left, top: placed.top, width: placed.width, height: placed.height }}
        >
          {layers.map((layer) => (
            <LayerImage key={layer.address} id={id} layer={layer} />
          ))}
        </div>
      )}
      {placed !== undefined && children(placed)}
    </div>
  );
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}

/** Over the one before it as soon as all of it is there. */
function LayerImage({ id, layer }: { readonly id: number; readonly layer: Layer }) {
  const [isLoaded, setIsLoaded] = useState(false);
  const element = useRef<HTMLImageElement>(null);
  const { kind, address } = layer;
  // One that was loaded ahead is shown with the photo itself: no frame is without a picture.
  useLayoutEffect(() => {
    if (element.current?.complete === true && element.current.naturalWidth > 0) setIsLoaded(true);
  }, []);
  return (
    <img
      ref={element}
      src={address}
      alt=""
      decoding="async"
      draggable={false}
      className="photo-layer"
      data-kind={kind}
      data-loaded={isLoaded ? '' : undefined}
      onLoad={() => {
        setIsLoaded(true);
      }}
      onError={() => {
        if (kind !== 'thumbnail') reportLargeLost(kind, id);
      }}
    />
  );
}
