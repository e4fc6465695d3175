import {
  ArrowLeft,
  ChevronLeft,
  ChevronRight,
  RectangleHorizontal,
  ScanSearch,
  Sparkles,
  SquareDashedMousePointer,
  TextSelect,
} from 'lucide-react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Box } from '../../app/contract/places.ts';
import { AskPanel } from '../ask/ask-panel.tsx';
import { wishToAsk } from '../ask/focus-question.ts';
import { Banner, ErrorBanner } from '../design/components/banner.tsx';
import { IconButton } from '../design/components/button.tsx';
import { Tabs } from '../design/components/tabs.tsx';
import { useQueryOf } from '../engine/hooks.ts';
import { View } from '../layout/view.tsx';
import { DescribeDialog } from '../library/describe-dialog.tsx';
import { setGridState } from '../library/grid-state.ts';
import { useGridOrder } from '../library/use-grid-order.ts';
import { usualSort } from '../library/usual-sort.ts';
import type { Route } from '../routes.ts';
import { goTo, useRoute } from '../state/route.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Details } from './details.tsx';
import { FilmStrip } from './film-strip.tsx';
import { NameDialog } from './objects/name-dialog.tsx';
import { useObjects } from './objects/use-objects.ts';
import { aroundOf, nextUnreviewed } from './order-around.ts';
import { PhotoPicture } from './photo-picture.tsx';
import { fileNameOf, type Photo } from './photo.ts';
import { soughtText } from './text/text-place.ts';
import { useAskedVideo } from './use-asked-video.ts';
import { VideoPlayer } from './video-player.tsx';
import { usePhotoCommands } from './use-photo-commands.ts';
import { fitScale, panBy, wholePicture, zoomTo, type Size, type Zoom } from './zoom.ts';
import './photo-view.css';

/** One photo: as large as the window, in the order that it was opened from, with all that is known of it. */
export function PhotoView() {
  const route = useRoute();
  return route.view === 'photo' ? <OpenPhoto route={route} /> : null;
}

type PhotoRoute = Extract<Route, { view: 'photo' }>;

