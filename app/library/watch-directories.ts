import { existsSync, lstatSync, readdirSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../platform/errors.ts';
import { DirtyDirectories } from './dirty-directories.ts';
import { createIgnoreRules } from './ignore-rules.ts';
import type { RootWatch, RootWatchEvents } from './watch-root.ts';

const isIgnored = createIgnoreRules([]);

/**
 * Watches a root by one system watch for each folder and remembers nothing of the files: for roots that would take
 * gigabytes otherwise (SPEED §3, last row). For Linux, where a watch is heard of nothing below its own folder; it does not
 * say what has changed in a folder, which nobody needs.
 */
export class DirectoriesWatch implements RootWatch {
  readonly #path: string;
  readonly #events: RootWatchEvents;
  readonly #dirty: DirtyDirectories;
  /** By folder, from the root. */
  readonly #watchers = new Map<string, FSWatcher>();
  #isLost = false;

  constructor(path: string, events: RootWatchEvents) {
    this.#path = path;
    this.#events = events;
    this.#dirty = new DirtyDirectories(events.onDirty);
    // In the next turn: nobody hears of anything before the constructor has returned.
    setImmediate(() => {
      this.#watchTree('');
      if (!this.#isLost) events.onReady();
    });
  }

  close(): Promise<void> {
    this.#isLost = true;
    this.#dirty.close();
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    return Promise.resolve();
  }

  /** Gives the folders that are watched from now on. */
  #watchTree(top: string): string[] {
    const added: string[] = [];
    const folders = [top];
    for (let folder = folders.pop(); folder !== undefined && !this.#isLost; folder = folders.pop()) {
      if (this.#watchers.has(folder)) continue;
      try {
        // First the watch, then the list: what comes in between is heard of.
        this.#watchFolder(folder);
        added.push(folder);
        for (const entry of readdirSync(join(this.#path, folder), { withFileTypes: true })) {
          if (entry.isDirectory() && !isIgnored(entry.name, entry.name, true)) {
            folders.push(folder === '' ? entry.name : `${folder}/${entry.name}`);
          }
        }
      } catch (error) {
        this.#fail(error, folder);
      }
    }
    return added;
  }

  #watchFolder(folder: string): void {
    const watcher = watch(join(this.#path, folder), (event, name) => {
      this.#hear(folder, event, name);
    });
    watcher.on('error', (error) => {
      this.#fail(error, folder);
    });
    this.#watchers.set(folder, watcher);
  }

  #hear(folder: string, event: string, name: string | null): void {
    if (this.#isLost) return;
    if (event === 'rename' && folder === '' && !existsSync(this.#path)) {
      this.#lose('ENOENT');
      return;
    }
    const mayBeFolder = event === 'rename' && name !== null;
    const added = mayBeFolder ? this.#followFolder(folder === '' ? name : `${folder}/${name}`, name) : [];
    this.#dirty.add(folder, ...added);
  }

  /** A name has come or gone: if it is a folder's, so do its watches. */
  #followFolder(path: string, name: string): string[] {
    if (isIgnored(name, name, true)) return [];
    const stats = lstatSync(join(this.#path, path), { throwIfNoEntry: false });
    // Also where a folder has been put in the place of another.
    if (this.#watchers.has(path)) this.#unwatchTree(path);
    return stats?.isDirectory() === true ? this.#watchTree(path) : [];
  }

  #unwatchTree(path: string): void {
    for (const [folder, watcher] of this.#watchers) {
      if (folder !== path && !folder.startsWith(`${path}/`)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
  }

  #fail(error: unknown, folder: string): void {
    const code = systemCode(error) ?? 'unknown';
    if (code === 'ENOSPC' || code === 'EMFILE' || folder === '') this.#lose(code);
    // Gone meanwhile, or not for us to read: its parent hears of what becomes of it.
    else this.#unwatchTree(folder);
  }

  #lose(code: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#events.onLost(code);
  }
}
