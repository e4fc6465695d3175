import { listCandidates } from './captioning/candidate-store.ts';
import { findLiveRun } from './captioning/run-store.ts';
import type { RootId } from './contract/ids.ts';
import type { Run } from './contract/models.ts';
import type { EngineParts } from './engine-parts.ts';
import { reachOf } from './engine-read.ts';
import { startRun } from './engine-runs.ts';
import { catchUpIndex, enqueueIngestion, foldersOf, scanRoots } from './engine-scan.ts';
import { ingestLane } from './jobs/lanes.ts';
import { listRoots } from './library/root-store.ts';
import { scanDirectories, scanRoot } from './library/scan.ts';
import { watchRoots, type Dirty } from './library/watch.ts';
import { AppError } from './platform/errors.ts';
import { getConnection } from './settings/connection-store.ts';
import { monthStartMs } from './usage/budget.ts';

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
  readonly #stops: (() => void)[] = [];
  #work: Promise<void> = Promise.resolve();
  #workIsDue = false;

  constructor(parts: EngineParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
    this.#stops.push(
      parts.queue.events.on('job-ended', ({ job }) => {
        if (job.lane === ingestLane && parts.queue.isIdle(ingestLane)) this.#workSoon();
      }),
    );
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
    for (const stop of this.#stops) stop();
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
      await applyStandingRules(this.#parts);
    } catch (error) {
      // One root's trouble stops neither the others nor the watching.
      this.#parts.log.error('watching met an error', { error });
    }
  }

  async #lookAtDirty(): Promise<void> {
    const taken = [...this.#dirty];
    this.#dirty.clear();
    for (const [rootId, directories] of taken) {
      if (this.#signal.aborted) return;
      const result =
        directories === 'all'
          ? await scanRoot(this.#parts, rootId)
          : await scanDirectories(this.#parts, rootId, [...directories]);
      this.#parts.events.emit('root.changed', { rootId });
      if (result.status === 'scanned' && result.changing.length > 0) this.#lookAgain(rootId, result.changing);
    }
    if (taken.length === 0) return;
    await catchUpIndex(this.#parts);
    await enqueueIngestion(this.#parts);
  }

  /** Files that are still being copied: their folders are dirty until they are stable. */
  #lookAgain(
    rootId: RootId,
    changing: readonly { readonly relativePath: string; readonly lookAgainAtMs: number }[],
  ): void {
    const { clock } = this.#parts;
    const at = Math.min(...changing.map((file) => file.lookAgainAtMs));
    const directories = foldersOf(changing.map((file) => file.relativePath));
    this.#stops.push(
      clock.after(at - clock.now(), () => {
        this.note({ rootId, directories });
      }),
    );
  }

  #lookForOfflineRoots(): void {
    const { clock, read } = this.#parts;
    this.#stops.push(
      clock.after(offlineLookMs, () => {
        for (const root of listRoots(read)) {
          if (root.state === 'offline') this.note({ rootId: root.id, directories: 'all' });
        }
        this.#lookForOfflineRoots();
      }),
    );
  }
}

/** Starts what the standing rules ask for. A rule spends only by itself: its own connection, up to its own monthly budget. */
export async function applyStandingRules(parts: EngineParts): Promise<void> {
  for (const root of listRoots(parts.read)) {
    const { rule } = root;
    if (rule.kind !== 'describe' || root.state === 'offline') continue;
    const scope = { folders: [{ rootId: root.id, prefix: '' }], isUnqueued: true };
    const connection = getConnection(parts.read, rule.connectionId);
    const open = findLiveRun(parts.read, rule.connectionId, root.id, rule.options, '');
    if (open?.state === 'paused' && !mayGoOn(open, rule.monthlyBudgetMicroUsd, parts.clock.now())) continue;
    const hasNew =
      listCandidates(parts.read, reachOf(connection), { ...scope, limit: 1 }).next().done !== true;
    if (!hasNew && open?.state !== 'paused') continue;
    try {
      const wish = { connectionId: rule.connectionId, rootId: root.id, scope, options: rule.options };
      await startRun(parts, { ...wish, budgetMicroUsd: null });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      parts.log.warn('a standing rule could not start', { root: root.id, code: error.code });
    }
  }
}

/** A run that its month's budget stopped goes on in the next month, or when the budget was changed; a person's pause stays. */
function mayGoOn(run: Run, monthlyBudgetMicroUsd: number | null, nowMs: number): boolean {
  if (run.error?.code !== 'budget-exceeded') return false;
  const { monthStartMs: stoppedIn, limitMicroUsd } = run.error.details;
  return stoppedIn !== monthStartMs(nowMs) || limitMicroUsd !== monthlyBudgetMicroUsd;
}