function OpenPhoto({ route }: { readonly route: PhotoRoute }) {
  const texts = useTexts();
  const { assetId: id, query, sort } = route;
  const { grid } = useGridOrder(query, sort ?? usualSort(query));
  const order = grid?.order;
  const around = useMemo(() => aroundOf(order, id), [order, id]);
  const { data: photo, error } = useQueryOf('asset.get', { id });
  // What is known of its neighbours is there when a person goes on to them.
  useQueryOf('asset.get', { id: around.nextId ?? id });
  useQueryOf('asset.get', { id: around.previousId ?? id });
  const [tab, setTab] = useState<'details' | 'ask'>('details');
  const [zoomed, setZoomed] = useState<{ readonly id: number; readonly zoom: Zoom }>();
  const [marked, setMarked] = useState<{ readonly id: number; readonly region: Box | null }>();
  const [isMarking, setIsMarking] = useState(false);
  const [describing, setDescribing] = useState<'new' | 'again'>();
  const [isTextShown, setIsTextShown] = useState(false);
  const [stage, setStage] = useState<Size>({ width: 1, height: 1 });
  // Another photo begins whole and without a part.
  const zoom = zoomed?.id === id ? zoomed.zoom : wholePicture;
  const region = marked?.id === id ? marked.region : null;
  const picture = useMemo(() => sizeOf(photo), [photo]);

  const setZoom = useCallback(
    (to: Zoom) => {
      setZoomed({ id, zoom: to });
    },
    [id],
  );
  const setRegion = useCallback(
    (to: Box | null) => {
      setMarked({ id, region: to });
    },
    [id],
  );
  const zoomCommand = useCallback(
    (to: number | null | '1:1') => {
      if (picture === undefined) return;
      const middle = { x: stage.width / 2, y: stage.height / 2 };
      const scale = zoom.scale ?? fitScale(picture, stage);
      if (to === null) setZoom(wholePicture);
      else setZoom(zoomTo(zoom, to === '1:1' ? 1 : scale * to, middle, picture, stage));
    },
    [picture, stage, zoom, setZoom],
  );
  const isZoomed = zoom.scale !== null;
  const pan = useMemo(
    () =>
      isZoomed && picture !== undefined
        ? (right: number, down: number) => {
            setZoom(panBy(zoom, { x: -right * stage.width, y: -down * stage.height }, picture, stage));
          }
        : undefined,
    [isZoomed, picture, stage, zoom, setZoom],
  );
  const show = useCallback(
    (other: number) => {
      goTo({ view: 'photo', assetId: other, query, sort }, { replace: true });
    },
    [query, sort],
  );
  // However it is left, by the browser's back too, the grid goes on from it.
  useEffect(() => {
    setGridState({ focusId: id, anchorId: id });
  }, [id]);
  const close = useCallback(() => {
    goTo({ view: 'library', query, sort });
  }, [query, sort]);
  const unreviewed = order === undefined ? undefined : nextUnreviewed(order, around.index);
  const { previousId, nextId } = around;
  const previous = useMemo(() => toShow(previousId, show), [previousId, show]);
  const next = useMemo(() => toShow(nextId, show), [nextId, show]);
  const toUnreviewed = useMemo(() => toShow(unreviewed, show), [unreviewed, show]);
  const ask = useCallback(() => {
    setTab('ask');
    wishToAsk();
  }, []);
  const askAbout = (box: Box): void => {
    setRegion(box);
    setTab('ask');
  };
  const { video, player } = useAskedVideo(photo);
  const objects = useObjects(photo, askAbout);
  const hasPlaces = objects.list.some(({ box }) => box !== undefined);
  const { show: showObjects, isShown: areObjectsShown } = objects;
  const toggleObjects = useMemo(
    () =>
      hasPlaces
        ? () => {
            showObjects(!areObjectsShown);
          }
        : undefined,
    [hasPlaces, showObjects, areObjectsShown],
  );
  const hasText = (photo?.description?.textLines.length ?? 0) > 0;
  const toggleText = useMemo(
    () =>
      hasText
        ? () => {
            setIsTextShown((isShown) => !isShown);
          }
        : undefined,
    [hasText],
  );
  const sought = useMemo(() => soughtText(query), [query]);
  usePhotoCommands({
    id,
    previous,
    next,
    nextUnreviewed: toUnreviewed,
    close,
    ask,
    describe: setDescribing,
    zoom: video === undefined ? zoomCommand : undefined,
    pan: video === undefined ? pan : undefined,
    toggleObjects,
    toggleText,
  });

  const name = photo === undefined ? texts.photo.loading : fileNameOf(photo.path);
  const position = around.index === -1 ? undefined : texts.photo.position(around.index + 1, around.count);
  return (
    <View
      title={name}
      tools={
        <>
          {position !== undefined && <span className="photo-position">{position}</span>}
          <IconButton
            icon={ChevronLeft}
            label={texts.photo.previous}
            keys="ArrowLeft"
            disabled={previous === undefined}
            onClick={previous}
          />
          <IconButton
            icon={ChevronRight}
            label={texts.photo.next}
            keys="ArrowRight"
            disabled={next === undefined}
            onClick={next}
          />
          <IconButton
            icon={Sparkles}
            label={texts.library.describeSelected}
            keys="d"
            onClick={() => {
              setDescribing('new');
            }}
          />
          {toggleObjects !== undefined && (
            <IconButton
              icon={SquareDashedMousePointer}
              label={texts.objects.show}
              keys="o"
              isPressed={objects.isShown}
              onClick={toggleObjects}
            />
          )}
          {toggleText !== undefined && (
            <IconButton
              icon={TextSelect}
              label={texts.photo.showText}
              keys="t"
              isPressed={isTextShown}
              onClick={toggleText}
            />
          )}
          {/* A player has a size of its own. */}
          {video === undefined && (
            <>
              <IconButton
                icon={RectangleHorizontal}
                label={texts.photo.fit}
                keys="0"
                isPressed={zoom.scale === null}
                onClick={() => {
                  zoomCommand(null);
                }}
              />
              <IconButton
                icon={ScanSearch}
                label={texts.photo.fullSize}
                keys="1"
                isPressed={zoom.scale === 1}
                onClick={() => {
                  zoomCommand('1:1');
                }}
              />
            </>
          )}
          <IconButton icon={ArrowLeft} label={texts.photo.close} keys="Escape" onClick={close} />
        </>
      }
      inspector={
        photo !== undefined && (
          <Tabs
            label={texts.layout.inspector}
            value={tab}
            onChange={setTab}
            tabs={[
              {
                value: 'details',
                label: texts.photo.details,
                content: <Details photo={photo} objects={objects} />,
              },
              {
                value: 'ask',
                label: texts.photo.ask,
                content: (
                  <AskPanel
                    key={id}
                    assetIds={[id]}
                    {...(video === undefined
                      ? { part: { picture, region, isMarking, onMarking: setIsMarking, onRegion: setRegion } }
                      : { video })}
                  />
                ),
              },
            ]}
          />
        )
      }
    >
      <NameDialog objects={objects} />
      {describing !== undefined && (
        <DescribeDialog
          photos={{ assetIds: [id] }}
          isAgain={describing === 'again'}
          onClose={() => {
            setDescribing(undefined);
          }}
          onStarted={() => {
            setDescribing(undefined);
          }}
        />
      )}
      {error !== null && <ErrorBanner error={error} />}
      {photo !== undefined && photo.state === 'offline' && <Banner>{texts.photo.offline}</Banner>}
      {photo !== undefined && photo.state === 'missing' && <Banner>{texts.photo.missing}</Banner>}
      {photo !== undefined && photo.video !== null && (
        <VideoPlayer
          key={`${String(id)} ${String(route.atMs ?? '')}`}
          photo={photo}
          video={photo.video}
          version={order?.versions[around.index] ?? 0}
          query={query}
          atMs={route.atMs}
          player={player}
          onAsk={({ startMs, endMs }) => {
            video?.onMoment({ startMs, endMs });
            setTab('ask');
          }}
        />
      )}
      {photo !== undefined && photo.video === null && (
        <PhotoPicture
          photo={photo}
          picture={picture}
          order={order}
          around={around}
          zoom={zoom}
          onZoom={setZoom}
          onSize={setStage}
          region={tab === 'ask' ? region : null}
          onRegion={setRegion}
          isMarking={tab === 'ask' && isMarking}
          // A part that is asked about is shown alone.
          objects={tab === 'ask' ? undefined : objects}
          isTextShown={isTextShown && !isMarking}
          sought={sought}
          onMarked={() => {
            setIsMarking(false);
          }}
        />
      )}
      {order !== undefined && around.index !== -1 && (
        <FilmStrip order={order} around={around} route={route} />
      )}
    </View>
  );
}

function toShow(id: number | undefined, show: (id: number) => void): (() => void) | undefined {
  return id === undefined
    ? undefined
    : () => {
        show(id);
      };
}

/** `undefined` while nobody knows it. */
function sizeOf(photo: Photo | undefined): Size | undefined {
  if (photo === undefined) return undefined;
  const { widthPx, heightPx } = photo.metadata;
  return widthPx === null || heightPx === null ? undefined : { width: widthPx, height: heightPx };
}
