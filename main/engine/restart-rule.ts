import type { Clock } from '../../app/platform/clock.ts';

export type RestartRule = {
  /** The engine ended without being asked to: what now. `attempt` counts from 1. */
  died():
    | { readonly kind: 'restart'; readonly attempt: number; readonly afterMs: number }
    | { readonly kind: 'give-up' };
  /** A person wants it tried again. */
  forgive(): void;
};

/** Deaths older than this have nothing to do with the next. */
const memoryMs = 60_000;
const mostDeaths = 5;
const firstWaitMs = 200;

/** Starts again at once, then after longer and longer waits; gives up at the fifth death within a minute. */
export function restartRule(clock: Pick<Clock, 'now'>): RestartRule {
  let deaths: number[] = [];
  return {
    died: () => {
      const now = clock.now();
      deaths = [...deaths.filter((atMs) => now - atMs < memoryMs), now];
      const attempt = deaths.length;
      if (attempt >= mostDeaths) return { kind: 'give-up' };
      return { kind: 'restart', attempt, afterMs: firstWaitMs * 3 ** (attempt - 1) };
    },
    forgive: () => {
      deaths = [];
    },
  };
}
