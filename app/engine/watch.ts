import { findLiveRun } from '../captioning/run-store.ts';
import type { RootId } from '../contract/ids.ts';
import { mayGoOn, resumeWithinMonth } from './month-budgets.ts';
import type { EngineParts } from './parts.ts';
import { toAsker } from '../captioning/asker.ts';
import { hasCandidates } from './plan.ts';
import { startRun } from './start-run.ts';
import { catchUpWithScans, foldersOf, scanRoots } from './scan.ts';
import { ingestedIn } from '../jobs/ingest-file.ts';
import { ingestLane } from '../jobs/lanes.ts';
import { listFolderPrivacies } from '../library/folder-privacy-store.ts';
import { getRoot, listRoots, type LibraryRoot } from '../library/root-store.ts';
import { scanDirectories, scanRoot } from '../library/scan.ts';
import { watchRoots, type Dirty } from '../library/watch.ts';
import { AppError } from '../platform/errors.ts';
import { getConnection } from '../settings/connection-store.ts';

/** How often a root that could not be reached is looked for again. */
const offlineLookMs = 15_000;

/**
 * Keeps the library in step with its folders until the signal aborts: scans everything once (also what happened while
 * Cutline was closed), then listens, and describes what appears by each root's standing rule. A watcher's word is a hint
 * that a directory is dirty, never the truth: what is there is always read (DESIGN §4).
 */
export async function watch(parts: EngineParts, signal: AbortSignal): Promise<void> {
  await scanRoots(parts, undefined);
  const watching = new Watching(parts, signal);
  const watcher = watchRoots(parts, {
    onDirty: (dirty) => {
      watching.note(dirty);
    },
    onError: (error) => {
      parts.log.warn('a folder is scanned on a schedule instead of watched', { error });
      parts.events.emit('root.unwatched', { error: error.toInfo() });
    },
  });
  try {
    await watching.untilAborted();
  } finally {
    await watcher.close();
  }
}

/** Takes hints one after the other, and applies standing rules when reading comes to rest. */
class Watching {
  readonly #parts: EngineParts;
  readonly #signal: AbortSignal;
  /** What is dirty and not looked at yet, by root. */
  readonly #dirty = new Map<RootId, Set<string> | 'all'>();
  /** Roots in which something appeared since their rules were applied. */
  readonly #fresh = new Set<RootId>();
  /** What each root was when its rule was applied: its rule, whether it may be sent, whether it is online. */
  readonly #applied = new Map<RootId, string>();
  readonly #stops: readonly (() => void)[];
  readonly #timers = new Set<() => void>();
  #work: Promise<void> = Promise.resolve();
  #workIsDue = false;

