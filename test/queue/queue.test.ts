import { describe, expect, it } from 'vitest';
import type { ErrorInfo } from '../../app/contract/errors.ts';
import type { JobHandler, JobResult } from '../../app/queue/job-handler.ts';
import type { QueueOptions } from '../../app/queue/queue.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { FakeClock, settle, until } from '../helpers/fake-clock.ts';
import { listRows, listStates, ManualWork, run, startQueue, work } from './manual-work.ts';

const error: ErrorInfo = { code: 'provider-unavailable', details: {} };
const retry: JobResult = { status: 'retry', error };
const rateLimited = (pauseMs?: number): JobResult => ({
  status: 'rate-limited',
  error: { code: 'provider-rate-limited', details: {} },
  ...(pauseMs === undefined ? {} : { pauseMs }),
});

/** A queue over real SQLite whose work and time are in the test's hands. */
function start(options: Omit<Partial<QueueOptions>, 'db' | 'clock'> = {}) {
  const db = useTestDatabase();
  const clock = new FakeClock();
  const hands = new ManualWork();
  const queue = startQueue({ db, clock, handler: hands.handler, ...options });
  const enqueue = async (...names: string[]): Promise<void> => {
    queue.enqueue(
      db,
      names.map((name) => work(name)),
    );
    await settle();
  };
  const end = async (name: string, result?: JobResult | Error): Promise<void> => {
    hands.end(name, result);
    await settle();
  };
  return { db, clock, hands, queue, enqueue, end };
}

type Started = ReturnType<typeof start>;

async function enqueueRun({ queue, db }: Started, ...names: string[]): Promise<void> {
  queue.enqueue(
    db,
    names.map((name) => work(name, { runId: run(1) })),
  );
  await settle();
}

/** Another engine on the same library, after this one is gone. */
function restart({ db, clock }: Pick<Started, 'db' | 'clock'>) {
  const hands = new ManualWork();
  return { hands, queue: startQueue({ db, clock, handler: hands.handler }) };
}

describe('a lane', () => {
  it('runs as many jobs at once as it is wide, and starts the next as soon as one ends', async () => {
    const { hands, enqueue, end } = start();
    await enqueue('a', 'b', 'c', 'd');
    expect(hands.running).toEqual(['a', 'b']);
    await end('b');
    expect(hands.running).toEqual(['a', 'c']);
  });

  it('goes on beside another lane that rests', async () => {
    const { hands, queue, db, end, enqueue } = start();
    await enqueue('a');
    await end('a', { status: 'blocked', error });
    queue.enqueue(db, [work('b'), work('elsewhere', { lane: 'other' })]);
    await settle();
    expect(hands.running).toEqual(['elsewhere']);
  });

  it('that nobody wants in this process keeps its jobs', async () => {
    const { hands, queue, db } = start();
    queue.start((lane) => lane === 'other');
    queue.enqueue(db, [work('a'), work('b', { lane: 'other' })]);
    await settle();
    expect(hands.running).toEqual(['b']);
    expect(listStates(db)).toEqual({ a: 'ready', b: 'running' });
  });
});

describe('a job that has to be tried again', () => {
  it('waits longer each time, and is kept as failed with its reason after its last attempt', async () => {
    const { hands, enqueue, end, clock, db } = start();
    await enqueue('a');
    await end('a', retry);
    await clock.advance(999);
    expect(hands.running).toEqual([]);
    await clock.advance(1);
    expect(hands.running).toEqual(['a']);
    await end('a', retry);
    await clock.advance(1_999);
    expect(hands.running).toEqual([]);
    await clock.advance(1);
    await end('a', retry);
    expect(listRows(db)).toMatchObject([{ state: 'failed', attempts: 3, error: JSON.stringify(error) }]);
    expect(clock.pending).toBe(0);
  });

  it('waits as long as the service wished', async () => {
    const { hands, enqueue, end, clock } = start();
    await enqueue('a');
    await end('a', { status: 'retry', error, afterMs: 90_000 });
    await clock.advance(89_999);
    expect(hands.running).toEqual([]);
    await clock.advance(1);
    expect(hands.running).toEqual(['a']);
  });

  it('lets others go first meanwhile', async () => {
    const { hands, enqueue, end } = start({ widthOf: () => 1 });
    await enqueue('a', 'b');
    await end('a', retry);
    expect(hands.running).toEqual(['b']);
  });
});

