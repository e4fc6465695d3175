import { findByModel } from '../contract/model-name.ts';

/**
 * How each model family sizes and counts pictures, as data: services change these numbers, and a person may set their
 * own (AZURE §2). The arithmetic is in `image-size.ts`.
 */

/** Older models: 512-pixel tiles (AZURE §2.1). */
type TileRule = {
  readonly kind: 'tile';
  readonly baseTokens: number;
  readonly tokensPerTile: number;
  /** For each 32-pixel patch of what is sent, where that is more: of a model that may count by patches, at low too. */
  readonly tokensPerPatch?: number;
};

/** How far the service itself makes a picture smaller before it counts. Absent = no such limit. */
export type PatchLimits = { readonly maxDimensionPx?: number; readonly maxPatches?: number };

/** Newer models: 32-pixel patches (AZURE §2.2). `original` is known but not offered: it costs four times `high`. */
type PatchRule = {
  readonly kind: 'patch';
  /** Tokens per patch. */
  readonly multiplier: number;
  readonly low: PatchLimits;
  readonly high: PatchLimits;
  readonly original?: PatchLimits;
};

export type SizeRule = TileRule | PatchRule;

/** When the numbers below were current; to be raised with them. */
export const sizeRulesVersion = '2026-09';

const smallPicture: PatchLimits = { maxDimensionPx: 512 };
const wide: PatchLimits = { maxPatches: 6144, maxDimensionPx: 2048 };
const usual: PatchLimits = { maxPatches: 2500, maxDimensionPx: 2048 };
const large: PatchLimits = { maxPatches: 10_000, maxDimensionPx: 6000 };
const whole: PatchLimits = { maxDimensionPx: 65_535 };

const tile = (baseTokens: number, tokensPerTile: number): SizeRule => ({
  kind: 'tile',
  baseTokens,
  tokensPerTile,
});

/** One rule for low and high. Of gpt-4.1-nano, gpt-5-mini, gpt-5-nano and o4-mini this is an assumption (AZURE §2.2). */
const oneLevel = (multiplier: number): SizeRule => ({ kind: 'patch', multiplier, low: wide, high: wide });

/** `low` may cost more than `high` here. */
const generation54: SizeRule = { kind: 'patch', multiplier: 1.2, low: wide, high: usual, original: large };

const generation6: SizeRule = {
  kind: 'patch',
  multiplier: 1.2,
  low: smallPicture,
  high: { maxPatches: 2500, maxDimensionPx: 65_535 },
  original: whole,
};

/** By model family; the longest family name that fits wins. */
const rules: Readonly<Record<string, SizeRule>> = {
  // "GPT-4 Turbo with Vision", under any of its names.
  'gpt-4': tile(85, 170),
  'gpt-4o': tile(85, 170),
  'gpt-4o-mini': tile(2833, 5667),
  'gpt-4.1': tile(85, 170),
  'gpt-4.5': tile(85, 170),
  'gpt-5': tile(70, 140),
  'gpt-5.1': tile(70, 140),
  o1: tile(75, 150),
  o3: tile(75, 150),
  'computer-use-preview': tile(65, 129),

  'gpt-4.1-mini': oneLevel(1.62),
  'gpt-4.1-nano': oneLevel(2.46),
  'o4-mini': oneLevel(1.72),
  'gpt-5-mini': oneLevel(1.2),
  'gpt-5-nano': oneLevel(1.5),
  'gpt-5.2': oneLevel(1.2),
  'gpt-5.4': generation54,
  'gpt-5.5': { kind: 'patch', multiplier: 1.2, low: smallPicture, high: usual, original: large },
  'gpt-5.6': { kind: 'patch', multiplier: 1.2, low: smallPicture, high: usual, original: whole },
  'gpt-6-astra': generation6,
  // No rule of gpt-6-sol is published: the one of its sibling.
  'gpt-6': generation6,
};

/**
 * For a model that is not in the table (DESIGN §1): sent as to one that looks at tiles, and counted from above. Models with a
 * name of one's own count by patches as well, and the finest that is known (Pixtral) makes a token of every 16 × 16 pixels and
 * one more of every row: `app/decisions/0168-unknown-models-counted-from-above.md`.
 */
const unknownModelRule: SizeRule = { kind: 'tile', baseTokens: 85, tokensPerTile: 170, tokensPerPatch: 4.25 };

/** How the model counts is not known: what it counts may be less, and hardly more. */
export function isCountedFromAbove(rule: SizeRule): boolean {
  return rule.kind === 'tile' && rule.tokensPerPatch !== undefined;
}

/**
 * The rule of a model, by the name that a person or a service gave it. `known` is false when the rule is a guess.
 * `ownRules`, keyed by family, win over the table.
 */
export function findSizeRule(
  modelId: string | undefined,
  ownRules: Readonly<Record<string, SizeRule>> = {},
): SizeRule & { readonly known: boolean } {
  const rule = findByModel({ ...rules, ...ownRules }, modelId);
  return rule === undefined ? { ...unknownModelRule, known: false } : { ...rule, known: true };
}
