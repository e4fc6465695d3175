import type { Events } from '../contract/events.ts';
import type { RootId, RunId } from '../contract/ids.ts';
import type { Clock } from '../platform/clock.ts';
import type { Emitter } from '../platform/emitter.ts';

/** Descriptions of this long ago say nothing of how fast it goes now. */
const windowMs = 120_000;
/** Fewer than this in the window, and a rate would be a guess. */
const fewest = 2;

/** `photosPerMinute` of late, and how long the rest takes at that rate. */
export type Pace = { readonly photosPerMinute: number; readonly msLeft: number | null };

/** How fast some moments came one after the other, the last at `nowMs` at the latest; `null` when too few did. Pure. */
export function paceOf(momentsMs: readonly number[], nowMs: number, left: number): Pace | null {
  const recent = momentsMs.filter((moment) => nowMs - moment <= windowMs);
  const [first] = recent;
  if (recent.length < fewest || first === undefined) return null;
  // A pause counts: after a minute without one it goes slower than before.
  const photosPerMinute = ((recent.length - 1) * 60_000) / Math.max(nowMs - first, 1);
  const msLeft = photosPerMinute > 0 ? Math.ceil((left / photosPerMinute) * 60_000) : null;
  return { photosPerMinute, msLeft };
}

/** More moments of one run than this are forgotten, oldest first: enough for any rate. */
const mostMoments = 20_000;

/** What an engine is doing at this moment, for whoever looks: nothing of it outlives the engine. */
export class LiveWork {
  readonly #clock: Clock;
  readonly #described = new Map<RunId, number[]>();
  readonly #scanning = new Map<RootId, number>();

  constructor(events: Emitter<Events>, clock: Clock) {
    this.#clock = clock;
    events.on('asset.described', ({ runId, failed, skipped }) => {
      if (failed !== null || skipped !== null) return;
      const moments = this.#described.get(runId) ?? [];
      moments.push(clock.now());
      if (moments.length > mostMoments) moments.splice(0, moments.length - mostMoments / 2);
      this.#described.set(runId, moments);
    });
    events.on('root.scanning', ({ rootId, files }) => {
      this.#scanning.set(rootId, files);
    });
  }

  scanEnded(rootId: RootId): void {
    this.#scanning.delete(rootId);
  }

  /** Folders that are being scanned, with the files seen so far. */
  scanning(): { rootId: RootId; files: number }[] {
    return [...this.#scanning].map(([rootId, files]) => ({ rootId, files }));
  }

  /** Of one run, or of all that goes on. @param left photos that are still to be described */
  pace(left: number, runId?: RunId): Pace | null {
    if (left === 0) return null;
    const moments =
      runId === undefined
        ? [...this.#described.values()].flat().toSorted((one, other) => one - other)
        : (this.#described.get(runId) ?? []);
    return paceOf(moments, this.#clock.now(), left);
  }
}
