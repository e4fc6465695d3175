import type { Events } from '../contract/events.ts';
import type { RunId } from '../contract/ids.ts';
import type { ConnectionPool } from './connections.ts';
import type { JobsContext } from '../jobs/context.ts';
import type { Emitter } from '../platform/emitter.ts';
import type { Keys } from './keys.ts';
import type { Desk } from './desk.ts';
import type { Turns } from '../platform/turns.ts';
import type { Queue } from '../queue/queue.ts';
import type { Questions } from './questions.ts';
import type { Additions } from './video-index/additions.ts';

/** What the files of the composition root share. */
export type EngineParts = JobsContext & {
  readonly queue: Queue;
  readonly pool: ConnectionPool;
  readonly keys: Keys;
  readonly events: Emitter<Events>;
  readonly desk: Desk;
  readonly editTurns: Turns;
  /** Runs whose jobs are still being added: not over, however few jobs they have. */
  readonly startingRuns: Set<RunId>;
  readonly questions: Questions;
  readonly additions: Additions;
  /** Who was last asked for all videos that lacked a decoder. */
  readonly videos: { askedLast: string | undefined };
  /** Times of video retrieval; each `undefined` as its client has it. */
  readonly videoIndex: {
    readonly timeoutMs: number | undefined;
    readonly pollMs: number | undefined;
    readonly retryMs: number | undefined;
  };
};
