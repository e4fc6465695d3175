import type { Point } from '../../../app/contract/places.ts';
import type { Placed } from '../zoom.ts';

/** Where a piece of text stands on the stage: its upper left corner as it is read, its size, how it is turned. */
export type TextPlace = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Clockwise. */
  readonly degrees: number;
};

/**
 * The place of an outline that begins where its text begins and goes clockwise, as it is read. An outline of another number of
 * corners is taken by what is around it. Lengths are those of `placed`. Pure.
 */
export function placeText(polygon: readonly Point[], placed: Placed): TextPlace {
  const points = polygon.map(({ x, y }) => ({
    x: placed.left + x * placed.width,
    y: placed.top + y * placed.height,
  }));
  const [start, end, , below] = points;
  if (points.length !== 4 || start === undefined || end === undefined || below === undefined) {
    const left = Math.min(...points.map(({ x }) => x));
    const top = Math.min(...points.map(({ y }) => y));
    const width = Math.max(...points.map(({ x }) => x)) - left;
    return { left, top, width, height: Math.max(...points.map(({ y }) => y)) - top, degrees: 0 };
  }
  return {
    left: start.x,
    top: start.y,
    width: Math.hypot(end.x - start.x, end.y - start.y),
    height: Math.hypot(below.x - start.x, below.y - start.y),
    degrees: (Math.atan2(end.y - start.y, end.x - start.x) * 180) / Math.PI,
  };
}

/** What `text:` in a query looks for, in lower case. Pure. */
export function soughtText(query: string): string[] {
  const found = query.matchAll(/(?:^|\s)text:(?:"(?<phrase>[^"]+)"|(?<word>[^\s"]+))/giu);
  return [...found].flatMap(({ groups }) =>
    (groups?.['phrase'] ?? groups?.['word'] ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== ''),
  );
}

/** Whether a word of a photo is one of those that were looked for, whatever stands around it. Pure. */
export function isSought(text: string, sought: readonly string[]): boolean {
  const words = text.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  return sought.some((word) => {
    const bare = word.replaceAll(/[^\p{L}\p{N}]+/gu, '');
    return bare !== '' && words.some((own) => own.startsWith(bare));
  });
}
