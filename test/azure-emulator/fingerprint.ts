/**
 * @file A word that stands for what a picture shows, so that a test can tell one photo from another in plain text.
 *
 * A picture keeps its word, or nearly, when it is resized and compressed again; that is why words have a distance.
 */

import { gridSidePx } from './pixels.ts';

const consonants = 'bdfghjklmnprstvz';
const vowels = 'aeio';
const cellsPerSide = 4;
const cellSidePx = gridSidePx / cellsPerSide;
const levels = 8;

/** Brightness of 4 × 4 cells and the tint of the whole, eight levels each: 18 letters, two levels in a syllable. */
export function fingerprintOf(grid: Uint8Array): string {
  const brightness = Array.from({ length: cellsPerSide ** 2 }, () => 0);
  let redder = 0;
  let bluer = 0;
  for (let index = 0; index < gridSidePx ** 2; index += 1) {
    const [red, green, blue] = pixelAt(grid, index);
    const row = Math.floor(Math.floor(index / gridSidePx) / cellSidePx);
    const column = Math.floor((index % gridSidePx) / cellSidePx);
    const cell = row * cellsPerSide + column;
    brightness[cell] = at(brightness, cell) + luminance(red, green, blue) / cellSidePx ** 2;
    redder += (red - green) / gridSidePx ** 2;
    bluer += (blue - green) / gridSidePx ** 2;
  }
  const values = [...brightness, (redder + 255) / 2, (bluer + 255) / 2].map(toLevel);
  let word = '';
  for (let index = 0; index < values.length; index += 2) {
    const pair = at(values, index) * levels + at(values, index + 1);
    word += consonants.charAt(pair >> 2) + vowels.charAt(pair & 3);
  }
  return word;
}

/**
 * How many levels two words differ by, summed. 0 = the same; up to `sameUpTo` = the same picture at another size or
 * compression; `Infinity` when one of them is no such word.
 */
export function fingerprintDistance(one: string, other: string): number {
  const first = levelsOf(one);
  const second = levelsOf(other);
  if (first === undefined || second === undefined || first.length !== second.length) return Infinity;
  return first.reduce((sum, level, index) => sum + Math.abs(level - at(second, index)), 0);
}

/** The largest distance at which two words are taken for the same picture: renditions of real photos stay within 2. */
export const sameUpTo = 3;

export function isSamePicture(one: string, other: string): boolean {
  return fingerprintDistance(one, other) <= sameUpTo;
}

export function pixelAt(grid: Uint8Array, index: number): [red: number, green: number, blue: number] {
  return [at(grid, index * 3), at(grid, index * 3 + 1), at(grid, index * 3 + 2)];
}

/** Rec. 709, of gamma-encoded values: a measure for sorting, not for science. */
export function luminance(red: number, green: number, blue: number): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function toLevel(value: number): number {
  return Math.min(levels - 1, Math.floor((value / 256) * levels));
}

function levelsOf(word: string): number[] | undefined {
  if (word.length % 2 !== 0 || !/^[a-z]+$/.test(word)) return undefined;
  const values: number[] = [];
  for (let index = 0; index < word.length; index += 2) {
    const consonant = consonants.indexOf(word.charAt(index));
    const vowel = vowels.indexOf(word.charAt(index + 1));
    if (consonant < 0 || vowel < 0) return undefined;
    const pair = (consonant << 2) | vowel;
    values.push(pair >> 3, pair & 7);
  }
  return values;
}

function at(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`No value at ${index}`);
  return value;
}
