import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestId, RootId, RunId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { Budgets, monthStartMs, type BudgetLimit } from '../../app/usage/budget.ts';
import { bookLostRequests, deleteRequest, endRequest } from '../../app/usage/request-store.ts';
import { committedOfRoot, committedOfRun, committedSince } from '../../app/usage/usage-store.ts';
import { openMemoryDatabase, useTestDatabase } from '../helpers/database.ts';
import { settle } from '../helpers/fake-clock.ts';
import { addConnection, addRequest, addRoot, addRun } from '../helpers/records.ts';

const sentAtMs = new Date(2026, 10, 15).getTime();
const monthMs = monthStartMs(sentAtMs);

const runLimit = (runId: RunId, limitMicroUsd: number): BudgetLimit => ({
  kind: 'run',
  runId,
  limitMicroUsd,
});
const monthLimit = (rootId: RootId, limitMicroUsd: number): BudgetLimit => ({
  kind: 'root-month',
  rootId,
  monthStartMs: monthMs,
  limitMicroUsd,
});

/** A run with a budget by a root with a monthly one. */
function addBudgets(db: Database, runMicroUsd: number, monthMicroUsd: number) {
  const connectionId = addConnection(db);
  const rootId = addRoot(db);
  const runId = addRun(db, connectionId, { rootId });
  return {
    connectionId,
    rootId,
    runId,
    limits: [runLimit(runId, runMicroUsd), monthLimit(rootId, monthMicroUsd)] as const,
  };
}

/** Does the limit allow just so much more, to the millionth of a dollar? */
const leaves = (budgets: Budgets, limit: BudgetLimit, microUsd: number): boolean =>
  budgets.findExceeded([limit], microUsd) === undefined &&
  budgets.findExceeded([limit], microUsd + 1) === limit;

describe('a budget', () => {
  it('stops before it is exceeded, counting what is in flight at its upper estimate', () => {
    const db = useTestDatabase();
    const { connectionId, runId, limits } = addBudgets(db, 1_000, 10_000);
    const budgets = new Budgets(db);
    expect(budgets.findExceeded(limits, 600)).toBeUndefined();
    const request = addRequest(db, connectionId, { runId, estimatedMicroUsd: 600, sentAtMs });
    const book = budgets.reserve(limits, 600);
    expect(leaves(budgets, limits[0], 400)).toBe(true);
    expect(budgets.findExceeded(limits, 401)).toEqual(limits[0]);
    // It cost less than its upper estimate: the rest is free again.
    endRequest(db, request, { state: 'answered', booking: 'exact', costMicroUsd: 100 }, sentAtMs);
    book(100);
    expect(leaves(budgets, limits[0], 900)).toBe(true);
    expect(leaves(budgets, limits[1], 9_900)).toBe(true);
  });

  it('is spent in the same way whether anybody has looked at it or not', () => {
    const db = useTestDatabase();
    const { connectionId, runId, limits } = addBudgets(db, 1_000, 10_000);
    const budgets = new Budgets(db);
    addRequest(db, connectionId, { runId, estimatedMicroUsd: 600, sentAtMs });
    budgets.reserve(limits, 600);
    expect(leaves(budgets, limits[0], 400)).toBe(true);
  });

  it('of a month counts every run of its root, and nothing of the month before', () => {
    const db = useTestDatabase();
    const { connectionId, rootId, runId } = addBudgets(db, 1_000, 10_000);
    const otherRun = addRun(db, connectionId, { rootId });
    const byHand = addRun(db, connectionId);
    for (const [id, atMs] of [
      [runId, monthMs],
      [otherRun, sentAtMs],
      [runId, monthMs - 1],
      [byHand, sentAtMs],
    ] as const) {
      addRequest(db, connectionId, { runId: id, estimatedMicroUsd: 100, sentAtMs: atMs });
    }
    expect(leaves(new Budgets(db), monthLimit(rootId, 1_000), 800)).toBe(true);
  });

  it('that is held by requests in flight may be free again when one of them ends, and whoever waits hears of it', async () => {
    const db = useTestDatabase();
    const { connectionId, runId, limits } = addBudgets(db, 1_000, 10_000);
    const budgets = new Budgets(db);
    expect(budgets.mayFreeUp(limits[0])).toBe(false);
    addRequest(db, connectionId, { runId, estimatedMicroUsd: 900, sentAtMs });
    const book = budgets.reserve(limits, 900);
    expect(budgets.mayFreeUp(limits[0])).toBe(true);

    const heard: string[] = [];
    const wait = async (name: string, signal: AbortSignal) => {
      await budgets.untilNextEnd(signal);
      heard.push(name);
    };
    const giveUp = new AbortController();
    const all = [
      wait('first', new AbortController().signal),
      wait('second', new AbortController().signal),
      wait('gave up', giveUp.signal),
      wait('never waited', AbortSignal.abort()),
    ];
    giveUp.abort();
    await settle();
    expect(heard.toSorted()).toEqual(['gave up', 'never waited']);
    book(100);
    await Promise.all(all);
    expect(heard).toHaveLength(4);
    expect(budgets.mayFreeUp(limits[0])).toBe(false);
  });
});

it.each([
  [new Date(2026, 10, 1), new Date(2026, 10, 1)],
  [new Date(2026, 10, 30, 23, 59, 59, 999), new Date(2026, 10, 1)],
  [new Date(2026, 11, 31, 23, 59), new Date(2026, 11, 1)],
  [new Date(2027, 0, 1), new Date(2027, 0, 1)],
  [new Date(2028, 1, 29, 12), new Date(2028, 1, 1)],
])('a month at %s began at %s', (now, start) => {
  expect(monthStartMs(now.getTime())).toBe(start.getTime());
});

