/**
 * The longest time in ms for which everybody else had to wait while `work` was done: from its call to its end, without a gap.
 * Not `monitorEventLoopDelay`: that misses the first turn, and counts what happened before it was switched on again.
 */
export async function longestTurnMs(work: () => unknown): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let isOver = false;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  setImmediate(look);
  try {
    await work();
  } finally {
    isOver = true;
    look();
  }
  return longest;
}
