import { watch, type FSWatcher } from 'chokidar';
import { basename, dirname, relative, sep } from 'node:path';
import { systemCode } from '../platform/errors.ts';
import { createIgnoreRules } from './ignore-rules.ts';

export type RootWatchEvents = {
  readonly onReady: () => void;
  readonly onDirty: (directories: readonly string[] | 'all') => void;
  /** Changes are not heard of any more. */
  readonly onLost: (code: string) => void;
};

/** Changes are told when nothing more has come for so long, and at least so often. Milliseconds. */
const quietMs = 100;
const longestQuietMs = 1_000;
/** More events than this in one turn of the loop: some were lost, without an error (SPEED §3). */
const floodSize = 4_000;

const isIgnored = createIgnoreRules([]);

/**
 * Hears of changes in one root, and says in which directories. Lives in a process of its own: it takes megabytes for every
 * thousand files and blocks its loop while it starts (LIBRARIES §11).
 */
export class RootWatch {
  readonly #path: string;
  readonly #events: RootWatchEvents;
  readonly #watcher: FSWatcher;
  #dirty = new Set<string>();
  #isFlooded = false;
  #eventsInTurn = 0;
  #firstDirtyMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(path: string, events: RootWatchEvents) {
    this.#path = path;
    this.#events = events;
    this.#watcher = watch(path, {
      ignoreInitial: true,
      // The scan follows links, and its schedule finds what changes behind them.
      followSymlinks: false,
      // Whether a file is complete is for the scan to say.
      awaitWriteFinish: false,
      atomic: false,
      ignored: (candidate, stats) => candidate !== path && this.#isIgnored(candidate, stats?.isDirectory()),
    });
    this.#watcher.on('ready', events.onReady);
    this.#watcher.on('all', (event, changed) => {
      this.#note(event, changed);
    });
    this.#watcher.on('error', (error) => {
      this.#fail(error);
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }

  #isIgnored(path: string, isFolder: boolean | undefined): boolean {
    const name = basename(path);
    if (isFolder !== undefined) return isIgnored(name, name, isFolder);
    return isIgnored(name, name, true) && isIgnored(name, name, false);
  }

  #note(event: string, path: string): void {
    if (event === 'unlinkDir' && path === this.#path) {
      this.#events.onLost('ENOENT');
      return;
    }
    this.#countTurn();
    if (path !== this.#path) this.#dirty.add(this.#toRelative(dirname(path)));
    if (event === 'addDir') this.#dirty.add(this.#toRelative(path));
    this.#tellSoon();
  }

  #countTurn(): void {
    if (this.#eventsInTurn === 0) {
      setImmediate(() => {
        this.#eventsInTurn = 0;
      });
    }
    this.#eventsInTurn++;
    if (this.#eventsInTurn > floodSize) this.#isFlooded = true;
  }

  #tellSoon(): void {
    const nowMs = performance.now();
    if (this.#timer === undefined) this.#firstDirtyMs = nowMs;
    clearTimeout(this.#timer);
    const delayMs = Math.min(quietMs, this.#firstDirtyMs + longestQuietMs - nowMs);
    this.#timer = setTimeout(() => {
      this.#tell();
    }, delayMs);
  }

  #tell(): void {
    const directories = this.#isFlooded ? 'all' : [...this.#dirty];
    this.#timer = undefined;
    this.#isFlooded = false;
    this.#dirty = new Set();
    this.#events.onDirty(directories);
  }

  /** Without a watch for every folder the rest is not worth its memory; a scan on a schedule sees it all. */
  #fail(error: unknown): void {
    const code = systemCode(error) ?? 'unknown';
    if (code === 'EACCES' || code === 'EPERM' || code === 'ENOENT') this.#events.onDirty('all');
    else this.#events.onLost(code);
  }

  #toRelative(directory: string): string {
    return relative(this.#path, directory).split(sep).join('/');
  }
}
