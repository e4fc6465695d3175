import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, RunId } from '../contract/ids.ts';
import { messageFor } from '../contract/messages/en.ts';
import type { Output } from '../contract/procedures.ts';
import type { Engine } from '../engine.ts';
import type { CommandContext } from './context.ts';
import { photoLine, printDescribed, printFailed } from './photo-lines.ts';
import { Pace } from './progress-bar.ts';
import { describeText } from './text.ts';

type Photo = Output<'asset.get'>;
type Lane = Output<'lane.list'>[number];

const progressEveryMs = 250;
const spendEveryMs = 2_000;

/**
 * Prints each photo as it comes to its end, and shows how far it is. Everything is read from the library at once, while
 * the event is told: a moment later the engine may be closed.
 */
export class Follower {
  readonly #described: Set<AssetId>;
  readonly #failed: Set<AssetId>;
  readonly #context: CommandContext;
  readonly #engine: Engine;
  readonly #pace = new Pace();
  readonly #stops: (() => void)[];
  readonly #laneName: string | undefined;
  #total: number | undefined;
  #budgetMicroUsd: number | undefined;
  #costMicroUsd: number | undefined;
  readonly #startedAtMs = Date.now();
  #runId: RunId | undefined;
  #lane: Lane | undefined;
  #spendAtMs = Number.NEGATIVE_INFINITY;

  /** Adds what comes to its end to `described` and `failed`. @param options.lane whose rests are shown */
  constructor(
    context: CommandContext,
    engine: Engine,
    options: { lane?: string; described?: Set<AssetId>; failed?: Set<AssetId> } = {},
  ) {
    this.#context = context;
    this.#engine = engine;
    this.#laneName = options.lane;
    this.#described = options.described ?? new Set();
    this.#failed = options.failed ?? new Set();
    // Reading fails only once the engine closes; what was described then is in the library, and the same command shows it.
    const timer = setInterval(() => void this.#tick().catch(() => clearInterval(timer)), progressEveryMs);
    this.#stops = [
      engine.events.on('asset.described', (event) => void this.#take(event)),
      engine.events.on('queue.changed', ({ lane }) => {
        if (lane === options.lane) void this.#lookAtLane();
      }),
      () => clearInterval(timer),
    ];
  }

  /** From now on there is a progress line. */
  follow(runId: RunId, photos: number, budgetMicroUsd: number | null): void {
    this.#runId = runId;
    this.#total = photos;
    this.#budgetMicroUsd = budgetMicroUsd ?? undefined;
  }

  stop(): void {
    for (const stop of this.#stops) stop();
    this.#context.terminal.hideProgress();
  }

  async #take({
    assetId,
    runId,
    failed,
    skipped,
  }: {
    assetId: AssetId;
    runId: RunId;
    failed: ErrorInfo | null;
    skipped: string | null;
  }): Promise<void> {
    if (skipped !== null || this.#described.has(assetId)) return;
    const photo = await this.#engine.call('asset.get', { id: assetId });
    if (failed === null) {
      this.#described.add(assetId);
      this.#failed.delete(assetId);
      this.#printDescribed(photo, runId);
    } else {
      this.#failed.add(assetId);
      this.#printFailed(photo, failed);
    }
  }

  #printDescribed(photo: Photo, runId: RunId): void {
    const { terminal } = this.#context;
    if (terminal.isJson) terminal.printJson(photoLine(photo, runId));
    else printDescribed(this.#context, photo, runId);
  }

  #printFailed(photo: Photo, error: ErrorInfo): void {
    const { terminal } = this.#context;
    if (terminal.isJson) {
      terminal.printJson({
        ...photoLine(photo, undefined),
        status: 'failed',
        error: { code: error.code, message: messageFor(error) },
      });
    } else {
      printFailed(this.#context, photo.path, error);
    }
  }

  async #tick(): Promise<void> {
    if (this.#runId === undefined || this.#total === undefined) return;
    const now = performance.now();
    if (now - this.#spendAtMs >= spendEveryMs) {
      this.#spendAtMs = now;
      const { requests, costMicroUsd, unpriced } = await this.#engine.call(
        'usage.total',
        // A budget also counts what its run has spent before.
        this.#budgetMicroUsd === undefined ? { sinceMs: this.#startedAtMs } : { runId: this.#runId },
      );
      this.#costMicroUsd = requests === 0 || unpriced > 0 ? undefined : costMicroUsd;
    }
    const done = this.#described.size + this.#failed.size;
    this.#context.terminal.showProgress({
      label: describeText.describing,
      done,
      total: Math.max(done, this.#total),
      perSecond: this.#pace.perSecond(done, now),
      costMicroUsd: this.#costMicroUsd,
      budgetMicroUsd: this.#budgetMicroUsd,
      failed: this.#failed.size,
      waiting: this.#waiting(),
    });
  }

  #waiting(): string | undefined {
    if (this.#lane === undefined || this.#lane.untilMs === null) return undefined;
    const leftMs = this.#lane.untilMs - Date.now();
    if (leftMs <= 0) return undefined;
    return this.#lane.pausedBy === 'offline'
      ? describeText.waitingOffline(leftMs)
      : describeText.waitingRateLimit(leftMs);
  }

  async #lookAtLane(): Promise<void> {
    const lanes = await this.#engine.call('lane.list', {});
    this.#lane = lanes.find(({ name }) => name === this.#laneName);
  }
}
