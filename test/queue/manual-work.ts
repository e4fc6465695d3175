import type { RunId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { silentLog } from '../../app/platform/log.ts';
import type { NewJob } from '../../app/queue/job.ts';
import type { JobContext, JobHandler, JobResult } from '../../app/queue/job-handler.ts';
import { Queue, type QueueOptions } from '../../app/queue/queue.ts';
import type { FakeClock } from '../helpers/fake-clock.ts';

/** Work that ends when the test says so, and how it says so. Jobs go by their names. */
export class ManualWork {
  /** In the order in which they were started, again for each try. */
  readonly started: string[] = [];
  readonly contexts = new Map<string, JobContext>();
  readonly #ends = new Map<string, (result: JobResult | Error) => void>();

  readonly handler: JobHandler = {
    maxAttempts: 3,
    handle: ({ payload }, context) => {
      const { name } = payload as { name: string };
      this.started.push(name);
      this.contexts.set(name, context);
      return new Promise((resolve, reject) => {
        this.#ends.set(name, (result) => {
          this.#ends.delete(name);
          if (result instanceof Error) reject(result);
          else resolve(result);
        });
      });
    },
  };

  get running(): string[] {
    return [...this.#ends.keys()];
  }

  /** Ends a running job; `Error` = its handler throws. */
  end(name: string, result: JobResult | Error = { status: 'finished' }): void {
    const end = this.#ends.get(name);
    if (end === undefined) throw new Error(`${name} is not running`);
    end(result);
  }
}

type Options = Partial<QueueOptions> & { db: Database; clock: FakeClock; handler: JobHandler };

/** A started queue whose back-off is not spread: 1, 2, 4 … seconds. */
export function startQueue({ handler, ...options }: Options): Queue {
  const queue = new Queue({
    log: silentLog,
    handlers: { work: handler },
    widthOf: () => 2,
    retryBaseMs: 1_000,
    random: () => 0,
    ...options,
  });
  queue.start();
  return queue;
}

export function work(name: string, options: Partial<NewJob> = {}): NewJob {
  return { kind: 'work', lane: 'lane', payload: { name }, ...options };
}

export const run = (id: number): RunId => id as RunId;

export type JobRow = {
  name: string | null;
  state: string;
  attempts: number;
  engineDeaths: number;
  error: string | null;
  held: number;
};

/** Every job's row by what a person would be told of it. */
export function listRows(db: Database): JobRow[] {
  return db.all(
    `SELECT CASE WHEN json_valid(payload) THEN payload ->> 'name' END AS name, state, attempts,
       engine_deaths AS engineDeaths, last_error AS error, held FROM job ORDER BY id`,
  );
}

/** `{a: 'running', b: 'ready'}` */
export function listStates(db: Database): Record<string, string> {
  return Object.fromEntries(listRows(db).map(({ name, state }) => [name ?? '?', state]));
}
