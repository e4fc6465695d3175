import { visionFeature, type Price } from '../../app/contract/models/usage.ts';

/**
 * US dollars per million tokens, in and out, as a person types them: `2.50/10`; of Azure AI Vision, per thousand transactions:
 * `1.50`. `undefined` when that is no price. Pure.
 */
export function parsePrice(text: string, isVision = false): Price | undefined {
  return isVision ? parseVisionPrice(text) : parseTokenPrice(text);
}

function parseTokenPrice(text: string): Price | undefined {
  const [, input, output] = /^\s*(\d+(?:[.,]\d+)?)\s*\/\s*(\d+(?:[.,]\d+)?)\s*$/.exec(text) ?? [];
  if (input === undefined || output === undefined) return undefined;
  return {
    inputMicroUsdPerMillion: toMicroUsd(input),
    outputMicroUsdPerMillion: toMicroUsd(output),
    source: 'own',
  };
}

function parseVisionPrice(text: string): Price | undefined {
  const [, amount] = /^\s*(\d+(?:[.,]\d+)?)\s*$/.exec(text) ?? [];
  if (amount === undefined) return undefined;
  const each = toMicroUsd(amount) / 1_000;
  return {
    inputMicroUsdPerMillion: 0,
    outputMicroUsdPerMillion: 0,
    featureMicroUsd: Object.fromEntries(visionFeature.options.map((feature) => [feature, each])),
    source: 'own',
  };
}

function toMicroUsd(amount: string): number {
  return Math.round(Number(amount.replace(',', '.')) * 1e6);
}

/** As `parsePrice` reads it. Pure. */
export function formatPrice({
  inputMicroUsdPerMillion,
  outputMicroUsdPerMillion,
  featureMicroUsd,
}: Price): string {
  if (featureMicroUsd !== undefined) {
    return String(Math.max(0, ...Object.values(featureMicroUsd)) / 1_000);
  }
  return `${String(inputMicroUsdPerMillion / 1e6)}/${String(outputMicroUsdPerMillion / 1e6)}`;
}
