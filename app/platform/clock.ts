/** Time and timers as the engine sees them, so that tests can hold the clock. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /**
   * Calls `action` once after `delayMs`, at the latest when the system's longest timer ends: whoever waits longer looks at
   * the time and waits again. The returned function cancels it; until then it keeps the process alive.
   */
  after(delayMs: number, action: () => void): () => void;
}

/** Node's longest timer, 24 days. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, Math.min(Math.max(delayMs, 0), longestTimerMs));
    return () => {
      clearTimeout(timer);
    };
  },
};