const step = record({
  does: constantFrom('send', 'answer', 'cut off', 'never left', 'restart'),
  /** Of the upper estimate, for `send`; of those in flight, which one, for the others. */
  number: integer({ min: 0, max: 400 }),
  costShare: integer({ min: 0, max: 100 }),
});

it('whatever is sent, answered, cut off and killed: the sum in SQLite is the sum in memory, and never above a limit', () => {
  assert(
    property(
      integer({ min: 1, max: 1_500 }),
      integer({ min: 1, max: 1_500 }),
      array(step, { maxLength: 40 }),
      (runMicroUsd, monthMicroUsd, steps) => {
        const db = openMemoryDatabase();
        try {
          const { connectionId, rootId, runId, limits } = addBudgets(db, runMicroUsd, monthMicroUsd);
          let budgets = new Budgets(db);
          let inFlight: { id: RequestId; estimate: number; book: (microUsd: number) => void }[] = [];
          const end = (number: number, finish: (id: RequestId, estimate: number) => number) => {
            const [request] = inFlight.splice(number % Math.max(1, inFlight.length), 1);
            request?.book(finish(request.id, request.estimate));
          };
          for (const { does, number, costShare } of steps) {
            switch (does) {
              case 'send': {
                if (budgets.findExceeded(limits, number) !== undefined) break;
                const id = addRequest(db, connectionId, { runId, estimatedMicroUsd: number, sentAtMs });
                inFlight.push({ id, estimate: number, book: budgets.reserve(limits, number) });
                break;
              }
              case 'answer':
                end(number, (id, estimate) => {
                  const cost = Math.floor((estimate * costShare) / 100);
                  endRequest(db, id, { state: 'answered', booking: 'exact', costMicroUsd: cost }, sentAtMs);
                  return cost;
                });
                break;
              case 'cut off':
                end(number, (id, estimate) => {
                  endRequest(
                    db,
                    id,
                    { state: 'unanswered', booking: 'estimate', costMicroUsd: estimate },
                    sentAtMs,
                  );
                  return estimate;
                });
                break;
              case 'never left':
                end(number, (id) => {
                  deleteRequest(db, id);
                  return 0;
                });
                break;
              case 'restart':
                bookLostRequests(db, sentAtMs);
                inFlight = [];
                budgets = new Budgets(db);
            }
            expect(leaves(budgets, limits[0], runMicroUsd - committedOfRun(db, runId))).toBe(true);
            expect(leaves(budgets, limits[1], monthMicroUsd - committedOfRoot(db, rootId, monthMs))).toBe(
              true,
            );
            expect(committedOfRun(db, runId)).toBeLessThanOrEqual(Math.min(runMicroUsd, monthMicroUsd));
          }
        } finally {
          db.close();
        }
      },
    ),
    { numRuns: 60 },
  );
});

const overallStep = record({
  does: constantFrom('send', 'send by hand', 'answer', 'set', 'unset', 'restart'),
  number: integer({ min: 0, max: 400 }),
});

it('the month’s budget of everything is never exceeded while it is set, also when it is set again after a while without', () => {
  assert(
    property(array(overallStep, { maxLength: 40 }), (steps) => {
      const db = openMemoryDatabase();
      try {
        const { connectionId, runId } = addBudgets(db, 1, 1);
        const byHand = addRun(db, connectionId);
        let budgets = new Budgets(db);
        let limit: BudgetLimit = { kind: 'month', monthStartMs: monthMs, limitMicroUsd: Infinity };
        let inFlight: { id: RequestId; estimate: number; book: (microUsd: number) => void }[] = [];
        const send = (sender: RunId, estimate: number): void => {
          if (budgets.findExceeded([limit], estimate) !== undefined) return;
          const id = addRequest(db, connectionId, { runId: sender, estimatedMicroUsd: estimate, sentAtMs });
          inFlight.push({ id, estimate, book: budgets.reserve([limit], estimate) });
          expect(committedSince(db, monthMs)).toBeLessThanOrEqual(limit.limitMicroUsd);
        };
        for (const { does, number } of steps) {
          if (does === 'send') send(runId, number);
          else if (does === 'send by hand') send(byHand, number);
          else if (does === 'set') limit = { ...limit, limitMicroUsd: 5 * number };
          else if (does === 'unset') limit = { ...limit, limitMicroUsd: Infinity };
          else if (does === 'answer') {
            const [request] = inFlight.splice(number % Math.max(1, inFlight.length), 1);
            if (request === undefined) continue;
            const cost = Math.floor(request.estimate / 2);
            endRequest(db, request.id, { state: 'answered', booking: 'exact', costMicroUsd: cost }, sentAtMs);
            request.book(cost);
          } else {
            bookLostRequests(db, sentAtMs);
            inFlight = [];
            budgets = new Budgets(db);
          }
          // To the millionth of a dollar, so that nothing is refused that would fit.
          const set: BudgetLimit = { ...limit, limitMicroUsd: 10_000_000 };
          expect(leaves(budgets, set, 10_000_000 - committedSince(db, monthMs))).toBe(true);
        }
      } finally {
        db.close();
      }
    }),
    { numRuns: 60 },
  );
});
