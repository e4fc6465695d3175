import type { RateLimit } from './provider.ts';
import { countOf, omitUndefined } from './wire.ts';

/** The part of `Headers` that is read here. */
export type ResponseHeaders = { get(name: string): string | null };

/**
 * The service's rate limit as its headers tell it, `undefined` when they tell nothing. Azure sends −1 for what it does not
 * count, and a limit of 0 means the same; a *remaining* 0 is real, but only beside a real limit (LIBRARIES §3 f).
 */
export function readRateLimit(headers: ResponseHeaders): RateLimit | undefined {
  const limitRequests = limitOf(headers, 'x-ratelimit-limit-requests');
  const limitTokens = limitOf(headers, 'x-ratelimit-limit-tokens');
  const rateLimit = omitUndefined({
    limitRequests,
    limitTokens,
    remainingRequests: remainingOf(headers, 'x-ratelimit-remaining-requests', limitRequests),
    remainingTokens: remainingOf(headers, 'x-ratelimit-remaining-tokens', limitTokens),
  });
  return Object.keys(rateLimit).length === 0 ? undefined : rateLimit;
}

function limitOf(headers: ResponseHeaders, name: string): number | undefined {
  const count = countOf(headers.get(name)?.trim());
  return count === 0 ? undefined : count;
}

function remainingOf(headers: ResponseHeaders, name: string, limit: number | undefined): number | undefined {
  const count = countOf(headers.get(name)?.trim());
  return count === 0 && limit === undefined ? undefined : count;
}

/**
 * How long the service asks to wait, in ms: `retry-after-ms`, then `retry-after` (seconds or an HTTP date), then the number
 * of seconds in the text ("Please retry after 27 seconds"); `undefined` when it does not say (AZURE §4). `nowMs` is the
 * caller's clock, against which a date counts.
 */
export function readPauseMs(
  headers: ResponseHeaders,
  message: string | undefined,
  nowMs: number,
): number | undefined {
  return (
    durationOf(headers.get('retry-after-ms'), 1) ??
    durationOf(headers.get('retry-after'), 1000) ??
    untilDate(headers.get('retry-after'), nowMs) ??
    secondsInText(message)
  );
}

function durationOf(value: string | null, unitMs: number): number | undefined {
  if (value === null || !/^\d{1,9}(\.\d+)?$/.test(value.trim())) return undefined;
  return Math.ceil(Number(value) * unitMs);
}

function untilDate(value: string | null, nowMs: number): number | undefined {
  // Numbers were read before; `Date.parse` would take a bare −1 for a year.
  if (value === null || !/[a-z]/i.test(value)) return undefined;
  const dateMs = Date.parse(value);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}

function secondsInText(message: string | undefined): number | undefined {
  const match = /(?:retry|try again|wait)\D{0,40}(\d{1,6}(?:\.\d+)?) ?(ms|milliseconds|s|seconds?)\b/i.exec(
    message ?? '',
  );
  if (match === null) return undefined;
  const [, amount, unit] = match;
  return Math.ceil(Number(amount) * (unit?.startsWith('m') ? 1 : 1000));
}
