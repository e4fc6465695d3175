/** Changes are told when nothing more has come for so long, and at least so often. Milliseconds. */
const quietMs = 100;
const longestQuietMs = 1_000;
/** More events than this in one turn of the loop: some were lost, without an error (SPEED §3). */
const floodSize = 4_000;

/** Collects directories in which something has changed, and tells of many at once. */
export class DirtyDirectories {
  readonly #tell: (directories: readonly string[] | 'all') => void;
  #directories = new Set<string>();
  #isFlooded = false;
  #eventsInTurn = 0;
  #firstMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: (directories: readonly string[] | 'all') => void) {
    this.#tell = tell;
  }

  /** One event, which makes these directories dirty. */
  add(...directories: readonly string[]): void {
    this.#countEvent();
    for (const directory of directories) this.#directories.add(directory);
    const nowMs = performance.now();
    if (this.#timer === undefined) this.#firstMs = nowMs;
    clearTimeout(this.#timer);
    const delayMs = Math.min(quietMs, this.#firstMs + longestQuietMs - nowMs);
    this.#timer = setTimeout(() => {
      this.#flush();
    }, delayMs);
  }

  /** Tells nothing more. */
  close(): void {
    clearTimeout(this.#timer);
  }

  #countEvent(): void {
    if (this.#eventsInTurn === 0) {
      setImmediate(() => {
        this.#eventsInTurn = 0;
      });
    }
    this.#eventsInTurn++;
    if (this.#eventsInTurn > floodSize) this.#isFlooded = true;
  }

  #flush(): void {
    const directories = this.#isFlooded ? 'all' : [...this.#directories];
    this.#timer = undefined;
    this.#isFlooded = false;
    this.#directories = new Set();
    this.#tell(directories);
  }
}
