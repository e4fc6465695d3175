import { watch, type FSWatcher } from 'chokidar';
import { basename, dirname, relative, sep } from 'node:path';
import { systemCode } from '../platform/errors.ts';
import { DirtyDirectories } from './dirty-directories.ts';
import { createIgnoreRules } from './ignore-rules.ts';

/** Hears of changes in one root. */
export interface RootWatch {
  close(): Promise<void>;
}

export type RootWatchEvents = {
  readonly onReady: () => void;
  /** From the root, with `/`; empty for the root itself. */
  readonly onDirty: (directories: readonly string[] | 'all') => void;
  /** Changes are not heard of any more. */
  readonly onLost: (code: string) => void;
};

const isIgnored = createIgnoreRules([]);

/**
 * The usual way to watch a root, on every system. Takes 2 to 4 MB for every thousand files and blocks its loop while it
 * starts (LIBRARIES §11).
 */
export class ChokidarWatch implements RootWatch {
  readonly #path: string;
  readonly #events: RootWatchEvents;
  readonly #watcher: FSWatcher;
  readonly #dirty: DirtyDirectories;

  constructor(path: string, events: RootWatchEvents) {
    this.#path = path;
    this.#events = events;
    this.#dirty = new DirtyDirectories(events.onDirty);
    this.#watcher = watch(path, {
      ignoreInitial: true,
      // The scan follows links, and its schedule finds what changes behind them.
      followSymlinks: false,
      // Whether a file is complete is for the scan to say.
      awaitWriteFinish: false,
      atomic: false,
      ignored: (candidate, stats) => candidate !== path && isIgnoredPath(candidate, stats?.isDirectory()),
    });
    this.#watcher.on('ready', events.onReady);
    this.#watcher.on('all', (event, changed) => {
      this.#hear(event, changed);
    });
    this.#watcher.on('error', (error) => {
      this.#fail(error);
    });
  }

  async close(): Promise<void> {
    this.#dirty.close();
    await this.#watcher.close();
  }

  #hear(event: string, path: string): void {
    if (path === this.#path) {
      if (event === 'unlinkDir') this.#events.onLost('ENOENT');
      return;
    }
    const parent = this.#toRelative(dirname(path));
    if (event === 'addDir') this.#dirty.add(parent, this.#toRelative(path));
    else this.#dirty.add(parent);
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

/** Before chokidar has looked at a path, only what is ignored as a file and as a folder is. */
function isIgnoredPath(path: string, isFolder: boolean | undefined): boolean {
  const name = basename(path);
  if (isFolder !== undefined) return isIgnored(name, name, isFolder);
  return isIgnored(name, name, true) && isIgnored(name, name, false);
}
