import type { PointerEvent, SyntheticEvent } from 'react';
import type { PlacedText, TextLine } from '../../../app/contract/places.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { Placed } from '../zoom.ts';
import { isSought, placeText } from './text-place.ts';
import './text.css';

type TextLayerProps = {
  readonly lines: readonly TextLine[];
  readonly placed: Placed;
  /** The text can be selected; else only what was looked for is marked. */
  readonly isShown: boolean;
  /** Words that were looked for, in lower case. */
  readonly sought: readonly string[];
};

/**
 * The recognised text over the picture, each word where it stands: transparent, to be selected and copied. It is hidden from
 * screen readers, which have the same text beside the photo.
 */
export function TextLayer({ lines, placed, isShown, sought }: TextLayerProps) {
  return (
    <div className="text-layer" aria-hidden="true" data-shown={isShown ? '' : undefined}>
      {lines.map((line, index) => (
        <div
          // Lines may say the same; their place in the list is all that tells them apart.
          key={index}
        >
          {piecesOf(line).map((piece, at) => (
            <Piece key={at} piece={piece} placed={placed} isSought={isSought(piece.text, sought)} />
          ))}
        </div>
      ))}
    </div>
  );
}

function piecesOf(line: TextLine): readonly PlacedText[] {
  return line.words ?? [line];
}

type PieceProps = { readonly piece: PlacedText; readonly placed: Placed; readonly isSought: boolean };

function Piece({ piece, placed, isSought: isMarked }: PieceProps) {
  const texts = useTexts();
  const { text, polygon, confidence } = piece;
  const { left, top, width, height, degrees } = placeText(polygon, placed);
  const ownWidth = Math.max(1, naturalWidth(text, height));
  return (
    <span
      className="text-piece"
      data-sought={isMarked ? '' : undefined}
      title={texts.objects.name(text, confidence)}
      style={{
        left,
        top,
        width: ownWidth,
        fontSize: height,
        lineHeight: `${String(height)}px`,
        transform: `rotate(${String(degrees)}deg) scaleX(${String(width / ownWidth)})`,
      }}
      // A drag selects here, and does not move the picture; a double click takes a word.
      onPointerDown={keepHere}
      onDoubleClick={keepHere}
    >
      {/* The space is copied between words; one between elements would not be. */}
      {`${text} `}
    </span>
  );
}

function keepHere(event: PointerEvent | SyntheticEvent): void {
  event.stopPropagation();
}

const measuredAtPx = 100;
const widths = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null | undefined;

/** How wide a text is at a size in the font of the layer, in CSS pixels. */
function naturalWidth(text: string, sizePx: number): number {
  let width = widths.get(text);
  if (width === undefined) {
    ruler ??= document.createElement('canvas').getContext('2d');
    if (ruler === null) return sizePx * text.length * 0.5;
    ruler.font = `${String(measuredAtPx)}px sans-serif`;
    width = ruler.measureText(text).width / measuredAtPx;
    // As much as the texts of some hundred photos.
    if (widths.size > 20_000) widths.clear();
    widths.set(text, width);
  }
  return width * sizePx;
}
