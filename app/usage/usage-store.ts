import type { ConnectionId, RequestId, RootId, RunId } from '../contract/ids.ts';
import type { Booking, RequestState } from '../contract/booking.ts';
import type { ReadDb } from '../db/open.ts';

export type { ReadDb } from '../db/open.ts';

/** Money that a budget has to count: booked, and reserved for what is in flight. Unknown prices count as 0. */
export function committedOfRun(db: ReadDb, runId: RunId): number {
  return sum(db, 'run_id = @id', { id: runId });
}

/** As `committedOfRun`, for everything that a root's standing rule sent since a time. */
export function committedOfRoot(db: ReadDb, rootId: RootId, sinceMs: number): number {
  return sum(db, 'run_id IN (SELECT id FROM run WHERE root_id = @id) AND sent_at_ms >= @sinceMs', {
    id: rootId,
    sinceMs,
  });
}

/** As `committedOfRun`, for everything that was sent since a time: read from an index that holds all of it. */
export function committedSince(db: ReadDb, sinceMs: number): number {
  return sum(db, 'sent_at_ms >= @sinceMs', { sinceMs });
}

function sum(db: ReadDb, where: string, values: Readonly<Record<string, number>>): number {
  const row = db.get<{ total: number | null }>(
    `SELECT sum(CASE WHEN booking = 'pending' THEN estimated_micro_usd ELSE cost_micro_usd END) AS total FROM request WHERE ${where}`,
    values,
  );
  return row?.total ?? 0; // why: the sum of no rows is NULL, and no requests cost nothing
}

export type UsageTotals = {
  readonly requests: number;
  /** As reported by the service; requests that reported nothing are not in it. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of services that count features. */
  readonly transactions: number;
  /** Exact bookings and estimates. */
  readonly costMicroUsd: number;
  /** Requests that are over and that nobody knows the price of: their cost is in no sum. */
  readonly unpriced: number;
};

export type UsageFilter = {
  readonly runId?: RunId;
  readonly connectionId?: ConnectionId;
  readonly sinceMs?: number;
  readonly untilMs?: number;
  /** Only what went as a line of a batch. */
  readonly isBatch?: 1;
};

const tokens = `count(*) AS requests, coalesce(sum(input_tokens), 0) AS inputTokens,
  coalesce(sum(output_tokens), 0) AS outputTokens, coalesce(sum(transactions), 0) AS transactions,
  count(*) FILTER (WHERE booking <> 'pending' AND cost_micro_usd IS NULL) AS unpriced`;
/** What was booked. */
const booked = `${tokens}, coalesce(sum(cost_micro_usd), 0) AS costMicroUsd`;
/** Also what is in flight, or was when its engine died, at its upper estimate: as `listUnexplainedRequests` lists it. */
const withPending = `${tokens},
  coalesce(sum(CASE WHEN booking = 'pending' THEN estimated_micro_usd ELSE cost_micro_usd END), 0) AS costMicroUsd`;

/** Only the filters that were given: one that may also be left out (`@runId IS NULL OR …`) cannot be looked up in an index. */
function filtered(filter: UsageFilter): string {
  const conditions = [
    'TRUE',
    ...(filter.runId === undefined ? [] : ['run_id = @runId']),
    ...(filter.connectionId === undefined ? [] : ['connection_id = @connectionId']),
    ...(filter.isBatch === undefined ? [] : ['batch_id IS NOT NULL']),
    ...(filter.sinceMs === undefined ? [] : ['sent_at_ms >= @sinceMs']),
    ...(filter.untilMs === undefined ? [] : ['sent_at_ms < @untilMs']),
  ];
  return `FROM request WHERE ${conditions.join(' AND ')}`;
}

/** Booked so far; `countsPending`: requests in flight too, at their upper estimate. */
export function usageTotals(
  db: ReadDb,
  filter: UsageFilter = {},
  { countsPending = false }: { readonly countsPending?: boolean } = {},
): UsageTotals {
  const row = db.get<UsageTotals>(
    `SELECT ${countsPending ? withPending : booked} ${filtered(filter)}`,
    filter,
  );
  if (row === undefined) throw new Error('an aggregate gives one row');
  return row;
}

/** The dearest first; `null`: the service named no model, and none was asked for. With what is on its way. */
export function usageByModel(
  db: ReadDb,
  filter: UsageFilter = {},
): (UsageTotals & { model: string | null })[] {
  return db.all(
    `SELECT coalesce(model_answered, model_asked) AS model, ${withPending} ${filtered(filter)} GROUP BY 1 ORDER BY costMicroUsd DESC, model`,
    filter,
  );
}

/** Days are the machine's local days, as `YYYY-MM-DD`, oldest first. */
export function usageByDay(db: ReadDb, filter: UsageFilter = {}): (UsageTotals & { day: string })[] {
  return db.all(
    `SELECT date(sent_at_ms / 1000, 'unixepoch', 'localtime') AS day, ${withPending} ${filtered(filter)} GROUP BY 1 ORDER BY 1`,
    filter,
  );
}

/** By the root of each request's first photo; `null` for photos whose folder was taken out of the library. */
export function usageByFolder(
  db: ReadDb,
  filter: UsageFilter = {},
): (UsageTotals & { folder: string | null })[] {
  return db.all(
    `SELECT (SELECT root.path FROM request_asset JOIN file ON file.asset_id = request_asset.asset_id JOIN root ON root.id = file.root_id
       WHERE request_asset.request_id = request.id ORDER BY request_asset.position, file.state = 'present' DESC, file.id LIMIT 1) AS folder,
       ${withPending} ${filtered(filter)} GROUP BY 1 ORDER BY costMicroUsd DESC, folder`,
    filter,
  );
}

export type UnexplainedRequest = {
  readonly id: RequestId;
  readonly state: RequestState;
  readonly booking: Booking;
  readonly errorCode: string | null;
  readonly sentAtMs: number;
  readonly costMicroUsd: number | null;
  readonly runId: RunId | null;
};

/** Every request that is not booked exactly or known to be free: unanswered, charged without usage, or still in flight. */
export function listUnexplainedRequests(db: ReadDb, filter: UsageFilter = {}): UnexplainedRequest[] {
  return db.all(
    `SELECT id, state, booking, error ->> 'code' AS errorCode, sent_at_ms AS sentAtMs,
       CASE WHEN booking = 'pending' THEN estimated_micro_usd ELSE cost_micro_usd END AS costMicroUsd, run_id AS runId
     ${filtered(filter)} AND booking IN ('pending', 'estimate') ORDER BY id`,
    filter,
  );
}

/** What this day and this month cost so far. */
export function spentSince(db: ReadDb, dayStartMs: number, monthStartMs: number) {
  const [today, month] = [
    usageTotals(db, { sinceMs: dayStartMs }),
    usageTotals(db, { sinceMs: monthStartMs }),
  ];
  return {
    spentTodayMicroUsd: today.costMicroUsd,
    spentThisMonthMicroUsd: month.costMicroUsd,
    unpricedToday: today.unpriced,
    unpricedThisMonth: month.unpriced,
  };
}