describe('a handler that throws', () => {
  it('costs its job an attempt, and the reason is kept', async () => {
    const { enqueue, end, db } = start();
    await enqueue('a');
    await end('a', new Error('a bug'));
    expect(listRows(db)).toMatchObject([{ state: 'ready', attempts: 1 }]);
    expect(listRows(db)[0]?.error).toContain('a bug');
  });

  it('for want of permission to read one photo stops no other', async () => {
    const failures: unknown[] = [];
    const { enqueue, end, hands, db } = start({ onFatal: (fatal) => failures.push(fatal) });
    await enqueue('a', 'b', 'c');
    await end('a', Object.assign(new Error('permission denied'), { code: 'EACCES' }));
    expect(hands.running).toEqual(['b', 'c']);
    expect(listStates(db)).toMatchObject({ a: 'ready' });
    expect(failures).toEqual([]);
  });

  it('because the disk is full stops the queue; the job is not to blame', async () => {
    const failures: unknown[] = [];
    const { db, clock, enqueue, end, hands } = start({ onFatal: (fatal) => failures.push(fatal) });
    await enqueue('a', 'b', 'c');
    await end('a', Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    expect(failures).toMatchObject([{ code: 'disk-full' }]);
    expect(hands.running).toEqual(['b']);
    restart({ db, clock });
    expect(listRows(db)).toMatchObject([{ attempts: 0 }, { attempts: 0 }, { attempts: 0 }]);
  });
});

describe('a rate limit', () => {
  it('rests the lane for as long as the service wished, and is nobody’s attempt', async () => {
    const { enqueue, end, hands, clock, db, queue } = start();
    await enqueue('a', 'b', 'c');
    await end('a', rateLimited(45_000));
    await end('b');
    expect(queue.pauseOf('lane')).toMatchObject({ by: 'rate-limit', untilMs: clock.now() + 45_000 });
    await clock.advance(44_999);
    expect(hands.running).toEqual([]);
    expect(listRows(db)).toMatchObject([
      { name: 'a', state: 'ready', attempts: 0 },
      { name: 'c', state: 'ready' },
    ]);
    await clock.advance(1);
    expect(queue.pauseOf('lane')).toBeUndefined();
    expect(hands.running).toEqual(['a']);
  });

  it('sends one job ahead after the rest, and all when that one is answered', async () => {
    const { enqueue, end, hands, clock } = start({ widthOf: () => 4 });
    await enqueue('a', 'b', 'c', 'd', 'e', 'f');
    for (const name of ['a', 'b', 'c']) await end(name, rateLimited(1_000));
    // Sent before the rest: says nothing about afterwards.
    await end('d');
    await clock.advance(1_000);
    expect(hands.running).toEqual(['a']);
    await end('a');
    expect(hands.running).toEqual(['b', 'c', 'e', 'f']);
  });

  it('that many requests in flight meet is one rest, the longest that was wished', async () => {
    const { enqueue, end, clock, queue } = start({ widthOf: () => 4 });
    await enqueue('a', 'b', 'c', 'd');
    const startMs = clock.now();
    await end('a', rateLimited(5_000));
    await end('b', rateLimited(20_000));
    await end('c', rateLimited(10_000));
    expect(queue.pauseOf('lane')?.untilMs).toBe(startMs + 20_000);
  });

  it('without a wish rests by the back-off: once for all in flight, longer when the next one fails too', async () => {
    const { enqueue, end, hands, clock, queue } = start({ widthOf: () => 3 });
    await enqueue('a', 'b', 'c');
    for (const name of ['a', 'b', 'c']) await end(name, rateLimited());
    expect(queue.pauseOf('lane')?.untilMs).toBe(clock.now() + 1_000);
    await clock.advance(1_000);
    expect(hands.running).toEqual(['a']);
    await end('a', rateLimited());
    expect(queue.pauseOf('lane')?.untilMs).toBe(clock.now() + 2_000);
  });

  it('of a day is a day’s rest, also after a restart in between', async () => {
    const dayMs = 86_400_000;
    const first = start();
    await first.enqueue('a', 'b');
    await first.end('a', rateLimited(dayMs));
    await first.end('b', { status: 'released' });
    await first.clock.advance(dayMs / 2);
    await first.queue.close();

    const { hands, queue } = restart(first);
    await settle();
    expect(queue.pauseOf('lane')).toMatchObject({ by: 'rate-limit' });
    await first.clock.advance(dayMs / 2 - 1);
    expect(hands.running).toEqual([]);
    await first.clock.advance(1);
    expect(hands.running).toEqual(['a']);
  });
});

describe('without a network', () => {
  it('the lane waits, tries again by itself, and counts nothing', async () => {
    const { enqueue, end, hands, clock, db, queue } = start();
    const offline: JobResult = { status: 'offline', error: { code: 'provider-unreachable', details: {} } };
    await enqueue('a');
    for (const waitMs of [1_000, 2_000, 4_000]) {
      await end('a', offline);
      expect(queue.pauseOf('lane')).toMatchObject({ by: 'offline', untilMs: clock.now() + waitMs });
      await clock.advance(waitMs);
      expect(hands.running).toEqual(['a']);
    }
    await end('a', { status: 'released' });
    expect(listRows(db)).toMatchObject([{ attempts: 0 }]);
  });
});

describe('a refused key', () => {
  it('holds the lane until somebody opens it, whatever the service wishes meanwhile', async () => {
    const { enqueue, end, hands, clock, db, queue } = start();
    await enqueue('a', 'b', 'c');
    await end('a', { status: 'blocked', error: { code: 'provider-unauthorized', details: {} } });
    await end('b', rateLimited(1_000));
    await clock.advance(86_400_000);
    expect(hands.running).toEqual([]);
    expect(queue.pauseOf('lane')).toMatchObject({ by: 'blocked', error: { code: 'provider-unauthorized' } });
    queue.openLane('lane');
    await settle();
    expect(hands.running).toEqual(['a', 'b']);
    expect(listRows(db).map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
  });

  it('is still refused after a restart', async () => {
    const first = start();
    await first.enqueue('a');
    await first.end('a', { status: 'blocked', error });
    const { hands, queue } = restart(first);
    await first.clock.advance(86_400_000);
    expect(hands.running).toEqual([]);
    expect(queue.pauseOf('lane')).toMatchObject({ by: 'blocked', error });
  });
});

describe('a paused run', () => {
  it('starts nothing, lets what runs finish, and goes on when resumed', async () => {
    const first = start();
    await enqueueRun(first, 'a', 'b', 'c');
    first.queue.holdRun(first.db, run(1));
    await first.end('a');
    expect(first.hands.running).toEqual(['b']);
    first.queue.resumeRun(first.db, run(1));
    await settle();
    expect(first.hands.running).toEqual(['b', 'c']);
  });

  it('holds a job that comes back, now and after a kill', async () => {
    const first = start();
    await enqueueRun(first, 'a', 'b');
    first.queue.holdRun(first.db, run(1));
    await first.end('a', { status: 'released' });
    expect(first.hands.running).toEqual(['b']);
    // b was running when the engine died.
    const { hands, queue } = restart(first);
    await settle();
    expect(hands.running).toEqual([]);
    queue.resumeRun(first.db, run(1));
    await settle();
    expect(hands.running).toEqual(['a', 'b']);
  });
});

describe('a canceled run', () => {
  it('takes back what waits, stops what runs, and keeps what was finished anyway', async () => {
    const { queue, db, hands, end } = start({ widthOf: () => 4 });
    queue.enqueue(db, [
      ...['a', 'b', 'c'].map((name) => work(name, { runId: run(1) })),
      work('other', { runId: run(2) }),
      work('d', { runId: run(1) }),
    ]);
    await settle();
    queue.cancelRun(db, run(1));
    expect(hands.contexts.get('a')?.signal.aborted).toBe(true);
    await end('a', { status: 'released' });
    await end('b', retry);
    await end('c');
    expect(listStates(db)).toEqual({
      a: 'canceled',
      b: 'canceled',
      c: 'finished',
      other: 'running',
      d: 'canceled',
    });
    expect(hands.contexts.get('other')?.signal.aborted).toBe(false);
  });
});

describe('a lane that begins to rest', () => {
  it('tells the jobs that are still getting ready to start nothing new', async () => {
    const { enqueue, end, hands } = start();
    await enqueue('a', 'b');
    expect(hands.contexts.get('b')?.isResting()).toBe(false);
    await end('a', rateLimited(1_000));
    expect(hands.contexts.get('b')?.isResting()).toBe(true);
  });
});

describe('waiting for a run to stop', () => {
  it('waits for its running jobs, and for no others', async () => {
    const { queue, db, end } = start({ widthOf: () => 3 });
    queue.enqueue(db, [
      work('a', { runId: run(1) }),
      work('b', { runId: run(1) }),
      work('other', { runId: run(2) }),
    ]);
    await settle();
    queue.cancelRun(db, run(1));
    let hasStopped = false;
    const wait = async (): Promise<void> => {
      await queue.whenRunStops(run(1));
      hasStopped = true;
    };
    const stopped = wait();
    await end('a', { status: 'released' });
    expect(hasStopped).toBe(false);
    await end('b');
    await stopped;
    expect(listStates(db)).toEqual({ a: 'canceled', b: 'finished', other: 'running' });
  });
});

describe('closing', () => {
  it('waits for what runs and starts nothing new', async () => {
    const { queue, enqueue, hands, end, db } = start();
    await enqueue('a', 'b', 'c');
    let isClosed = false;
    const close = async (): Promise<void> => {
      await queue.close();
      isClosed = true;
    };
    const closed = close();
    await end('a');
    expect(hands.contexts.get('b')).toMatchObject({
      draining: { aborted: true },
      signal: { aborted: false },
    });
    expect(isClosed).toBe(false);
    await end('b');
    await closed;
    expect(listStates(db)).toEqual({ c: 'ready' });
  });

  it('at once tells what runs to stop; that is no attempt', async () => {
    const stoppable: JobHandler = {
      maxAttempts: 1,
      handle: (_job, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            reject(new Error('stopped'));
          });
        }),
    };
    const { queue, enqueue, db, clock } = start({ handlers: { work: stoppable } });
    await enqueue('a');
    await queue.close({ abort: true });
    expect(listRows(db)).toMatchObject([{ state: 'ready', attempts: 0, error: null }]);
    expect(clock.pending).toBe(0);
  });
});

