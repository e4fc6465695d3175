/**
 * @file How many tokens a picture costs, by model family: AZURE §2 as data, written down a second time on purpose.
 * The app has its own table; a mistake in one of them shows as a difference between ledger and emulator.
 */

/** A picture may be shrunk to fit a side, and then to fit a number of 32 px patches. Absent = no such limit. */
export type PatchLimits = { readonly maxSidePx?: number; readonly maxPatches?: number };

export type TileRule = { readonly kind: 'tile'; readonly baseTokens: number; readonly tokensPerTile: number };

export type PatchRule = {
  readonly kind: 'patch';
  readonly multiplier: number;
  readonly low: PatchLimits;
  readonly high: PatchLimits;
  /** Only where the model takes `detail: "original"`. */
  readonly original?: PatchLimits;
  readonly auto: 'high' | 'original';
};

export type SizeRule = TileRule | PatchRule;

const tile = (baseTokens: number, tokensPerTile: number): TileRule => ({
  kind: 'tile',
  baseTokens,
  tokensPerTile,
});

const small: PatchLimits = { maxPatches: 6144, maxSidePx: 2048 };
const large: PatchLimits = { maxPatches: 2500, maxSidePx: 2048 };
const thumbnail: PatchLimits = { maxSidePx: 512 };

/** One rule for every detail: the newest copy for gpt-4.1-mini and its relatives. */
const flat = (multiplier: number): PatchRule => ({
  kind: 'patch',
  multiplier,
  low: small,
  high: small,
  auto: 'high',
});

/** `6,144 patches` for low: it can cost more than high. */
const gpt54: PatchRule = {
  kind: 'patch',
  multiplier: 1.2,
  low: small,
  high: large,
  original: { maxPatches: 10_000, maxSidePx: 6000 },
  auto: 'high',
};

const gpt56: PatchRule = {
  kind: 'patch',
  multiplier: 1.2,
  low: thumbnail,
  high: large,
  original: {},
  auto: 'original',
};

/** By base model. Sources and dates: AZURE §2.1 and §2.2. */
export const sizeRules = {
  'gpt-4-turbo': tile(85, 170),
  'gpt-4o': tile(85, 170),
  'gpt-4o-mini': tile(2833, 5667),
  'gpt-4.1': tile(85, 170),
  'gpt-4.1-mini': flat(1.62),
  'gpt-4.1-nano': flat(2.46),
  'gpt-5': tile(70, 140),
  'gpt-5.1': tile(70, 140),
  'gpt-5-mini': flat(1.2),
  'gpt-5-nano': flat(1.5),
  'gpt-5.2': flat(1.2),
  'gpt-5.4': gpt54,
  'gpt-5.5': { ...gpt56, original: { maxPatches: 10_000, maxSidePx: 6000 } },
  'gpt-5.6-terra': gpt56,
  'gpt-6-astra': { ...gpt56, high: { maxPatches: 2500, maxSidePx: 65_535 } },
  o1: tile(75, 150),
  o3: tile(75, 150),
  'o4-mini': flat(1.72),
} as const satisfies Record<string, SizeRule>;
