import type { Price } from '../../app/contract/models.ts';

/** US dollars per million tokens, in and out, as a person types them: `2.50/10`. `undefined` when that is no price. Pure. */
export function parsePrice(text: string): Price | undefined {
  const [, input, output] = /^\s*(\d+(?:[.,]\d+)?)\s*\/\s*(\d+(?:[.,]\d+)?)\s*$/.exec(text) ?? [];
  if (input === undefined || output === undefined) return undefined;
  return {
    inputMicroUsdPerMillion: toMicroUsd(input),
    outputMicroUsdPerMillion: toMicroUsd(output),
    source: 'own',
  };
}

function toMicroUsd(amount: string): number {
  return Math.round(Number(amount.replace(',', '.')) * 1e6);
}

/** As `parsePrice` reads it. Pure. */
export function formatPrice({ inputMicroUsdPerMillion, outputMicroUsdPerMillion }: Price): string {
  return `${String(inputMicroUsdPerMillion / 1e6)}/${String(outputMicroUsdPerMillion / 1e6)}`;
}
