import type { Price, VisionFeature } from '../contract/models/usage.ts';

/** What costs: tokens, of which the cached part of the input may have a price of its own, or features. */
export type ChargedTokens = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedInputTokens?: number | undefined;
  readonly features?: readonly VisionFeature[] | undefined;
};

/**
 * What tokens cost, in millionths of a US dollar, rounded to the nearest. Cached tokens are part of the input tokens; a
 * service that reports more cached than input tokens is taken at its input tokens.
 */
export function costMicroUsd(tokens: ChargedTokens, price: Price): number {
  return Math.round(exactMicroUsd(tokens, price));
}

/** As `costMicroUsd`, but rounded up, and whatever part of the input may be cached: the most that it can cost. */
export function upperCostMicroUsd(tokens: Omit<ChargedTokens, 'cachedInputTokens'>, price: Price): number {
  const { inputTokens, outputTokens, features } = tokens;
  const uncached = exactMicroUsd({ inputTokens, outputTokens, features }, price);
  const cached = exactMicroUsd(
    { inputTokens, outputTokens, features, cachedInputTokens: inputTokens },
    price,
  );
  return Math.ceil(Math.max(uncached, cached));
}

function exactMicroUsd(tokens: ChargedTokens, price: Price): number {
  const cached = Math.min(tokens.cachedInputTokens ?? 0, tokens.inputTokens);
  const cachedPrice = price.cachedInputMicroUsdPerMillion ?? price.inputMicroUsdPerMillion;
  const tokensCost =
    ((tokens.inputTokens - cached) * price.inputMicroUsdPerMillion +
      cached * cachedPrice +
      tokens.outputTokens * price.outputMicroUsdPerMillion) /
    1_000_000;
  return tokensCost + featuresMicroUsd(tokens.features ?? [], price) + (price.requestMicroUsd ?? 0); // why 0: most have none
}

/** A feature without a price of its own costs as much as the dearest: a budget has to hold. */
function featuresMicroUsd(features: readonly VisionFeature[], { featureMicroUsd = {} }: Price): number {
  const dearest = Math.max(0, ...Object.values(featureMicroUsd));
  return features.reduce((sum, feature) => sum + (featureMicroUsd[feature] ?? dearest), 0);
}

/**
 * The parts of a whole number by shares: whole numbers that add up to it, each less than 1 from what is due. Pure.
 *
 * @param shares not negative, one of them more than 0
 */
export function divideByShares(whole: number, shares: readonly number[]): number[] {
  const all = shares.reduce((sum, share) => sum + share, 0);
  let given = 0;
  let due = 0;
  return shares.map((share) => {
    due += share;
    const part = Math.floor((whole * due) / all) - given;
    given += part;
    return part;
  });
}

/** `$1,240.00`, `$0.0420`, `$0.000042`: two digits, and below ten cents as many as it takes to say something. */
export function formatUsd(microUsd: number): string {
  const usd = microUsd / 1_000_000;
  const digits = microUsd === 0 || usd >= 0.095 ? 2 : usd >= 0.00095 ? 4 : 6;
  return usd.toLocaleString('en-US', {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}
