/** Time and timers as the engine sees them, so that tests can hold the clock. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Calls `action` once after `delayMs`; the returned function cancels it. Never keeps the process alive by itself. */
  after(delayMs: number, action: () => void): () => void;
}

/** Node's longest timer; longer waits are taken in steps by whoever waits. */
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
