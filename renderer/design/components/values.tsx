import { formatCount, formatTime, type TimeStyle } from '../../texts/format.ts';
import { formatSum } from '../../texts/format-sum.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';

/** A number as the language writes it. */
export function Count({ value }: { readonly value: number }) {
  return formatCount(value, useLanguage());
}

type MoneyProps = {
  /** Millionths of a US dollar; `null` = the price is not known, which is said. */
  readonly microUsd: number | null;
  /** Of a sum: how many parts are not in it, since nobody knows their price. @default 0 */
  readonly unpriced?: number;
};

export function Money({ microUsd, unpriced = 0 }: MoneyProps) {
  return formatSum({ microUsd, unpriced }, useTexts(), useLanguage());
}

type DateTimeProps = {
  readonly ms: number;
  /** @default 'full' */
  readonly style?: TimeStyle;
  /** A camera's wall clock (`captureLocalMs`) instead of a moment. @default false */
  readonly isWallClock?: boolean;
};

export function DateTime({ ms, style = 'full', isWallClock = false }: DateTimeProps) {
  const language = useLanguage();
  return (
    <time dateTime={new Date(ms).toISOString().slice(0, isWallClock ? 19 : undefined)}>
      {formatTime(ms, style, language, isWallClock ? 'UTC' : undefined)}
    </time>
  );
}
