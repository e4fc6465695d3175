/**
 * Ends this process when it holds more than so much, which its parent takes for a crash. For processes whose work leaves
 * turns; one that does not needs a thread to watch it.
 */
export function watchMemory(mostBytes: number, everyMs = 250): void {
  setInterval(() => {
    if (process.memoryUsage.rss() > mostBytes) process.exit(1);
  }, everyMs).unref();
}
