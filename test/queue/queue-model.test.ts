import { array, assert, asyncProperty, constantFrom, integer, record, type Arbitrary } from 'fast-check';
import { expect, it } from 'vitest';
import type { ErrorInfo } from '../../app/contract/errors.ts';
import type { Database, WriteDb } from '../../app/db/connection.ts';
import { silentLog } from '../../app/platform/log.ts';
import type { JobHandler, JobResult } from '../../app/queue/job-handler.ts';
import { Queue } from '../../app/queue/queue.ts';
import { openMemoryDatabase } from '../helpers/database.ts';
import { FakeClock } from '../helpers/fake-clock.ts';
import { listStates, run } from './manual-work.ts';

type Setback =
  | 'retry'
  | 'throws'
  | 'rate-limited'
  | 'rate-limited for a while'
  | 'offline'
  | 'blocked'
  | 'released';
type Planned = {
  readonly lane: 'narrow' | 'wide';
  readonly takesMs: number;
  readonly setbacks: readonly Setback[];
  readonly ends: 'finished' | 'skipped' | 'failed';
};

const widths = { narrow: 1, wide: 3 };
const error: ErrorInfo = { code: 'internal', details: {} };

const plannedJob: Arbitrary<Planned> = record({
  lane: constantFrom('narrow', 'wide'),
  takesMs: integer({ min: 0, max: 3_000 }),
  setbacks: array(
    constantFrom<Setback[]>(
      'retry',
      'throws',
      'rate-limited',
      'rate-limited for a while',
      'offline',
      'blocked',
      'released',
    ),
    { maxLength: 3 },
  ),
  ends: constantFrom('finished', 'skipped', 'failed'),
});

function setbackResult(setback: Setback): JobResult {
  switch (setback) {
    case 'throws':
      throw new Error('a bug');
    case 'rate-limited for a while':
      return { status: 'rate-limited', error, pauseMs: 7_000 };
    case 'released':
      return { status: 'released' };
    default:
      return { status: setback, error };
  }
}

type World = {
  readonly db: Database;
  readonly clock: FakeClock;
  readonly plan: readonly Planned[];
  /** Of each job, in any engine. */
  readonly tries: number[];
  /** The most jobs of a lane that one engine ever ran at once. */
  readonly mostAtOnce: Record<Planned['lane'], number>;
};

/** One engine's life. */
function startEngine({ db, clock, plan, tries, mostAtOnce }: World): Queue {
  const running = { narrow: 0, wide: 0 };
  const handler: JobHandler = {
    maxAttempts: 1_000,
    handle: async ({ payload }) => {
      const { name } = payload as { name: number };
      const { lane, takesMs, setbacks, ends } = plan[name]!;
      running[lane] += 1;
      mostAtOnce[lane] = Math.max(mostAtOnce[lane], running[lane]);
      await new Promise<void>((resolve) => {
        clock.after(takesMs, resolve);
      });
      running[lane] -= 1;
      const setback = setbacks[tries[name]!];
      tries[name]! += 1;
      if (setback !== undefined) return setbackResult(setback);
      const commit = (write: WriteDb) => write.run('INSERT INTO done (name) VALUES (?)', [name]);
      return { status: ends, reason: 'gone', error, commit };
    },
  };
  const queue = new Queue({
    db,
    clock,
    log: silentLog,
    handlers: { work: handler },
    widthOf: (lane) => widths[lane as Planned['lane']],
    random: () => 0.5,
  });
  queue.events.on('lane-changed', ({ lane, pause }) => {
    // A person who looks after a while.
    if (pause?.by === 'blocked') {
      clock.after(10_000, () => {
        queue.openLane(lane);
      });
    }
  });
  queue.start();
  // A person opens what was blocked when the engine before died.
  for (const [lane, pause] of queue.pausedLanes()) if (pause.by === 'blocked') queue.openLane(lane);
  return queue;
}

it('loses no job and ends none twice, whatever happens to jobs and engines, and keeps to its widths', async () => {
  await assert(
    asyncProperty(
      array(plannedJob, { minLength: 1, maxLength: 12 }),
      array(integer({ min: 0, max: 15_000 }), { maxLength: 4 }),
      async (plan, livesMs) => {
        const db = openMemoryDatabase();
        try {
          db.exec('CREATE TABLE done (name INTEGER)');
          const clock = new FakeClock();
          const world: World = {
            db,
            clock,
            plan,
            tries: plan.map(() => 0),
            mostAtOnce: { narrow: 0, wide: 0 },
          };
          let queue = startEngine(world);
          queue.enqueue(
            db,
            plan.map(({ lane }, name) => ({ kind: 'work', lane, payload: { name }, runId: run(1) })),
          );
          for (const lifeMs of livesMs) {
            await clock.advance(lifeMs);
            // The engine dies; its jobs still end, too late to be heard.
            const dead = queue;
            queue = startEngine(world);
            void dead.close();
          }
          await clock.advance(3_600_000);

          expect(listStates(db)).toEqual(
            Object.fromEntries(plan.map(({ ends }, name) => [name, ends === 'skipped' ? 'finished' : ends])),
          );
          expect(db.pluck('SELECT name FROM done ORDER BY name')).toEqual(plan.map((_job, name) => name));
          expect(queue.pausedLanes().size).toBe(0);
          expect(world.mostAtOnce.narrow).toBeLessThanOrEqual(widths.narrow);
          expect(world.mostAtOnce.wide).toBeLessThanOrEqual(widths.wide);
        } finally {
          db.close();
        }
      },
    ),
    { numRuns: 40 },
  );
});
