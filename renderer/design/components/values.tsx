import { formatCount, formatMoney, formatTime, type TimeStyle } from '../../texts/format.ts';
import { useLanguage, useTexts } from '../../texts/use-texts.ts';

/** A number as the language writes it. */
export function Count({ value }: { readonly value: number }) {
  return formatCount(value, useLanguage());
}

/** Millionths of a US dollar; `null` = the price is not known, which is said. */
export function Money({ microUsd }: { readonly microUsd: number | null }) {
  const language = useLanguage();
  const texts = useTexts();
  return microUsd === null ? texts.common.unknownPrice : formatMoney(microUsd, language);
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
