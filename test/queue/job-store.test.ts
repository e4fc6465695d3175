import { describe, expect, it } from 'vitest';
import { listFailedJobs, listFailures, retryFailedJobs } from '../../app/queue/failed-job-store.ts';
import { cancelJobs, claimJobs, endJob, insertJobs } from '../../app/queue/job-store.ts';
import {
  countJobs,
  countJobsByKind,
  countHeldJobs,
  hasLiveJobs,
  holdRun,
  listHeldRuns,
} from '../../app/queue/run-job-store.ts';
import { countLiveJobs, listLanes, nextDueMs } from '../../app/queue/lane-job-store.ts';
import type { Database } from '../../app/db/connection.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';
import { listRows, run, work } from './manual-work.ts';

const session = 'this session';
const nowMs = 1_000_000;

const claim = (db: Database, atMs = nowMs) => claimJobs(db, 'lane', { limit: 1, session, nowMs: atMs })[0];

function claimNames(db: Database): unknown[] {
  const names = [];
  for (let job = claim(db); job !== undefined; job = claim(db)) {
    names.push((job.payload as { name: string }).name);
  }
  return names;
}

/** Claims the next job and ends it as failed. */
function fail(db: Database, code: 'file-missing' | 'refused' = 'file-missing'): void {
  const job = claim(db)!;
  endJob(db, job.id, session, { state: 'failed', error: { code, details: {} }, attempts: 1 }, nowMs);
}

describe('claiming', () => {
  it('gives the highest priority first, and among equals the oldest', () => {
    const db = useTestDatabase();
    insertJobs(
      db,
      [work('bulk 1'), work('bulk 2'), work('on screen', { priority: 10 }), work('bulk 3')],
      nowMs,
    );
    expect(claimNames(db)).toEqual(['on screen', 'bulk 1', 'bulk 2', 'bulk 3']);
  });

  it('gives nothing of another lane, nothing twice, and nothing before its time', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a'), work('elsewhere', { lane: 'other' })], nowMs);
    const job = claim(db)!;
    expect(claim(db)).toBeUndefined();
    endJob(db, job.id, session, { state: 'ready', attempts: 1, runAfterMs: nowMs + 500, held: false }, nowMs);
    expect(claim(db, nowMs + 499)).toBeUndefined();
    expect(nextDueMs(db, 'lane')).toBe(nowMs + 500);
    expect(claim(db, nowMs + 500)).toMatchObject({ payload: { name: 'a' }, attempts: 1 });
    expect(nextDueMs(db, 'lane')).toBeUndefined();
  });

  it('goes straight to its job by an index', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a')], nowMs);
    const plan = explain(db, (explained) => {
      claimJobs(explained, 'lane', { limit: 1, session, nowMs });
      nextDueMs(explained, 'lane');
    });
    expect(plan).toContainEqual(expect.stringMatching(/^SEARCH job USING (?:COVERING )?INDEX job_claim/));
    expect(plan).toContainEqual(expect.stringMatching(/^SEARCH job USING (?:COVERING )?INDEX job_delayed/));
    expect(plan.filter((line) => /^SCAN|TEMP B-TREE/.test(line))).toEqual([]);
  });

  it('is as little work beside 100 000 held, delayed and ended jobs as without them', () => {
    const db = useTestDatabase();
    const addMany = (columns: string, values: string) =>
      db.run(
        `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 33334)
         INSERT INTO job (kind, lane, payload, priority, created_at_ms, updated_at_ms, ${columns})
         SELECT 'work', 'lane', '{}', 5, 0, 0, ${values} FROM n`,
      );
    const cycle = () => {
      insertJobs(
        db,
        Array.from({ length: 200 }, (_, index) => work(`job ${String(index)}`)),
        nowMs,
      );
      // Of the processor, which a busy machine does not make longer.
      const before = process.cpuUsage();
      expect(db.transact(() => claimNames(db))).toHaveLength(200);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000;
    };
    const aloneMs = Math.min(cycle(), cycle());
    addMany('held', '1');
    addMany('run_after_ms', String(nowMs + 1));
    addMany('state', "'finished'");
    const besideMs = Math.min(cycle(), cycle());
    // A scan of the held or delayed ones would take a hundred times as long.
    expect(besideMs).toBeLessThan(aloneMs * 10 + 20);
  });
});

