import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestId, RootId, RunId } from '../../app/contract/ids.ts';
import type { Database } from '../../app/db/connection.ts';
import { Budgets, monthStartMs, type BudgetLimit } from '../../app/usage/budget.ts';
import { bookLostRequests, deleteRequest, endRequest } from '../../app/usage/request-store.ts';
import { committedOfRoot, committedOfRun } from '../../app/usage/usage-store.ts';
import { openMemoryDatabase, useTestDatabase } from '../helpers/database.ts';
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

describe('a budget', () => {
  it('stops before it is exceeded, counting what is in flight at its upper estimate', () => {
    const db = useTestDatabase();
    const { connectionId, runId, limits } = addBudgets(db, 1_000, 10_000);
    const budgets = new Budgets(db);
    expect(budgets.findExceeded(limits, 600)).toBeUndefined();
    const request = addRequest(db, connectionId, { runId, estimatedMicroUsd: 600, sentAtMs });
    budgets.add(limits, 600);
    expect(budgets.findExceeded(limits, 401)).toEqual(limits[0]);
    expect(budgets.remaining(limits[0])).toBe(400);
    // It cost less than its upper estimate: the rest is free again.
    endRequest(db, request, { state: 'answered', booking: 'exact', costMicroUsd: 100 }, sentAtMs);
    budgets.add(limits, 100 - 600);
    expect(budgets.findExceeded(limits, 900)).toBeUndefined();
    expect(budgets.findExceeded(limits, 901)).toEqual(limits[0]);
  });

  it('is spent in the same way whether anybody has looked at it or not', () => {
    const db = useTestDatabase();
    const { connectionId, runId, limits } = addBudgets(db, 1_000, 10_000);
    const budgets = new Budgets(db);
    addRequest(db, connectionId, { runId, estimatedMicroUsd: 600, sentAtMs });
    budgets.add(limits, 600);
    expect(budgets.remaining(limits[0])).toBe(400);
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
    expect(new Budgets(db).remaining(monthLimit(rootId, 1_000))).toBe(800);
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
          let inFlight: { id: RequestId; estimate: number }[] = [];
          const end = (number: number, finish: (id: RequestId, estimate: number) => number) => {
            const [request] = inFlight.splice(number % Math.max(1, inFlight.length), 1);
            if (request === undefined) return;
            budgets.add(limits, finish(request.id, request.estimate) - request.estimate);
          };
          for (const { does, number, costShare } of steps) {
            switch (does) {
              case 'send': {
                if (budgets.findExceeded(limits, number) !== undefined) break;
                const id = addRequest(db, connectionId, { runId, estimatedMicroUsd: number, sentAtMs });
                budgets.add(limits, number);
                inFlight.push({ id, estimate: number });
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
            expect(committedOfRun(db, runId)).toBe(runMicroUsd - budgets.remaining(limits[0]));
            expect(committedOfRoot(db, rootId, monthMs)).toBe(monthMicroUsd - budgets.remaining(limits[1]));
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
