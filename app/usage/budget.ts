import type { RootId, RunId } from '../contract/ids.ts';
import { committedOfRoot, committedOfRun, committedSince, type ReadDb } from './usage-store.ts';

/** One limit that a request has to fit under; `Infinity`: nobody has set it, and it is counted for when somebody does. */
export type BudgetLimit =
  | { readonly kind: 'run'; readonly runId: RunId; readonly limitMicroUsd: number }
  | {
      readonly kind: 'root-month';
      readonly rootId: RootId;
      readonly monthStartMs: number;
      readonly limitMicroUsd: number;
    }
  /** Of everything that is sent, whoever asked. */
  | { readonly kind: 'month'; readonly monthStartMs: number; readonly limitMicroUsd: number };

/**
 * Keeps budgets: what is booked plus what is in flight at its upper estimate plus the next request's upper estimate must
 * fit (DESIGN §5). One process writes, so the sums are read once and then kept in memory; SQLite stays the truth.
 */
export class Budgets {
  readonly #db: ReadDb;
  /** Committed so far, by limit. */
  readonly #committed = new Map<string, number>();
  /** Requests in flight, by limit. */
  readonly #inFlight = new Map<string, number>();
  #waiting: (() => void)[] = [];

  constructor(db: ReadDb) {
    this.#db = db;
  }

  /** The first limit that another `amountMicroUsd` would exceed, or `undefined` when it fits under all. */
  findExceeded(limits: readonly BudgetLimit[], amountMicroUsd: number): BudgetLimit | undefined {
    return limits.find((limit) => this.#committedUnder(limit) + amountMicroUsd > limit.limitMicroUsd);
  }

  /**
   * Reserves the upper estimate of a request whose row was just written. The returned function puts what it was booked at
   * in its place; call it once, when its row has ended.
   */
  reserve(limits: readonly BudgetLimit[], upperMicroUsd: number): (bookedMicroUsd: number) => void {
    this.#add(limits, upperMicroUsd);
    this.#countInFlight(limits, 1);
    return (bookedMicroUsd) => {
      this.#add(limits, bookedMicroUsd - upperMicroUsd);
      this.#countInFlight(limits, -1);
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    };
  }

  /** As `reserve`, for what comes back after hours: nobody waits for it, and `forget` puts what it was booked at in its place. */
  count(limits: readonly BudgetLimit[], upperMicroUsd: number): void {
    this.#add(limits, upperMicroUsd);
  }

  /** What was counted is read anew from SQLite when somebody asks: many requests were booked at a time. */
  forget(): void {
    this.#committed.clear();
  }

  /** Whether requests in flight hold a part of this limit: most cost less than was reserved for them. */
  mayFreeUp(limit: BudgetLimit): boolean {
    return (this.#inFlight.get(keyOf(limit)) ?? 0) > 0;
  }

  /** Resolves when the next request in flight has ended, or when the signal aborts. */
  async untilNextEnd(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        signal.removeEventListener('abort', end);
        resolve();
      };
      this.#waiting.push(end);
      signal.addEventListener('abort', end, { once: true });
    });
  }

  /** A limit that nobody has asked about yet is read from SQLite when somebody does, and has the change in it. */
  #add(limits: readonly BudgetLimit[], amountMicroUsd: number): void {
    for (const limit of limits) {
      const key = keyOf(limit);
      const known = this.#committed.get(key);
      if (known !== undefined) this.#committed.set(key, known + amountMicroUsd);
    }
  }

  #countInFlight(limits: readonly BudgetLimit[], change: 1 | -1): void {
    for (const limit of limits) {
      const key = keyOf(limit);
      this.#inFlight.set(key, (this.#inFlight.get(key) ?? 0) + change);
    }
  }

  #committedUnder(limit: BudgetLimit): number {
    const key = keyOf(limit);
    const known = this.#committed.get(key);
    if (known !== undefined) return known;
    const read = committedBefore(this.#db, limit);
    this.#committed.set(key, read);
    return read;
  }
}

function committedBefore(db: ReadDb, limit: BudgetLimit): number {
  switch (limit.kind) {
    case 'run':
      return committedOfRun(db, limit.runId);
    case 'root-month':
      return committedOfRoot(db, limit.rootId, limit.monthStartMs);
    case 'month':
      return committedSince(db, limit.monthStartMs);
  }
}

/** A calendar month in the machine's local time, as the person who set the budget means it. */
export function monthStartMs(nowMs: number): number {
  const now = new Date(nowMs);
  return new Date(now.getFullYear(), now.getMonth(), 1).getTime();
}

function keyOf(limit: BudgetLimit): string {
  switch (limit.kind) {
    case 'run':
      return `run ${String(limit.runId)}`;
    case 'root-month':
      return `root ${String(limit.rootId)} ${String(limit.monthStartMs)}`;
    case 'month':
      return `month ${String(limit.monthStartMs)}`;
  }
}
