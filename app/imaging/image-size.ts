import type { Detail } from '../contract/models/detail.ts';
import { AppError } from '../platform/errors.ts';
import type { PatchLimits, SizeRule } from './size-rules.ts';

/**
 * The detail budget: which size to send, and what it costs in tokens (AZURE §2). The service makes large pictures
 * smaller before it looks at them, so a pixel beyond its own size is uploaded, and thrown away there. Pure arithmetic.
 */

export type PixelSize = { readonly widthPx: number; readonly heightPx: number };

export type PlannedSize = PixelSize & { readonly detail: Detail; readonly imageTokens: number };

/** What services know; only `low` and `high` are ever sent. */
type CountedDetail = Detail | 'original';

const tilePx = 512;
const tileBoxPx = 2048;
const tileShortSidePx = 768;
const patchPx = 32;
/** A request with more is refused, before the multiplier (AZURE §2.2). */
const patchesPerRequest = 30_000;
/** Plain floats give 1367.9999 where 1368 is meant. */
const epsilon = 1e-9;

/**
 * The size and detail to send: all that the model looks at and nothing more, never enlarged, and with `maxImageTokens`
 * the largest size whose tokens fit. The returned detail differs from the wish in two cases: `high` does not fit the
 * budget and `low` does, or `low` costs more than `high` (gpt-5.4). Throws `invalid-input` when nothing fits.
 */
export function planImageSize(
  size: PixelSize,
  rule: SizeRule,
  detail: Detail,
  { maxImageTokens = Infinity }: { readonly maxImageTokens?: number } = {},
): PlannedSize {
  const low = planAtDetail(size, rule, 'low', maxImageTokens);
  const high = planAtDetail(size, rule, 'high', maxImageTokens);
  const wish = detail === 'low' ? low : high;
  const other = detail === 'low' ? high : low;
  const planned = wish ?? other;
  if (planned === undefined) {
    const leastImageTokens = leastTokens(rule, 'low');
    const reason = `A picture takes at least ${leastImageTokens} image tokens with this model; ${maxImageTokens} were allowed.`;
    throw new AppError('invalid-input', { reason, leastImageTokens, maxImageTokens });
  }
  const lowIsDearer = detail === 'low' && high !== undefined && high.imageTokens < planned.imageTokens;
  return lowIsDearer ? high : planned;
}

/**
 * The tokens that a service counts for a picture of this size. Throws `image-too-large` where it would refuse it.
 * `original` without a rule of its own counts as `high`.
 */
export function countImageTokens(size: PixelSize, rule: SizeRule, detail: CountedDetail): number {
  const seen = seenSize(size, rule, detail);
  const patches = countSquares(seen, patchPx);
  if (rule.kind === 'tile') {
    const tiles = detail === 'low' ? 0 : countSquares(seen, tilePx);
    const byPatches = Math.ceil(patches * (rule.tokensPerPatch ?? 0) - epsilon); // why 0: it counts by tiles alone
    return Math.max(rule.baseTokens + rule.tokensPerTile * tiles, byPatches);
  }
  if (patches > patchesPerRequest) {
    throw new AppError('image-too-large', { megapixels: Math.round((size.widthPx * size.heightPx) / 1e6) });
  }
  return Math.ceil(patches * rule.multiplier - epsilon);
}

/** The size at which the model looks at a picture: the service's own steps. */
function seenSize(size: PixelSize, rule: SizeRule, detail: CountedDetail): PixelSize {
  if (rule.kind === 'patch') {
    const limits = detail === 'original' ? (rule.original ?? rule.high) : rule[detail];
    return fitPatches(size, limits);
  }
  const longPx = Math.max(size.widthPx, size.heightPx);
  const shortPx = Math.min(size.widthPx, size.heightPx);
  return detail === 'low'
    ? fitInBox(size, tilePx)
    : scale(size, Math.min(tileBoxPx / longPx, tileShortSidePx / shortPx));
}

/**
 * AZURE §2.2: fit to the largest side, then to the number of patches, on whole patches of the narrower side. The second
 * step starts from the original again: two roundings would bend the shape by more than a pixel.
 */
function fitPatches(
  size: PixelSize,
  { maxDimensionPx = Infinity, maxPatches = Infinity }: PatchLimits,
): PixelSize {
  const longPx = Math.max(size.widthPx, size.heightPx);
  const fitted = fitInBox(size, maxDimensionPx);
  if (countSquares(fitted, patchPx) <= maxPatches) return fitted;

  const factor = Math.sqrt((patchPx * patchPx * maxPatches) / (size.widthPx * size.heightPx));
  const columns = (size.widthPx * factor) / patchPx;
  const rows = (size.heightPx * factor) / patchPx;
  // A strip narrower than a patch is one patch wide; the published formula would make it vanish.
  if (Math.min(columns, rows) < 1) return scale(size, (patchPx * maxPatches) / longPx);
  return scale(size, factor * Math.min(Math.floor(columns) / columns, Math.floor(rows) / rows));
}

/** The size of a picture within a square box, never enlarged. */
export function fitInBox(size: PixelSize, boxPx: number): PixelSize {
  return scale(size, boxPx / Math.max(size.widthPx, size.heightPx));
}

function planAtDetail(
  size: PixelSize,
  rule: SizeRule,
  detail: Detail,
  maxImageTokens: number,
): PlannedSize | undefined {
  const plan = (planned: PixelSize): PlannedSize => ({
    ...planned,
    detail,
    imageTokens: countImageTokens(planned, rule, detail),
  });
  const full = plan(seenSize(size, rule, detail));
  if (full.imageTokens <= maxImageTokens) return full;
  if (leastTokens(rule, detail) > maxImageTokens) return undefined;

  // Within the service's own size tokens only grow with the size, so the largest that fits is found by halving.
  let fits = 1;
  let tooLarge = Math.max(full.widthPx, full.heightPx);
  while (tooLarge - fits > 1) {
    const middle = Math.floor((fits + tooLarge) / 2);
    if (plan(fitInBox(size, middle)).imageTokens <= maxImageTokens) fits = middle;
    else tooLarge = middle;
  }
  return plan(fitInBox(size, fits));
}

/** What the smallest picture costs. */
function leastTokens(rule: SizeRule, detail: Detail): number {
  return countImageTokens({ widthPx: 1, heightPx: 1 }, rule, detail);
}

/** Whole pixels, at least one, and never larger than before. */
function scale({ widthPx, heightPx }: PixelSize, factor: number): PixelSize {
  if (factor >= 1) return { widthPx, heightPx };
  return {
    widthPx: Math.max(1, Math.floor(widthPx * factor + epsilon)),
    heightPx: Math.max(1, Math.floor(heightPx * factor + epsilon)),
  };
}

function countSquares({ widthPx, heightPx }: PixelSize, sidePx: number): number {
  return Math.ceil(widthPx / sidePx) * Math.ceil(heightPx / sidePx);
}
