import { useEffect, useMemo } from 'react';
import { colorOf, type GridOrder } from '../../app/contract/grid-order.ts';
import type { Point } from '../../app/contract/places.ts';
import { usePictureOf, wantPictures } from '../library/grid/pictures.ts';
import { cropPosition } from '../library/grid/crop-position.ts';
import { ownAspect } from '../library/grid/shapes.ts';
import { useFocuses } from '../library/grid/use-focuses.ts';
import { useLabels } from '../library/grid/use-labels.ts';
import { useListed } from '../library/grid/use-listed.ts';
import { formatRoute, type Route } from '../routes.ts';
import { useTexts } from '../texts/use-texts.ts';
import { stripIndexes, type Around } from './order-around.ts';

type FilmStripProps = {
  readonly order: GridOrder;
  readonly around: Around;
  readonly route: Extract<Route, { view: 'photo' }>;
};

/** Of a photo in the strip (`photo-view.css`). */
const frameAspect = 4 / 3;

/** Photos on each side. */
const each = 12;

/** The photos before and after this one, in the order of the grid. */
export function FilmStrip({ order, around, route }: FilmStripProps) {
  const texts = useTexts();
  const { index, count } = around;
  const indexes = useMemo(() => stripIndexes(around, each), [around]);
  const listed = useListed(order, indexes);
  const labels = useLabels(order, indexes, listed);
  const focuses = useFocuses(listed);
  useEffect(() => {
    void wantPictures(indexes.map((at) => ({ id: order.ids[at] ?? 0, flags: order.flags[at] ?? 0 })));
  }, [order, indexes]);
  return (
    <nav className="film-strip" aria-label={texts.photo.filmStrip}>
      <ul className="film-strip-list">
        {indexes.map((at) => (
          <StripPhoto
            key={order.ids[at]}
            order={order}
            at={at}
            isCurrent={at === index}
            label={labels.get(order.ids[at] ?? 0) ?? texts.photo.position(at + 1, count)}
            focus={focuses.get(order.ids[at] ?? 0)}
            route={route}
          />
        ))}
      </ul>
    </nav>
  );
}

type StripPhotoProps = {
  readonly order: GridOrder;
  readonly at: number;
  readonly isCurrent: boolean;
  readonly label: string;
  readonly focus: Point | undefined;
  readonly route: FilmStripProps['route'];
};

function StripPhoto({ order, at, isCurrent, label, focus, route }: StripPhotoProps) {
  const id = order.ids[at] ?? 0;
  const address = usePictureOf(id, order.flags[at] ?? 0, order.versions[at] ?? 0);
  const objectPosition = cropPosition(focus, ownAspect(order.aspects, at), frameAspect);
  return (
    <li>
      <a
        className="film-strip-photo"
        href={formatRoute({ view: 'photo', assetId: id, query: route.query, sort: route.sort })}
        aria-label={label}
        aria-current={isCurrent ? 'true' : undefined}
        // One stop for Tab: arrow keys go through the photos anyway.
        tabIndex={isCurrent ? 0 : -1}
        ref={(element) => {
          if (isCurrent) element?.scrollIntoView({ inline: 'center', block: 'nearest' });
        }}
        style={{ backgroundColor: colorOf(order.colors[at] ?? 0) }}
      >
        {address !== undefined && <img src={address} alt="" draggable={false} style={{ objectPosition }} />}
      </a>
    </li>
  );
}
