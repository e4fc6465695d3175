/** @file What the emulator's "model" sees: colours, brightness, shape, and a word of its own for each picture. */

import { fingerprintOf, luminance, pixelAt } from './fingerprint.ts';
import { decodePicture, gridSidePx, type DecodedPicture } from './pixels.ts';

/** In fractions of the picture. */
export type SeenObject = {
  readonly label: string;
  readonly confidence: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
};

export type PictureDescription = {
  /** See fingerprint.ts. It stands in the caption and is one of the keywords. */
  readonly fingerprint: string;
  readonly title: string;
  readonly caption: string;
  /** At most 125 characters. */
  readonly altText: string;
  /** Colours first, then brightness, shape, and the fingerprint. */
  readonly keywords: readonly string[];
  readonly recognizedText: string | null;
  readonly objects: readonly SeenObject[];
  readonly widthPx: number;
  readonly heightPx: number;
};

/**
 * The description that the emulator gives for exactly these bytes. For an original that will be sent smaller:
 * `upright` applies its orientation; compare fingerprints by `isSamePicture`. Throws when it is no such picture.
 */
export async function describePicture(
  bytes: Uint8Array,
  options: { readonly upright?: boolean } = {},
): Promise<PictureDescription> {
  const outcome = await decodePicture(bytes, options);
  if (outcome.status !== 'decoded') {
    throw new Error(`The emulator cannot see this picture: ${outcome.status}`);
  }
  return describeDecoded(outcome.picture);
}

export function describeDecoded({ grid, widthPx, heightPx }: DecodedPicture): PictureDescription {
  const fingerprint = fingerprintOf(grid);
  const colors = mainColors(grid);
  const brightness = nameBrightness(grid);
  const shape = nameShape(widthPx, heightPx);
  const first = colors[0]?.name ?? 'grey';
  const seen = colors.map((color) => color.name).join(' and ');
  return {
    fingerprint,
    title: `${capitalize(first)} ${fingerprint}`,
    // With characters outside ASCII, so that every answer is also a test of decoding.
    caption: `A ${brightness} ${shape} picture – mostly ${seen} – that reads “${fingerprint}”.`,
    altText: `${capitalize(seen)}, ${brightness}, ${shape}.`,
    keywords: [...colors.map((color) => color.name), brightness, shape, fingerprint],
    recognizedText: null,
    objects: colors.map(({ name, share, box }) => ({ label: `${name} area`, confidence: share, box })),
    widthPx,
    heightPx,
  };
}

type MainColor = { readonly name: string; readonly share: number; readonly box: SeenObject['box'] };

/** Up to three colours that cover a tenth of the picture or more, largest first. */
function mainColors(grid: Uint8Array): MainColor[] {
  const pixels = new Map<
    string,
    { count: number; left: number; top: number; right: number; bottom: number }
  >();
  const total = gridSidePx ** 2;
  for (let index = 0; index < total; index += 1) {
    const name = nameColor(...pixelAt(grid, index));
    const column = index % gridSidePx;
    const row = Math.floor(index / gridSidePx);
    const area = pixels.get(name) ?? { count: 0, left: column, top: row, right: column, bottom: row };
    pixels.set(name, {
      count: area.count + 1,
      left: Math.min(area.left, column),
      top: Math.min(area.top, row),
      right: Math.max(area.right, column),
      bottom: Math.max(area.bottom, row),
    });
  }
  const areas = [...pixels].toSorted(([, one], [, other]) => other.count - one.count);
  const large = areas.filter(([, { count }]) => count >= total / 10);
  return (large.length > 0 ? large : areas).slice(0, 3).map(([name, area]) => ({
    name,
    share: Number((area.count / total).toFixed(2)),
    box: {
      x: area.left / gridSidePx,
      y: area.top / gridSidePx,
      width: (area.right - area.left + 1) / gridSidePx,
      height: (area.bottom - area.top + 1) / gridSidePx,
    },
  }));
}

const hues: readonly (readonly [upToDegrees: number, name: string])[] = [
  [15, 'red'],
  [40, 'orange'],
  [70, 'yellow'],
  [160, 'green'],
  [195, 'teal'],
  [255, 'blue'],
  [290, 'purple'],
  [340, 'pink'],
  [360, 'red'],
];

function nameColor(red: number, green: number, blue: number): string {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (most < 40) return 'black';
  if (range < 24 || range / most < 0.12) return most > 215 ? 'white' : 'grey';
  let degrees = 0;
  if (most === red) degrees = (60 * (green - blue)) / range;
  else if (most === green) degrees = 120 + (60 * (blue - red)) / range;
  else degrees = 240 + (60 * (red - green)) / range;
  const hue = (degrees + 360) % 360;
  const name = hues.find(([upTo]) => hue <= upTo)?.[1] ?? 'red';
  return name === 'orange' && most < 160 ? 'brown' : name;
}

function nameBrightness(grid: Uint8Array): string {
  let sum = 0;
  for (let index = 0; index < gridSidePx ** 2; index += 1) sum += luminance(...pixelAt(grid, index));
  const mean = sum / gridSidePx ** 2;
  if (mean < 64) return 'dark';
  if (mean < 128) return 'dim';
  return mean < 192 ? 'light' : 'bright';
}

function nameShape(widthPx: number, heightPx: number): string {
  const aspect = widthPx / heightPx;
  if (aspect > 1.9) return 'panoramic';
  if (aspect > 1.05) return 'landscape';
  return aspect < 0.95 ? 'portrait' : 'square';
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
