import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import type { GridOrder } from '../../app/contract/grid-order.ts';
import type { Box, TextLine } from '../../app/contract/places.ts';
import { EmptyState } from '../design/components/empty-state.tsx';
import { usePictureOf } from '../library/grid/pictures.ts';
import { useMessageOf, useTexts } from '../texts/use-texts.ts';
import { useLargePicture, useLoadedAhead } from './large-pictures.ts';
import { ObjectLayer } from './objects/object-layer.tsx';
import type { Objects } from './objects/use-objects.ts';
import type { Around } from './order-around.ts';
import { fileNameOf, type Photo } from './photo.ts';
import { RegionFrame } from './region-frame.tsx';
import { regionBetween } from './region.ts';
import { TextLayer } from './text/text-layer.tsx';
import { Stage, type Layer } from './stage.tsx';
import { fitScale, type Size, type Zoom } from './zoom.ts';

type PhotoPictureProps = {
  readonly photo: Photo;
  readonly picture: Size | undefined;
  readonly order: GridOrder | undefined;
  readonly around: Around;
  readonly zoom: Zoom;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onSize: (size: Size) => void;
  readonly region: Box | null;
  readonly onRegion: (region: Box) => void;
  readonly isMarking: boolean;
  readonly objects: Objects | undefined;
  readonly isTextShown: boolean;
  /** Words of the text that were looked for. */
  readonly sought: readonly string[];
  /** A part was drawn. */
  readonly onMarked: () => void;
};

/** Longer edge of a preview: what is shown larger wants every pixel. */
const previewPx = 2_048;

/** The picture of a photo: what is there at once, the preview, and when a person looks closer every pixel. */
export function PhotoPicture(props: PhotoPictureProps) {
  const { photo, picture, order, around, zoom, onZoom, onSize, region, onRegion, isMarking, onMarked } =
    props;
  const { objects, isTextShown, sought } = props;
  const texts = useTexts();
  const messageOf = useMessageOf();
  const { id } = photo;
  const [stage, setStage] = useState<Size>();
  const flags = order?.flags[around.index] ?? 0;
  const version = order?.versions[around.index] ?? 0;
  const thumbnail = usePictureOf(id, flags, version);
  const { previousId, nextId } = around;
  const neighbors = [nextId, previousId].filter((neighbor) => neighbor !== undefined);
  const preview = useLargePicture('preview', id, version, true, neighbors);
  const wantsFull = picture !== undefined && stage !== undefined && needsFull(picture, zoom, stage);
  const full = useLargePicture('full', id, version, wantsFull);
  useLoadedAhead(nextId, order?.versions[around.index + 1] ?? 0);
  useLoadedAhead(previousId, order?.versions[around.index - 1] ?? 0);

  const problem = photo.error ?? preview.error ?? undefined;
  if (picture === undefined || (problem !== undefined && thumbnail === undefined)) {
    return (
      <div className="photo-stage">
        <EmptyState icon={ImageOff} title={texts.photo.noPicture}>
          {problem === undefined ? texts.photo.noPictureYet : messageOf(problem)}
        </EmptyState>
      </div>
    );
  }
  const layers: Layer[] = [];
  if (thumbnail !== undefined) layers.push({ kind: 'thumbnail', address: thumbnail });
  if (preview.address !== undefined) layers.push({ kind: 'preview', address: preview.address });
  if (full.address !== undefined) layers.push({ kind: 'full', address: full.address });
  return (
    <Stage
      key={id}
      id={id}
      label={photo.description?.altText?.text ?? photo.description?.caption?.text ?? fileNameOf(photo.path)}
      picture={picture}
      layers={layers}
      zoom={zoom}
      onZoom={onZoom}
      onSize={(size) => {
        setStage(size);
        onSize(size);
      }}
      onMark={
        isMarking
          ? (from, to) => {
              onRegion(regionBetween(from, to, picture));
            }
          : undefined
      }
      onMarked={onMarked}
    >
      {(placed) => (
        <>
          {objects !== undefined && <ObjectLayer objects={objects} placed={placed} />}
          <TextLayer
            lines={photo.description?.textLines ?? noLines}
            placed={placed}
            isShown={isTextShown}
            sought={sought}
          />
          {region !== null && (
            <RegionFrame
              region={region}
              picture={picture}
              placed={placed}
              isDrawing={isMarking}
              onRegion={onRegion}
            />
          )}
        </>
      )}
    </Stage>
  );
}

const noLines: readonly TextLine[] = [];

function needsFull(picture: Size, zoom: Zoom, stage: Size): boolean {
  const longer = Math.max(picture.width, picture.height);
  const shown = longer * (zoom.scale ?? fitScale(picture, stage)) * window.devicePixelRatio;
  return longer > previewPx && zoom.scale !== null && shown > previewPx * 1.05;
}
