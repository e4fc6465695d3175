import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RootId } from '../contract/ids.ts';
import { AppError } from '../platform/errors.ts';
import type { LibraryContext } from './context.ts';
import { countPresentFiles } from './file-store.ts';
import { lookAtRoot } from './root-presence.ts';
import { listRoots } from './root-store.ts';
import type { WatchCommand, WatchReport } from './watch-messages.ts';

/** Where something may have changed: directories from the root, with `/`, empty for the root itself; or anywhere. */
export type Dirty = { readonly rootId: RootId; readonly directories: readonly string[] | 'all' };

export type WatchListener = {
  /** A hint and never the truth: what is there is to be read (DESIGN §4). */
  readonly onDirty: (dirty: Dirty) => void;
  /** `watch-limit`, or `internal` when watching fails for another reason: the root is scanned on a schedule instead. */
  readonly onError: (error: AppError) => void;
};

export type WatchOptions = {
  /** The process's program. @default watch-process.ts */
  readonly program?: URL;
  /** Roots with more files are watched in the way that takes least memory. @default 20 000 */
  readonly largeRootFiles?: number;
};

export type LibraryWatcher = {
  /** Resolves when every root that can be reached is watched, or has failed to be. */
  whenReady(): Promise<void>;
  close(): Promise<void>;
};

/** How often roots are compared with what is watched: they are added, removed, relinked, unplugged and plugged in. */
const lookMs = 5_000;
/** A turn that is so late means that the machine slept, or that the loop was blocked: events may be lost. */
const sleepMs = 60_000;
/** How often everything is read again, whatever was heard: shares tell nothing, and every watcher forgets something. */
const watchedScanMs = 60 * 60_000;
const unwatchedScanMs = 5 * 60_000;
/** Chokidar would take about 200 MB for so many files, and 2.6 GB for a million (SPEED §3). */
const usualLargeRootFiles = 20_000;
const restartMs = 1_000;
const longestRestartMs = 60_000;

const watchProgram = new URL('./watch-process.ts', import.meta.url);

/**
 * Watches all roots, also those that are added later, in a process of its own. Every root is reported as dirty as a whole
 * when its watch begins, so that nothing is lost between a scan and that.
 */
export function watchRoots(
  context: LibraryContext,
  listener: WatchListener,
  options: WatchOptions = {},
): LibraryWatcher {
  return new Watcher(context, listener, options);
}

type WatchedRoot = { readonly path: string; state: 'starting' | 'watched' | 'failed'; readAtMs: number };

function scanIntervalMs(watched: WatchedRoot): number {
  return watched.state === 'failed' ? unwatchedScanMs : watchedScanMs;
}

class Watcher implements LibraryWatcher {
  readonly #context: LibraryContext;
  readonly #listener: WatchListener;
  readonly #program: URL;
  readonly #largeRootFiles: number;
  readonly #roots = new Map<RootId, WatchedRoot>();
  #child: ChildProcess;
  #restarts = 0;
  #isClosed = false;
  #lookedAtMs: number;
  #cancelLook: () => void = () => undefined;
  #onReady: (() => void)[] = [];

  constructor(context: LibraryContext, listener: WatchListener, options: WatchOptions) {
    this.#context = context;
    this.#listener = listener;
    this.#program = options.program ?? watchProgram;
    this.#largeRootFiles = options.largeRootFiles ?? usualLargeRootFiles;
    this.#lookedAtMs = context.clock.now();
    this.#child = this.#startProcess();
    this.#look();
  }

  async whenReady(): Promise<void> {
    const isStarting = (): boolean => [...this.#roots.values()].some((root) => root.state === 'starting');
    while (isStarting() && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#onReady.push(resolve);
      });
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook();
    this.#tellReady();
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
  }