describe('a dedupe key', () => {
  const key = { dedupeKey: 'picture 1' };

  it('keeps one live job: one that waits moves to the newer run, with the higher priority', () => {
    const db = useTestDatabase();
    expect(insertJobs(db, [work('a', { ...key, runId: run(1) })], nowMs)).toBe(1);
    expect(insertJobs(db, [work('a', { ...key, runId: run(1) })], nowMs)).toBe(0);
    expect(insertJobs(db, [work('a', { ...key, runId: run(2), priority: 7 })], nowMs)).toBe(1);
    expect(insertJobs(db, [work('a', { ...key, runId: run(2), priority: 3 })], nowMs)).toBe(0);
    expect(db.all('SELECT run_id, priority FROM job')).toEqual([{ run_id: 2, priority: 7 }]);
  });

  it('lets a held job go when it is asked for again', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a', { ...key, runId: run(1) })], nowMs);
    holdRun(db, run(1), true);
    insertJobs(db, [work('a', { ...key, runId: run(2) })], nowMs);
    expect(claim(db)).toMatchObject({ runId: 2 });
  });

  it('leaves a running job with its own run', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a', { ...key, runId: run(1) })], nowMs);
    claim(db);
    expect(insertJobs(db, [work('a', { ...key, runId: run(2) })], nowMs)).toBe(0);
    expect(db.all('SELECT run_id, state FROM job')).toEqual([{ run_id: 1, state: 'running' }]);
  });

  it('is free again when its job has ended', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a', key)], nowMs);
    fail(db);
    expect(insertJobs(db, [work('a', key)], nowMs)).toBe(1);
    // Two live jobs for one picture would describe and pay it twice.
    expect(retryFailedJobs(db, {}, nowMs)).toBe(0);
  });
});

describe('ending', () => {
  it('drops the result of a job that belongs to another session', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a')], nowMs);
    const job = claim(db)!;
    db.run("UPDATE job SET session = 'another'");
    expect(endJob(db, job.id, session, { state: 'finished' }, nowMs)).toBe(false);
    expect(endJob(db, job.id, session, { state: 'canceled' }, nowMs)).toBe(false);
    expect(
      endJob(db, job.id, session, { state: 'ready', attempts: 0, runAfterMs: 0, held: false }, nowMs),
    ).toBe(false);
    expect(listRows(db)).toMatchObject([{ name: 'a', state: 'running' }]);
  });

  it('forgets that work which nobody asked about had failed once it is done; a run keeps its failures', () => {
    const db = useTestDatabase();
    insertJobs(
      db,
      [work('thumbnail', { dedupeKey: 'thumbnail' }), work('photo', { dedupeKey: 'photo', runId: run(1) })],
      nowMs,
    );
    fail(db);
    fail(db);
    insertJobs(
      db,
      [work('thumbnail', { dedupeKey: 'thumbnail' }), work('photo', { dedupeKey: 'photo', runId: run(2) })],
      nowMs,
    );
    for (let job = claim(db); job !== undefined; job = claim(db)) {
      endJob(db, job.id, session, { state: 'finished' }, nowMs);
    }
    expect(listFailedJobs(db).map((job) => [job.payload, job.runId])).toEqual([[{ name: 'photo' }, run(1)]]);
  });

  it('counts what a run did, and leaves no rows of finished jobs that nobody asked about', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a'), ...['b', 'c', 'd', 'e'].map((name) => work(name, { runId: run(1) }))], nowMs);
    endJob(db, claim(db)!.id, session, { state: 'finished' }, nowMs);
    endJob(db, claim(db)!.id, session, { state: 'finished' }, nowMs);
    endJob(db, claim(db)!.id, session, { state: 'finished', skipReason: 'gone' }, nowMs);
    fail(db);
    expect(countJobs(db, { runId: run(1) })).toEqual({
      ready: 1,
      held: 0,
      running: 0,
      finished: 1,
      skipped: 1,
      failed: 1,
      canceled: 0,
    });
    expect(listRows(db).map(({ name }) => name)).toEqual(['b', 'c', 'd', 'e']);
  });

  it('never gives an id out twice: the ledger knows jobs by theirs', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a')], nowMs);
    const first = claim(db)!.id;
    endJob(db, first, session, { state: 'finished' }, nowMs);
    insertJobs(db, [work('b')], nowMs);
    expect(claim(db)!.id).toBeGreaterThan(first);
  });
});

