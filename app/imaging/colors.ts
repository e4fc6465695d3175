import { toOklab, type Oklab } from './oklab.ts';
import type { PictureColors } from './renditions.ts';

/** Names the main colours of a picture in plain words, by the nearest swatch in OKLab. */

/** Several swatches per word, because a word is a region of colours and not a point. */
const swatches: readonly (readonly [name: string, ...hex: string[]])[] = [
  ['black', '#000000', '#141414', '#201c1a', '#161a20'],
  ['grey', '#3c3c3c', '#5c5c5c', '#808080', '#a2a2a2', '#bcbcbc', '#6b6f74', '#8d8780'],
  ['white', '#ffffff', '#ececec', '#dcdcdc', '#f2efe6', '#e6ecf2'],
  ['red', '#d01818', '#a01010', '#e8403a', '#701414'],
  ['orange', '#f07a10', '#e85c10', '#f4a040', '#d08030'],
  ['yellow', '#f6d820', '#e0b820', '#f6e87a', '#c8a820'],
  ['green', '#2f8f2f', '#1f5f1f', '#7ab648', '#6b7f3a', '#46552c', '#a8c878', '#26331c'],
  ['teal', '#1f8f8f', '#146464', '#58b8b0'],
  ['blue', '#2f6fd8', '#5a9ae0', '#9cc4ec', '#3f7fb0', '#6f9cc0', '#1848a8'],
  ['navy', '#14285a', '#0c1a3c', '#203a6c', '#28384e'],
  ['purple', '#7a2fb0', '#4a1f70', '#a878cc', '#583f78', '#5a5078'],
  ['pink', '#f08cb0', '#e8508c', '#f4c0cc', '#c05a80', '#c08890'],
  ['brown', '#6f4a28', '#4a301c', '#8f6440', '#7a4630', '#5a4a3a'],
  ['beige', '#dcc8a0', '#c8b088', '#e8dcc4', '#b49c7c', '#d8b898'],
];

const points = swatches.flatMap(([name, ...hexes]) => hexes.map((hex) => ({ name, lab: parseHex(hex) })));

function parseHex(hex: string): Oklab {
  const packed = Number.parseInt(hex.slice(1), 16);
  return toOklab((packed >> 16) / 255, ((packed >> 8) & 0xff) / 255, (packed & 0xff) / 255);
}

/** A colour counts when it covers so much of the picture, weighted. */
const leastShare = 0.14;
const mostNames = 3;
/** A strong colour catches the eye before a dull one of the same size. */
const chromaWeight = 12;
/** Of lightness beside hue: a shaded blue wall is still blue. */
const lightnessWeight = 0.5;
/** Largest difference between a grey pixel's channels, as JPEG leaves it. */
const greyTolerance = 6;
/** Part of the pixels that may have a hue in a picture without colours: dust, a rim. */
const strayShare = 0.002;

/** `pixels`: red, green, blue, one byte each, of a picture made small. */
export function findColors(pixels: Uint8Array): PictureColors {
  const shares = new Map<string, number>();
  let total = 0;
  let hued = 0;
  let [redSum, greenSum, blueSum] = [0, 0, 0];
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    const red = pixels[at] ?? 0;
    const green = pixels[at + 1] ?? 0;
    const blue = pixels[at + 2] ?? 0;
    const { name, weight } = classify(red, green, blue);
    shares.set(name, (shares.get(name) ?? 0) + weight);
    total += weight;
    redSum += red;
    greenSum += green;
    blueSum += blue;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > greyTolerance) hued += 1;
  }
  const names = [...shares]
    .toSorted(([, one], [, other]) => other - one)
    .filter(([, share], index) => index === 0 || share >= leastShare * total)
    .slice(0, mostNames)
    .map(([name]) => name);
  const pixelCount = Math.max(1, pixels.length / 3);
  const average = [redSum, greenSum, blueSum].reduce(
    (packed, sum) => packed * 256 + Math.round(sum / pixelCount),
    0,
  );
  return { names, isMonochrome: hued <= strayShare * pixelCount, average };
}

type Classified = { readonly name: string; readonly weight: number };

/** Colours with the same five upper bits per channel share an answer: at most 32 768 are ever computed. */
const known = new Map<number, Classified>();

function classify(red: number, green: number, blue: number): Classified {
  const key = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
  let answer = known.get(key);
  if (answer === undefined) {
    const lab = toOklab(middle(red), middle(green), middle(blue));
    answer = { name: nearestName(lab), weight: 1 + chromaWeight * Math.hypot(lab.a, lab.b) };
    known.set(key, answer);
  }
  return answer;
}

/** Of the eight values of a channel that share their five upper bits; 0-1. */
function middle(channel: number): number {
  return ((channel & 0xf8) | 4) / 255;
}

function nearestName(lab: Oklab): string {
  let best = '';
  let bestDistance = Infinity;
  for (const { name, lab: point } of points) {
    const distance =
      (lightnessWeight * (lab.l - point.l)) ** 2 + (lab.a - point.a) ** 2 + (lab.b - point.b) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}