  #startProcess(): ChildProcess {
    // Node's own flags (an inspector's port, a loader) are the parent's business.
    const child = fork(fileURLToPath(this.#program), [], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (message) => {
      this.#hear(message as WatchReport); // why: only our own program is at the other end
    });
    child.on('error', (error) => {
      this.#context.log.warn('the watching process failed', { error });
    });
    child.once('exit', () => {
      if (!this.#isClosed) this.#restartLater();
    });
    return child;
  }

  #restartLater(): void {
    const delayMs = Math.min(restartMs * 2 ** this.#restarts, longestRestartMs);
    this.#restarts++;
    this.#context.log.warn('the watching process ended, and is started again', { delayMs });
    this.#roots.clear();
    this.#cancelLook();
    this.#cancelLook = this.#context.clock.after(delayMs, () => {
      this.#child = this.#startProcess();
      this.#look();
    });
  }

  /** Compares the roots with what is watched, and sees to whatever is due. */
  #look(): void {
    const { clock, read } = this.#context;
    const nowMs = clock.now();
    const hasSlept = nowMs - this.#lookedAtMs > lookMs + sleepMs;
    this.#lookedAtMs = nowMs;
    const roots = new Map(listRoots(read).map((root) => [root.id, root]));
    for (const [rootId, watched] of this.#roots) {
      if (roots.get(rootId)?.path !== watched.path) this.#unwatch(rootId);
    }
    for (const root of roots.values()) {
      const watched = this.#roots.get(root.id);
      if (watched === undefined) {
        if (lookAtRoot(read, root).status === 'online') this.#watch(root.id, root.path);
      } else if (hasSlept || nowMs - watched.readAtMs >= scanIntervalMs(watched)) {
        this.#tellAll(root.id);
      }
    }
    this.#cancelLook = clock.after(lookMs, () => {
      this.#look();
    });
  }

  #watch(rootId: RootId, path: string): void {
    this.#roots.set(rootId, { path, state: 'starting', readAtMs: this.#context.clock.now() });
    const isLarge = countPresentFiles(this.#context.read, rootId) > this.#largeRootFiles;
    this.#send({ kind: 'watch', rootId, path, isLarge });
  }

  #unwatch(rootId: RootId): void {
    this.#roots.delete(rootId);
    this.#send({ kind: 'unwatch', rootId });
  }

  #send(command: WatchCommand): void {
    if (this.#child.connected) this.#child.send(command);
  }

  #hear(report: WatchReport): void {
    const watched = this.#roots.get(report.rootId);
    if (watched === undefined || this.#isClosed) return;
    switch (report.kind) {
      case 'ready':
        watched.state = 'watched';
        this.#restarts = 0;
        this.#tellAll(report.rootId);
        this.#tellReady();
        return;
      case 'dirty':
        if (report.directories === 'all') this.#tellAll(report.rootId);
        else this.#listener.onDirty({ rootId: report.rootId, directories: report.directories });
        return;
      case 'lost':
        this.#lose(report.rootId, watched, report.code);
        return;
    }
  }

  #lose(rootId: RootId, watched: WatchedRoot, code: string): void {
    if (code === 'ENOENT') {
      // The folder itself is gone. Watched again as soon as it is back.
      this.#roots.delete(rootId);
    } else {
      watched.state = 'failed';
      const isLimit = code === 'ENOSPC' || code === 'EMFILE';
      const details = { path: watched.path, reason: code };
      this.#listener.onError(
        new AppError(isLimit ? 'watch-limit' : 'internal', isLimit ? { path: watched.path } : details),
      );
    }
    this.#tellAll(rootId);
    this.#tellReady();
  }

  #tellAll(rootId: RootId): void {
    const watched = this.#roots.get(rootId);
    if (watched !== undefined) watched.readAtMs = this.#context.clock.now();
    this.#listener.onDirty({ rootId, directories: 'all' });
  }

  #tellReady(): void {
    const waiting = this.#onReady;
    this.#onReady = [];
    for (const resolve of waiting) resolve();
  }
}
