import { events, type EventName, type Events } from '../contract/events.ts';
import type { AssetId } from '../contract/ids.ts';
import type { Clock } from '../platform/clock.ts';

/** A page that is told ten times a second shows what happens, and is not kept from anything else by it. */
const quietMs = 100;

/** More ids than this say: many; ask for everything that you show. */
const mostIds = 1_000;
/** Kept of what happens to single photos within one moment: more than a page can show of it. */
const mostOfAKind = 200;

type Tell = <Name extends EventName>(name: Name, data: Events[Name]) => void;

/**
 * The one place where events are held back: the first after a quiet moment is told at once, those that follow within it
 * together at its end, merged by the rule of each (`contract/events.ts`). Order is kept within an event's name.
 */
export class EventStream {
  readonly #tell: Tell;
  readonly #clock: Clock;
  readonly #held = new Map<EventName, Map<unknown, unknown>>();
  #stopTimer: (() => void) | undefined;
  #toldAtMs = -Infinity;

  constructor(clock: Clock, tell: Tell) {
    this.#clock = clock;
    this.#tell = tell;
  }

  push<Name extends EventName>(name: Name, data: Events[Name]): void {
    const held = this.#held.get(name) ?? new Map<unknown, unknown>();
    this.#held.set(name, held);
    hold(name, data, held);
    this.#stopTimer ??= this.#clock.after(Math.max(0, this.#toldAtMs + quietMs - this.#clock.now()), () => {
      this.flush();
    });
  }

  /** Tells what is held, now: before the engine closes, for instance. */
  flush(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#toldAtMs = this.#clock.now();
    const held = [...this.#held];
    this.#held.clear();
    for (const [name, values] of held) {
      for (const data of released(name, values)) this.#tell(name, data as never); // why: `hold` took it under the same name
    }
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#held.clear();
  }
}

function hold(name: EventName, data: unknown, held: Map<unknown, unknown>): void {
  const rule = events[name];
  switch (rule.merge) {
    case 'each':
      held.set(held.size, data);
      break;
    case 'ids':
      holdIds((data as { assetIds: readonly AssetId[] }).assetIds, held); // why: what `ids` means, see contract/events.ts
      break;
    case 'last': {
      const key = (data as Record<string, unknown>)[rule.key]; // why: every event is an object
      // The newest stands last.
      held.delete(key);
      held.set(key, data);
      break;
    }
  }
}

/** `everything` stands for ids that nobody named. */
const everything = 'everything';

function holdIds(assetIds: readonly AssetId[], held: Map<unknown, unknown>): void {
  if (held.has(everything)) return;
  for (const assetId of assetIds) held.set(assetId, assetId);
  if (assetIds.length > 0 && held.size <= mostIds) return;
  held.clear();
  held.set(everything, everything);
}

function released(name: EventName, held: Map<unknown, unknown>): unknown[] {
  if (events[name].merge !== 'ids') return [...held.values()].slice(-mostOfAKind);
  return [{ assetIds: held.has(everything) ? [] : [...held.values()] }];
}
