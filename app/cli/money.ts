import { visionFeature, type Price } from '../contract/models/usage.ts';
import { AppError } from '../platform/errors.ts';
import { usageText } from './library-text.ts';

const microPerUsd = 1_000_000;
/** More than this is a slip of the finger, not a budget for photos. */
const mostUsd = 1_000_000;

/**
 * Reads US dollars exactly as people write them: `5`, `$5`, `0.50`, `.5`. Gives millionths of a dollar.
 *
 * @throws {AppError} `invalid-input` for anything else: nothing, zero, a minus, a comma, fractions of a millionth.
 */
export function parseUsd(text: string): number {
  const match = /^\$?(?<whole>\d{0,8})(?:\.(?<part>\d{1,6}))?$/.exec(text.trim());
  const { whole = '', part = '' } = match?.groups ?? {};
  const microUsd = Number(whole) * microPerUsd + Number(part.padEnd(6, '0'));
  if (match === null || microUsd === 0 || microUsd > mostUsd * microPerUsd) {
    const hint = text.includes(',') ? ' Write the decimals with a point.' : '';
    throw new AppError('invalid-input', {
      reason: `“${text}” is no amount of dollars such as 5 or 0.50.${hint}`,
    });
  }
  return microUsd;
}

/** What was spent; an unknown price never reads as nothing. */
export function formatSpent({
  costMicroUsd,
  unpriced,
}: {
  readonly costMicroUsd: number;
  readonly unpriced: number;
}): string {
  if (unpriced === 0) return formatUsd(costMicroUsd);
  return costMicroUsd === 0 ? usageText.unknownPrice : usageText.atLeast(formatUsd(costMicroUsd));
}

/** Zero is a price: of a server that costs nothing, or of a service that does not count what goes in. */
const pricePattern = /^\$?(?<input>\d{1,4}(?:\.\d{1,6})?)\/\$?(?<output>\d{1,4}(?:\.\d{1,6})?)$/;

const analysisPattern = /^\$?(?<perThousand>\d{1,4}(?:\.\d{1,6})?)$/;

/**
 * Reads a price as services publish it: in US dollars per million tokens going in and coming out, `2.5/10`, or of Azure AI Vision
 * per thousand transactions, `1.5`. Gives millionths of a dollar per million tokens, or for one transaction.
 *
 * @throws {AppError} `invalid-input` for anything else.
 */
export function parsePrice(text: string): Price {
  const { perThousand } = analysisPattern.exec(text.trim())?.groups ?? {};
  if (perThousand !== undefined) {
    const each = (Number(perThousand) * microPerUsd) / 1_000;
    return {
      inputMicroUsdPerMillion: 0,
      outputMicroUsdPerMillion: 0,
      featureMicroUsd: Object.fromEntries(visionFeature.options.map((feature) => [feature, each])),
      source: 'own',
    };
  }
  const { input, output } = pricePattern.exec(text.trim())?.groups ?? {};
  if (input === undefined || output === undefined) {
    throw new AppError('invalid-input', {
      reason: `“${text}” is no price IN/OUT in US dollars per million tokens, such as 2.5/10, nor one per thousand transactions, such as 1.5.`,
    });
  }
  return {
    inputMicroUsdPerMillion: Math.round(Number(input) * microPerUsd),
    outputMicroUsdPerMillion: Math.round(Number(output) * microPerUsd),
    source: 'own',
  };
}

/** Made with the first amount: making one takes longer than most commands have, and most say none. */
let formats: { readonly cents: Intl.NumberFormat; readonly small: Intl.NumberFormat } | undefined;

function makeFormats() {
  const usd = { style: 'currency', currency: 'USD' } as const;
  return {
    cents: new Intl.NumberFormat('en-US', usd),
    small: new Intl.NumberFormat('en-US', { ...usd, maximumSignificantDigits: 2 }),
  };
}

/** From here on two significant digits are whole cents. */
const smallestInCents = 99_500;

/** In cents; below ten cents in two significant digits, so that a tenth of a cent is not nothing. */
export function formatUsd(microUsd: number): string {
  const isSmall = microUsd > 0 && microUsd < smallestInCents && microUsd % 10_000 !== 0;
  const { cents, small } = (formats ??= makeFormats());
  return (isSmall ? small : cents).format(microUsd / microPerUsd);
}