describe('the end of a job', () => {
  it('commits its rows with it', async () => {
    const { enqueue, end, db } = start();
    await enqueue('a');
    await end('a', {
      status: 'finished',
      commit: (write) => write.run("INSERT INTO setting (name, value) VALUES ('a', '1')"),
    });
    expect(db.all('SELECT name FROM setting')).toEqual([{ name: 'a' }]);
    expect(listRows(db)).toEqual([]);
  });

  it('commits nothing for a job that another session has taken over', async () => {
    const { enqueue, end, db, queue } = start();
    const ended: unknown[] = [];
    queue.events.on('job-ended', ({ job }) => ended.push(job));
    await enqueue('a');
    db.run("UPDATE job SET session = 'another'");
    await end('a', {
      status: 'finished',
      commit: (write) => write.run("INSERT INTO setting (name, value) VALUES ('a', '1')"),
    });
    expect(db.all('SELECT * FROM setting')).toEqual([]);
    expect(listStates(db)).toEqual({ a: 'running' });
    expect(ended).toEqual([]);
  });

  it('whose own rows are refused is kept as failed, with none of them, and stops no other', async () => {
    const { enqueue, end, db, queue, hands } = start({ widthOf: () => 1 });
    await enqueue('a', 'b');
    await end('a', {
      status: 'finished',
      commit: (write) => {
        write.run("INSERT INTO setting (name, value) VALUES ('half', '1')");
        // As when a photo was removed while it was described.
        write.run("INSERT INTO asset_keyword (asset_id, keyword_id, owner) VALUES (99, 99, 'model')");
      },
    });
    expect(db.all('SELECT * FROM setting')).toEqual([]);
    expect(listStates(db)).toEqual({ a: 'failed', b: 'running' });
    expect(queue.isDraining).toBe(false);
    expect(hands.running).toEqual(['b']);
  });

  it('that the database cannot take is undone; the next engine tries again and counts no attempt', async () => {
    const failures: unknown[] = [];
    const first = start({ onFatal: (fatal) => failures.push(fatal) });
    await first.enqueue('a');
    await first.end('a', {
      status: 'finished',
      commit: (write) => {
        write.run("INSERT INTO setting (name, value) VALUES ('half', '1')");
        write.pragma('query_only = ON');
        write.run("INSERT INTO setting (name, value) VALUES ('other half', '1')");
      },
    });
    first.db.pragma('query_only = OFF');
    expect(failures).toHaveLength(1);
    expect(first.queue.isDraining).toBe(true);
    expect(first.db.all('SELECT * FROM setting')).toEqual([]);

    const { hands } = restart(first);
    await settle();
    expect(hands.running).toEqual(['a']);
    expect(listRows(first.db)).toMatchObject([{ state: 'running', attempts: 0, engineDeaths: 1 }]);
  });
});