describe('failed jobs', () => {
  it('are listed with their reason, also when their payload cannot be read', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a', { runId: run(1) }), work('b')], nowMs);
    fail(db);
    fail(db, 'refused');
    db.run("UPDATE job SET payload = '{half' WHERE id = 2");
    expect(listFailedJobs(db)).toMatchObject([
      { payload: { name: 'a' }, runId: 1, error: { code: 'file-missing' } },
      { payload: undefined, runId: null, error: { code: 'refused' } },
    ]);
    expect(listFailedJobs(db, { code: 'refused' })).toHaveLength(1);
  });

  it('get all their attempts again when somebody retries them, by run or by reason', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a', { runId: run(1) }), work('b'), work('c')], nowMs);
    fail(db);
    fail(db);
    fail(db, 'refused');
    expect(retryFailedJobs(db, { runId: run(1) }, nowMs)).toBe(1);
    expect(retryFailedJobs(db, { code: 'refused' }, nowMs)).toBe(1);
    expect(listRows(db)).toMatchObject([
      { name: 'a', state: 'ready', attempts: 0 },
      { name: 'b', state: 'failed', attempts: 1 },
      { name: 'c', state: 'ready', attempts: 0 },
    ]);
  });
});

describe('a run', () => {
  it('is over when none of its jobs waits or runs; held ones wait for a person', () => {
    const db = useTestDatabase();
    insertJobs(db, [work('a', { runId: run(1) }), work('b', { runId: run(1) })], nowMs);
    const job = claim(db)!;
    holdRun(db, run(1), true);
    expect(hasLiveJobs(db, run(1))).toBe(true);
    endJob(db, job.id, session, { state: 'finished' }, nowMs);
    expect(hasLiveJobs(db, run(1))).toBe(false);
    holdRun(db, run(1), false);
    expect(hasLiveJobs(db, run(1))).toBe(true);
    cancelJobs(db, { runId: run(1) }, nowMs);
    expect(hasLiveJobs(db, run(1))).toBe(false);
  });
});

describe('what is asked for again and again', () => {
  it('counts what waits or runs in some lanes: not what is held, has ended or is another lane’s', () => {
    const db = useTestDatabase();
    insertJobs(
      db,
      [work('a'), work('b'), work('held', { runId: run(1) }), work('c', { lane: 'other' })],
      nowMs,
    );
    holdRun(db, run(1), true);
    claim(db);
    expect(countLiveJobs(db, ['lane'])).toBe(2);
    expect(countLiveJobs(db, ['lane', 'other', 'empty'])).toBe(3);
    expect(countHeldJobs(db)).toBe(1);
    db.run("UPDATE job SET run_after_ms = 5 WHERE state = 'ready' AND held = 0");
    expect(countLiveJobs(db, ['lane', 'other'])).toBe(3);
    fail(db);
    expect(countLiveJobs(db, [])).toBe(0);
    expect(listLanes(db).toSorted()).toEqual(['lane', 'other']);
    expect(listHeldRuns(db)).toEqual([1]);
  });

  it('reads no jobs that have ended, however many there are', () => {
    const db = useTestDatabase();
    const plan = explain(db, (explained) => {
      countLiveJobs(explained, ['lane']);
      hasLiveJobs(explained, run(1));
      listLanes(explained);
      listHeldRuns(explained);
    });
    const ofJobs = plan.filter((line) => /\bjob\b/.test(line));
    // Of a run's jobs, its states are looked up too.
    expect(ofJobs.filter((line) => line.includes('job_run ('))).toEqual([
      'SEARCH job USING INDEX job_run (run_id=? AND state=?)',
    ]);
    expect(ofJobs.filter((line) => !/INDEX job_(?:run|claim|delayed|held|running)\b/.test(line))).toEqual([]);
  });

  it('of one run reads its own jobs alone', () => {
    const db = useTestDatabase();
    const plan = explain(db, (explained) => {
      countJobs(explained, { runId: run(1) });
      listFailedJobs(explained, { runId: run(1) });
      listFailures(explained, run(1));
      retryFailedJobs(explained, { runId: run(1) }, nowMs);
      cancelJobs(explained, { runId: run(1) }, nowMs);
    });
    expect(plan.filter((line) => /\bjob\b/.test(line) && !line.includes('(run_id=?'))).toEqual([]);
  });
});

it('jobs are counted by kind as they are in all', () => {
  const db = useTestDatabase();
  insertJobs(
    db,
    [work('a'), work('b', { kind: 'other' }), work('c', { kind: 'other', runId: run(1) })],
    nowMs,
  );
  holdRun(db, run(1), true);
  fail(db);
  const none = { ready: 0, held: 0, running: 0, finished: 0, skipped: 0, failed: 0, canceled: 0 };
  expect(countJobsByKind(db)).toEqual([
    { ...none, kind: 'other', ready: 1, held: 1 },
    { ...none, kind: 'work', failed: 1 },
  ]);
  expect(countJobs(db)).toEqual({ ...none, ready: 1, held: 1, failed: 1 });
});