  constructor(parts: EngineParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
    this.#stops = [
      parts.queue.events.on('job-ended', ({ job, result }) => {
        if (job.lane !== ingestLane) return;
        const rootId = ingestedIn(result);
        if (rootId !== undefined) this.#fresh.add(rootId);
        if (parts.queue.isIdle(ingestLane)) this.#workSoon();
      }),
      // A person may have given it another rule.
      parts.events.on('root.changed', () => {
        this.#workSoon();
      }),
    ];
    this.#lookForOfflineRoots();
    this.#workSoon();
  }

  note({ rootId, directories }: Dirty): void {
    const known = this.#dirty.get(rootId);
    if (directories === 'all' || known === 'all') this.#dirty.set(rootId, 'all');
    else this.#dirty.set(rootId, new Set([...(known ?? []), ...directories]));
    this.#workSoon();
  }

  async untilAborted(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.#signal.aborted) resolve();
      this.#signal.addEventListener(
        'abort',
        () => {
          resolve();
        },
        { once: true },
      );
    });
    for (const stop of [...this.#stops, ...this.#timers]) stop();
    await this.#work;
  }

  /** Many hints in one turn make one piece of work; pieces never overlap. */
  #workSoon(): void {
    if (this.#workIsDue || this.#signal.aborted) return;
    this.#workIsDue = true;
    this.#work = this.#workAfter(this.#work);
  }

  async #workAfter(before: Promise<void>): Promise<void> {
    await before;
    this.#workIsDue = false;
    try {
      await this.#lookAtDirty();
      await this.#applyRules();
    } catch (error) {
      this.#parts.log.error('watching met an error', { error });
    }
  }

  async #lookAtDirty(): Promise<void> {
    const taken = [...this.#dirty];
    this.#dirty.clear();
    let isNews = false;
    for (const [rootId, directories] of taken) {
      if (this.#signal.aborted) return;
      try {
        isNews = (await this.#lookAt(rootId, directories)) || isNews;
      } catch (error) {
        isNews = true;
        // One root's trouble stops neither the others nor the watching. It may have been removed meanwhile.
        this.#parts.log.warn('a folder could not be looked at', { root: rootId, error });
      }
    }
    if (isNews) await catchUpWithScans(this.#parts);
  }

  /** @returns false where a root is offline as it was: nobody need be told */
  async #lookAt(rootId: RootId, directories: Set<string> | 'all'): Promise<boolean> {
    const wasOffline = getRoot(this.#parts.read, rootId).state === 'offline';
    const result =
      directories === 'all'
        ? await scanRoot(this.#parts, rootId)
        : await scanDirectories(this.#parts, rootId, [...directories]);
    if (result.status === 'scanned') {
      // What is new is read first; what was read before in another place is there now.
      if (result.moved + result.returned > 0) this.#fresh.add(rootId);
      if (result.changing.length > 0) this.#lookAgain(rootId, result.changing);
    }
    if (wasOffline && result.status === 'offline') return false;
    this.#parts.events.emit('root.changed', { rootId });
    return true;
  }

  /**
   * Applies the rules of roots that have changed, or in which something appeared: to find out that there is nothing new
   * takes a look at every photo of a root.
   */
  async #applyRules(): Promise<void> {
    for (const root of listRoots(this.#parts.read)) {
      const inside = listFolderPrivacies(this.#parts.read, root.id);
      const now = JSON.stringify([root.rule, root.privacy, root.state, inside]);
      const isDue = this.#fresh.has(root.id) || this.#applied.get(root.id) !== now;
      // What appears from here on is for the next time.
      this.#fresh.delete(root.id);
      if (await applyStandingRule(this.#parts, root, isDue)) this.#applied.set(root.id, now);
      else this.#applied.delete(root.id);
    }
  }

  /** Files that are still being copied: their folders are dirty until they are stable. */
  #lookAgain(
    rootId: RootId,
    changing: readonly { readonly relativePath: string; readonly lookAgainAtMs: number }[],
  ): void {
    const { clock } = this.#parts;
    const at = Math.min(...changing.map((file) => file.lookAgainAtMs));
    const directories = foldersOf(changing.map((file) => file.relativePath));
    this.#after(at - clock.now(), () => {
      this.note({ rootId, directories });
    });
  }

  #lookForOfflineRoots(): void {
    this.#after(offlineLookMs, () => {
      for (const root of listRoots(this.#parts.read)) {
        if (root.state === 'offline') this.note({ rootId: root.id, directories: 'all' });
      }
      resumeWithinMonth(this.#parts);
      this.#lookForOfflineRoots();
    });
  }

  #after(delayMs: number, action: () => void): void {
    const cancel = this.#parts.clock.after(delayMs, () => {
      this.#timers.delete(cancel);
      action();
    });
    this.#timers.add(cancel);
  }
}

/**
 * Starts what a root's standing rule asks for. A rule spends only by itself: its own connection, up to its own monthly
 * budget. A run that this budget stopped goes on when it may.
 *
 * @param isDue whether there may be something new in the root
 * @returns `false` when the rule could not be applied, and is due still.
 */
async function applyStandingRule(parts: EngineParts, root: LibraryRoot, isDue: boolean): Promise<boolean> {
  const { rule } = root;
  if (rule.kind !== 'describe') return true;
  if (root.state === 'offline') return !isDue;
  const open = findLiveRun(parts.read, rule.connectionId, root.id, rule.options, '');
  const mayResume = open?.state === 'paused' && mayGoOn(parts, open, rule.monthlyBudgetMicroUsd);
  if (open?.state === 'paused' && !mayResume) return !isDue;
  if (!isDue && !mayResume) return true;
  try {
    const connection = getConnection(parts.read, rule.connectionId);
    const scope = { folders: [{ rootId: root.id, prefix: '' }], isUnqueued: true };
    if (!mayResume && !(await hasCandidates(parts.read, toAsker(connection), scope))) return true;
    const wish = { connectionId: rule.connectionId, rootId: root.id, scope, options: rule.options };
    await startRun(parts, { ...wish, budgetMicroUsd: null, fallback: rule.fallback ?? null });
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    parts.log.warn('a standing rule could not start', { root: root.id, code: error.code });
    return false;
  }
}