describe('a job that cannot be worked on', () => {
  it('because nobody knows its kind is kept as failed', async () => {
    const { queue, db } = start();
    queue.enqueue(db, [work('a', { kind: 'from a later release' })]);
    await settle();
    expect(listRows(db)).toMatchObject([{ name: 'a', state: 'failed' }]);
  });

  it('because its payload cannot be read is kept as failed, and stops no other', async () => {
    const { queue, db, hands } = start();
    queue.enqueue(db, [work('a'), work('b')]);
    db.run("UPDATE job SET payload = '{half' WHERE id = 1");
    await settle();
    expect(hands.running).toEqual(['b']);
    expect(listRows(db)).toMatchObject([{ state: 'failed' }, { name: 'b', state: 'running' }]);
  });
});

describe('a database that cannot be written any more', () => {
  it('is told to the engine instead of ending the process', async () => {
    const failures: unknown[] = [];
    const { queue, db } = start({ onFatal: (fatal) => failures.push(fatal) });
    db.exec("CREATE TRIGGER broken BEFORE UPDATE ON job BEGIN SELECT raise(ABORT, 'broken'); END");
    queue.enqueue(db, [work('a')]);
    await until(() => failures.length > 0);
    expect(failures).toMatchObject([{ message: 'broken' }]);
    expect(queue.isDraining).toBe(true);
  });
});
