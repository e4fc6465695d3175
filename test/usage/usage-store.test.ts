import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId, JobId } from '../../app/contract/ids.ts';
import {
  bookLostRequests,
  endRequest,
  findUnparsedAnswer,
  markParsed,
  type RequestEnd,
} from '../../app/usage/request-store.ts';
import {
  listUnexplainedRequests,
  usageByDay,
  usageByFolder,
  usageByModel,
  usageTotals,
  type UsageTotals,
} from '../../app/usage/usage-store.ts';
import { openMemoryDatabase, useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';
import { addConnection, addPhoto, addRequest, addRoot, addRun } from '../helpers/records.ts';

const dayMs = 86_400_000;
const nowMs = new Date(2026, 10, 23, 12).getTime();

const answered: RequestEnd = {
  state: 'answered',
  booking: 'exact',
  costMicroUsd: 250,
  usage: { inputTokens: 1_000, outputTokens: 100 },
  modelAnswered: 'gpt-4.1-2025-04-14',
};

describe('requests whose engine died before their answer was stored', () => {
  it('are booked at their upper estimate, and listed', () => {
    const db = useTestDatabase();
    const connectionId = addConnection(db);
    const lost = addRequest(db, connectionId, { estimatedMicroUsd: 900, sentAtMs: nowMs });
    endRequest(
      db,
      addRequest(db, connectionId, { estimatedMicroUsd: 900, sentAtMs: nowMs }),
      answered,
      nowMs,
    );
    expect(bookLostRequests(db, nowMs)).toBe(1);
    expect(bookLostRequests(db, nowMs)).toBe(0);
    expect(usageTotals(db)).toEqual({
      requests: 2,
      inputTokens: 1_000,
      transactions: 0,
      outputTokens: 100,
      costMicroUsd: 1_150,
      unpriced: 0,
    });
    expect(listUnexplainedRequests(db)).toEqual([
      {
        id: lost,
        state: 'unanswered',
        booking: 'estimate',
        errorCode: 'answer-lost',
        sentAtMs: nowMs,
        costMicroUsd: 900,
        runId: null,
      },
    ]);
  });

  it('keep what was booked, should an answer come late after all', () => {
    const db = useTestDatabase();
    const id = addRequest(db, addConnection(db), { estimatedMicroUsd: 900 });
    bookLostRequests(db, nowMs);
    endRequest(db, id, answered, nowMs);
    expect(usageTotals(db).costMicroUsd).toBe(900);
  });
});

it('looking for them at each open, or asking about one run, does not read the ledger with all its answers', () => {
  const db = useTestDatabase();
  const runId = addRun(db, addConnection(db));
  const plan = explain(db, (explained) => {
    bookLostRequests(explained, nowMs);
    usageTotals(explained, { runId });
    usageByModel(explained, { runId });
    listUnexplainedRequests(explained, { runId });
  });
  const ofRequests = plan.filter((line) => /\brequest\b/.test(line));
  expect(ofRequests).toHaveLength(4);
  expect(
    ofRequests.filter((line) => !/INDEX request_(?:open \(state=\?|run \(run_id=\?)/.test(line)),
  ).toEqual([]);
});

describe('the list of requests that are not explained', () => {
  it('names what is in flight and what was charged without usage; not what was answered or free', () => {
    const db = useTestDatabase();
    const connectionId = addConnection(db);
    const sent = () => addRequest(db, connectionId, { estimatedMicroUsd: 900 });
    const inFlight = sent();
    endRequest(db, sent(), answered, nowMs);
    endRequest(db, sent(), { state: 'answered', booking: 'free', costMicroUsd: 0 }, nowMs);
    const charged = sent();
    endRequest(
      db,
      charged,
      {
        state: 'answered',
        booking: 'estimate',
        costMicroUsd: 900,
        error: { code: 'content-filtered', details: {} },
      },
      nowMs,
    );
    expect(listUnexplainedRequests(db)).toMatchObject([
      { id: inFlight, booking: 'pending', costMicroUsd: 900, errorCode: null },
      { id: charged, booking: 'estimate', costMicroUsd: 900, errorCode: 'content-filtered' },
    ]);
  });
});

describe('a stored answer', () => {
  it('is found again by its job until it became a description', () => {
    const db = useTestDatabase();
    const connectionId = addConnection(db);
    const assetId: AssetId = addPhoto(db, 'a.jpg', { rootId: addRoot(db) });
    const jobId = 7 as JobId;
    const assets = [{ assetId, sentWidthPx: 1_024, sentHeightPx: 768 }];
    const first = addRequest(db, connectionId, { jobId, assets });
    const second = addRequest(db, connectionId, { jobId, assets });
    endRequest(db, first, { ...answered, answerText: 'cut', finishReason: 'length' }, nowMs);
    endRequest(
      db,
      second,
      { ...answered, answerText: '{"caption":"A heron."}', finishReason: 'stop' },
      nowMs,
    );
    expect(findUnparsedAnswer(db, jobId)).toMatchObject({
      id: second,
      answerText: '{"caption":"A heron."}',
      sentWidthPx: 1_024,
    });
    markParsed(db, second);
    markParsed(db, first);
    expect(findUnparsedAnswer(db, jobId)).toBeUndefined();
    expect(findUnparsedAnswer(db, 8 as JobId)).toBeUndefined();
  });
});

describe('usage', () => {
  it('is counted by the days of this machine', () => {
    const db = useTestDatabase();
    const connectionId = addConnection(db);
    const lastMs = new Date(2026, 10, 22, 23, 59, 59, 999).getTime();
    for (const sentAtMs of [lastMs, lastMs + 1, lastMs + 2]) addRequest(db, connectionId, { sentAtMs });
    expect(usageByDay(db).map(({ day, requests }) => [day, requests])).toEqual([
      ['2026-11-22', 1],
      ['2026-11-23', 2],
    ]);
  });

  it('is counted by folder, also of what is still on its way', () => {
    const db = useTestDatabase();
    const connectionId = addConnection(db);
    const [alps, lisbon] = ['/alps', '/lisbon'].map((path) => addRoot(db, path));
    const photos = [
      addPhoto(db, 'a.jpg', { rootId: alps! }),
      addPhoto(db, 'b.jpg', { rootId: alps! }),
      addPhoto(db, 'c.jpg', { rootId: lisbon! }),
    ];
    for (const assetId of photos) {
      addRequest(db, connectionId, {
        estimatedMicroUsd: 500,
        assets: [{ assetId, sentWidthPx: null, sentHeightPx: null }],
      });
    }
    const costs = usageByFolder(db).map(({ folder, requests, costMicroUsd }) => ({
      folder,
      requests,
      costMicroUsd,
    }));
    expect(costs).toEqual([
      { folder: '/alps', requests: 2, costMicroUsd: 1_000 },
      { folder: '/lisbon', requests: 1, costMicroUsd: 500 },
    ]);
    expect(usageTotals(db).costMicroUsd).toBe(0);
    expect(usageTotals(db, {}, { countsPending: true }).costMicroUsd).toBe(1_500);
  });

  it('can be asked of a run, a connection and a time', () => {
    const db = useTestDatabase();
    const [one, two] = [addConnection(db), addConnection(db, 'azure-openai', { deployment: 'other' })];
    const runId = addRun(db, one);
    addRequest(db, one, { runId, sentAtMs: nowMs });
    addRequest(db, one, { sentAtMs: nowMs - dayMs });
    addRequest(db, two, { sentAtMs: nowMs });
    expect(usageTotals(db, { runId }).requests).toBe(1);
    expect(usageTotals(db, { connectionId: one }).requests).toBe(2);
    expect(usageTotals(db, { sinceMs: nowMs - dayMs, untilMs: nowMs }).requests).toBe(1);
  });

  it('by day and by model adds up to the totals', () => {
    const requests = array(
      record({
        daysAgo: integer({ min: 0, max: 5 }),
        model: option(constantFrom('gpt-4.1', 'gpt-4o')),
        inputTokens: integer({ min: 0, max: 5_000 }),
        outputTokens: integer({ min: 0, max: 500 }),
        costMicroUsd: option(integer({ min: 0, max: 9_000 })),
        isAnswered: constantFrom(true, true, false),
      }),
      { maxLength: 20 },
    );
    assert(
      property(requests, (planned) => {
        const db = openMemoryDatabase();
        try {
          const connectionId = addConnection(db);
          for (const request of planned) {
            const id = addRequest(db, connectionId, { sentAtMs: nowMs - request.daysAgo * dayMs });
            if (!request.isAnswered) continue;
            const { inputTokens, outputTokens, costMicroUsd } = request;
            endRequest(
              db,
              id,
              {
                state: 'answered',
                booking: 'exact',
                costMicroUsd,
                usage: { inputTokens, outputTokens },
                modelAnswered: request.model ?? undefined,
              },
              nowMs,
            );
          }
          const totals = usageTotals(db);
          expect(addUp(usageByDay(db))).toEqual(totals);
          expect(addUp(usageByModel(db))).toEqual(totals);
          expect(totals.requests).toBe(planned.length);
          const answeredOnes = planned.filter(({ isAnswered }) => isAnswered);
          expect(totals.unpriced).toBe(answeredOnes.filter((one) => one.costMicroUsd === null).length);
        } finally {
          db.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});

function addUp(parts: readonly UsageTotals[]): UsageTotals {
  return parts.reduce<UsageTotals>(
    (sum, part) => ({
      requests: sum.requests + part.requests,
      inputTokens: sum.inputTokens + part.inputTokens,
      outputTokens: sum.outputTokens + part.outputTokens,
      transactions: sum.transactions + part.transactions,
      costMicroUsd: sum.costMicroUsd + part.costMicroUsd,
      unpriced: sum.unpriced + part.unpriced,
    }),
    { requests: 0, inputTokens: 0, outputTokens: 0, transactions: 0, costMicroUsd: 0, unpriced: 0 },
  );
}
