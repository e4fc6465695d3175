import type { PatchLimits, PatchRule, SizeRule, TileRule } from './size-rules.ts';

export type Detail = 'low' | 'high' | 'auto' | 'original';

type Size = { readonly widthPx: number; readonly heightPx: number };

const tileSidePx = 512;
const patchSidePx = 32;

/** A picture of more patches than this is refused, before the multiplier (AZURE §2.2). */
export const mostPatches = 30_000;

/**
 * Image tokens of one picture of this size. `auto` counts as the model's own choice (AZURE §2).
 * `undefined` when the service would refuse the picture as too large.
 */
export function countImageTokens(rule: SizeRule, size: Size, detail: Detail): number | undefined {
  return rule.kind === 'tile' ? countByTiles(rule, size, detail) : countByPatches(rule, size, detail);
}

function countByTiles(rule: TileRule, size: Size, detail: Detail): number {
  if (detail === 'low') return rule.baseTokens;
  const inSquare = shrink(size, Math.min(1, 2048 / Math.max(size.widthPx, size.heightPx)));
  const shown = shrink(inSquare, Math.min(1, 768 / Math.min(inSquare.widthPx, inSquare.heightPx)));
  const tiles = Math.ceil(shown.widthPx / tileSidePx) * Math.ceil(shown.heightPx / tileSidePx);
  return rule.baseTokens + rule.tokensPerTile * tiles;
}

function countByPatches(rule: PatchRule, size: Size, detail: Detail): number | undefined {
  const asked = detail === 'auto' ? rule.auto : detail;
  const limits = asked === 'original' ? (rule.original ?? rule.high) : rule[asked];
  const patches = countPatches(size, limits);
  return patches > mostPatches ? undefined : Math.ceil(patches * rule.multiplier);
}

function countPatches(size: Size, { maxSidePx, maxPatches }: PatchLimits): number {
  const longest = Math.max(size.widthPx, size.heightPx);
  const fitted = maxSidePx === undefined ? size : shrink(size, Math.min(1, maxSidePx / longest));
  const patches = patchesOf(fitted);
  if (maxPatches === undefined || patches <= maxPatches) return patches;

  let factor = Math.sqrt((patchSidePx ** 2 * maxPatches) / (fitted.widthPx * fitted.heightPx));
  factor *= Math.min(wholePatchShare(fitted.widthPx * factor), wholePatchShare(fitted.heightPx * factor));
  // Plain floats give 1367.9999 for 1368.
  const down = (sidePx: number) => Math.floor(sidePx * factor + 1e-9);
  return patchesOf({ widthPx: down(fitted.widthPx), heightPx: down(fitted.heightPx) });
}

function wholePatchShare(sidePx: number): number {
  const patches = sidePx / patchSidePx;
  return Math.floor(patches) / patches;
}

function patchesOf({ widthPx, heightPx }: Size): number {
  return Math.ceil(widthPx / patchSidePx) * Math.ceil(heightPx / patchSidePx);
}

function shrink({ widthPx, heightPx }: Size, factor: number): Size {
  return {
    widthPx: Math.max(1, Math.round(widthPx * factor)),
    heightPx: Math.max(1, Math.round(heightPx * factor)),
  };
}

/** Our own stated rule, since no tokenizer is at hand: one token for every four bytes of UTF-8, rounded up. */
export function countTextTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 4);
}

/** What every message and every request costs beside its text: also our own stated rule. */
export const tokensPerMessage = 4;
export const tokensPerRequest = 3;

/** The beginning of `text` that costs at most `tokens` by our rule; never cuts a character in two. */
export function cutToTokens(text: string, tokens: number): string {
  if (countTextTokens(text) <= tokens) return text;
  const bytes = Buffer.from(text, 'utf8').subarray(0, tokens * 4);
  return new TextDecoder().decode(bytes).replace(/\uFFFD+$/u, '');
}
