import type { Texts } from './catalogue.ts';
import { formatMoney } from './format.ts';

type Sum = {
  /** Millionths of a US dollar; `null` = nobody knows the price. */
  readonly microUsd: number | null;
  /** How many parts are not in it, since nobody knows their price. */
  readonly unpriced: number;
};

/** Money in words; an unknown price never reads as nothing. */
export function formatSum({ microUsd, unpriced }: Sum, texts: Texts, language: string): string {
  if (microUsd === null || (unpriced > 0 && microUsd === 0)) return texts.common.unknownPrice;
  const money = formatMoney(microUsd, language);
  return unpriced > 0 ? texts.common.atLeast(money) : money;
}
