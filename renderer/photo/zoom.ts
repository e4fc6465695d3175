/**
 * Where a picture stands in its stage. Pure. Lengths are in CSS pixels; a scale of 1 shows one pixel of the photo as one
 * of the page.
 */

export type Size = { readonly width: number; readonly height: number };
export type Point = { readonly x: number; readonly y: number };

/** `scale` `null` = the whole picture. `x` and `y` are what of it is in the middle of the stage, in fractions (0–1). */
export type Zoom = { readonly scale: number | null; readonly x: number; readonly y: number };

export type Placed = Size & { readonly left: number; readonly top: number; readonly scale: number };

export const wholePicture: Zoom = { scale: null, x: 0.5, y: 0.5 };

/** Pixels are as large as a fingertip then. */
export const mostScale = 8;

/** The scale at which all of a picture is seen; small pictures are not made larger than they are. */
export function fitScale(picture: Size, stage: Size): number {
  return Math.min(stage.width / picture.width, stage.height / picture.height, 1);
}

export function placeOf(zoom: Zoom, picture: Size, stage: Size): Placed {
  const scale = zoom.scale ?? fitScale(picture, stage);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return {
    scale,
    width,
    height,
    left: along(zoom.x, width, stage.width),
    top: along(zoom.y, height, stage.height),
  };
}

/** A picture that is smaller than its stage is in its middle; a larger one leaves no gap at an edge. */
function along(middle: number, length: number, stage: number): number {
  if (length <= stage) return (stage - length) / 2;
  return Math.min(0, Math.max(stage - length, stage / 2 - middle * length));
}

/** To another scale, with what is at `point` of the stage staying there. Smaller than the whole is the whole. */
export function zoomTo(zoom: Zoom, scale: number, point: Point, picture: Size, stage: Size): Zoom {
  const least = fitScale(picture, stage);
  const wanted = Math.min(scale, Math.max(mostScale, least));
  if (wanted <= least * 1.001) return wholePicture;
  const before = placeOf(zoom, picture, stage);
  const left = point.x - ((point.x - before.left) / before.width) * picture.width * wanted;
  const top = point.y - ((point.y - before.top) / before.height) * picture.height * wanted;
  return settle({ scale: wanted, ...middleAt(left, top, wanted, picture, stage) }, picture, stage);
}

/** Moved along with the pointer. */
export function panBy(zoom: Zoom, by: Point, picture: Size, stage: Size): Zoom {
  const { left, top, scale } = placeOf(zoom, picture, stage);
  if (zoom.scale === null) return zoom;
  return settle({ scale, ...middleAt(left + by.x, top + by.y, scale, picture, stage) }, picture, stage);
}

function middleAt(left: number, top: number, scale: number, picture: Size, stage: Size): Point {
  return {
    x: (stage.width / 2 - left) / (picture.width * scale),
    y: (stage.height / 2 - top) / (picture.height * scale),
  };
}

/** What is beyond an edge is forgotten, so that the way back begins at once. */
function settle(zoom: Zoom, picture: Size, stage: Size): Zoom {
  const { left, top, scale } = placeOf(zoom, picture, stage);
  return { scale, ...middleAt(left, top, scale, picture, stage) };
}
