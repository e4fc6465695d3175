import { z } from 'zod';
import { assetId, connectionId, rootId, runId } from './ids.ts';
import {
  booking,
  captionPlan,
  connection,
  connectionKind,
  description,
  errorInfo,
  facts,
  pastDescription,
  photoSummary,
  price,
  privacy,
  requestState,
  root,
  run,
  runOptions,
  standingRule,
} from './models.ts';

/**
 * Everything that can be asked of an engine: `noun.verb`, with the shape of what goes in and what comes out. The
 * terminal calls it in its own process; a window will call the same over a port. A missing handler does not compile.
 */

const count = z.number().int().nonnegative();
const microUsd = count.nullable();

/** A folder as a person named it; the engine finds or makes its root. */
const folders = z.array(z.string().min(1)).optional();

/** What to describe: all, some folders, a search result, the first so many. */
const scope = {
  folders,
  query: z.string().optional(),
  limit: z.number().int().positive().optional(),
};

const jobCounts = z.object({
  ready: count,
  held: count,
  running: count,
  finished: count,
  skipped: count,
  failed: count,
  canceled: count,
});

const failureGroup = z.object({ error: errorInfo, photos: count });

export const runProgress = run.extend({
  connection: z.string(),
  jobs: jobCounts,
  requests: count,
  inputTokens: count,
  outputTokens: count,
  costMicroUsd: microUsd,
  failures: z.array(failureGroup),
});

const lane = z.object({
  name: z.string(),
  pausedBy: z.enum(['person', 'rate-limit', 'offline', 'blocked']),
  untilMs: z.number().int().nullable(),
  error: errorInfo.nullable(),
});

/** A connection as a person sets it up: kind, endpoint and deployment say which one it is. */
const connectionSettings = z.object({
  kind: connectionKind,
  endpoint: z.string().optional(),
  apiVersion: z.string().optional(),
  deployment: z.string().optional(),
  modelId: z.string().optional(),
  concurrency: z.number().int().min(1).max(256).optional(),
  ownPrice: price.optional(),
});

/** A saved connection, or one that only its settings name. */
const whichConnection = z.union([z.object({ connectionId }), z.object({ connection: connectionSettings })]);

const usageTotals = z.object({
  requests: count,
  inputTokens: count,
  outputTokens: count,
  costMicroUsd: count,
});

export const procedures = {
  // Reading: these also work beside another engine that has the library open.
  'library.status': {
    reads: true,
    input: z.object({}),
    output: z.object({
      folder: z.string(),
      photos: count,
      described: count,
      baseline: count,
      problems: count,
      unsupported: count,
      missing: count,
      roots: z.array(root.extend({ photos: count, described: count })),
      connections: z.array(connection),
      jobs: jobCounts,
      lanes: z.array(lane),
      spentTodayMicroUsd: count,
      spentThisMonthMicroUsd: count,
    }),
  },
  'search.query': {
    reads: true,
    input: z.object({
      query: z.string(),
      limit: z.number().int().min(1).max(500).optional(),
      sort: z.enum(['relevance', 'newest', 'oldest', 'name', 'rating']).optional(),
      after: z.string().optional(),
    }),
    output: z.object({
      total: count,
      totalIsCapped: z.boolean(),
      photos: z.array(photoSummary),
      nextCursor: z.string().nullable(),
      /** Hints about filters that were not understood. */
      notes: z.array(z.string()),
    }),
  },
  'asset.get': {
    reads: true,
    input: z.union([z.object({ id: assetId }), z.object({ path: z.string() })]),
    output: z.object({
      id: assetId,
      path: z.string(),
      /** All files that carry it or have the same bytes. */
      duplicates: z.array(z.string()),
      state: z.enum(['found', 'ready', 'unsupported', 'unreadable', 'missing', 'offline']),
      error: errorInfo.nullable(),
      description: description.nullable(),
      metadata: facts.extend({
        format: z.string().nullable(),
        widthPx: count.nullable(),
        heightPx: count.nullable(),
        sizeBytes: count,
        colors: z.array(z.string()),
      }),
      history: z.array(pastDescription),
    }),
  },
  'usage.get': {
    reads: true,
    input: z.object({ sinceMs: z.number().int().optional(), runId: runId.optional() }),
    output: usageTotals.extend({
      byModel: z.array(usageTotals.extend({ model: z.string().nullable() })),
      byDay: z.array(usageTotals.extend({ day: z.string() })),
      byFolder: z.array(usageTotals.extend({ folder: z.string().nullable() })),
      /** Requests that are booked at an estimate, or still in flight. */
      unexplained: z.array(
        z.object({
          id: z.number(),
          state: requestState,
          booking,
          errorCode: z.string().nullable(),
          sentAtMs: z.number(),
          costMicroUsd: microUsd,
        }),
      ),
    }),
  },
  /** Only what was used and spent: cheap enough to be asked while a run goes on. */
  'usage.total': {
    reads: true,
    input: z.object({ sinceMs: z.number().int().optional(), runId: runId.optional() }),
    output: usageTotals,
  },
  'run.list': { reads: true, input: z.object({ limit: count.optional() }), output: z.array(runProgress) },
  'run.get': { reads: true, input: z.object({ id: runId }), output: runProgress },
  'queue.list': {
    reads: true,
    input: z.object({}),
    output: z.object({
      jobs: jobCounts,
      byKind: z.array(jobCounts.extend({ kind: z.string() })),
      lanes: z.array(lane),
      failures: z.array(failureGroup.extend({ runId: runId.nullable() })),
    }),
  },
  /** How many jobs of some lanes wait or run: cheap enough to be asked while they do. */
  'queue.count': {
    reads: true,
    input: z.object({ lanes: z.array(z.string()) }),
    output: z.object({ jobs: count }),
  },
  /** Lanes that rest. */
  'lane.list': { reads: true, input: z.object({}), output: z.array(lane) },
  'root.list': { reads: true, input: z.object({}), output: z.array(root) },
  'description.plan': {
    reads: true,
    input: z.object({ ...scope, options: runOptions }).and(whichConnection),
    output: captionPlan.extend({
      connection: z.string(),
      model: z.string().nullable(),
      price: price.nullable(),
    }),
  },
  /** How many files of a scope a connection has described. */
  'description.count': {
    reads: true,
    input: z.object({ folders, query: scope.query, connectionId }),
    output: z.object({ described: count }),
  },
  /** Why the files of a scope that a connection has not described are not, by reason; a format is a reason of its own. */
  'description.summarize': {
    reads: true,
    input: z.object({ folders, query: scope.query, connectionId }),
    output: z.array(
      z.object({
        outcome: z.enum(['failed', 'skipped', 'waiting']),
        /** Of the first of them. */
        error: errorInfo.nullable(),
        files: count,
        /** Paths of the first three. */
        examples: z.array(z.string()),
      }),
    ),
  },
  /** Every file of a scope that a connection has not described, and why. */
  'description.report': {
    reads: true,
    input: z.object({
      folders,
      query: scope.query,
      connectionId,
      after: count.optional(),
      limit: z.number().int().min(1).max(500).optional(),
    }),
    output: z.object({
      files: z.array(
        z.object({
          id: assetId.nullable(),
          path: z.string(),
          outcome: z.enum(['failed', 'skipped', 'waiting']),
          error: errorInfo.nullable(),
        }),
      ),
      nextCursor: count.nullable(),
    }),
  },

  // Writing: these need the library's lock.
  'connection.save': {
    reads: false,
    input: connectionSettings,
    output: connection,
  },
  'root.add': {
    reads: false,
    input: z.object({ path: z.string().min(1) }),
    output: z.object({ rootId, prefix: z.string() }),
  },
  'root.remove': { reads: false, input: z.object({ rootId }), output: z.object({ photos: count }) },
  'root.relink': { reads: false, input: z.object({ rootId, path: z.string().min(1) }), output: root },
  'root.set': {
    reads: false,
    input: z.object({
      rootId,
      rule: standingRule.optional(),
      privacy: privacy.optional(),
      ignorePatterns: z.array(z.string()).optional(),
    }),
    output: root,
  },
  'root.scan': {
    reads: false,
    input: z.object({ rootIds: z.array(rootId).optional() }),
    output: z.array(
      z.object({
        rootId,
        path: z.string(),
        found: count,
        added: count,
        changed: count,
        moved: count,
        missing: count,
        /** Files that are still being copied; the next scan takes them. */
        stillChanging: count,
        /** Files and folders that could not be looked at, from the root; what is known of them stays. */
        unreadable: z.array(z.string()),
        error: errorInfo.nullable(),
      }),
    ),
  },
  'description.start': {
    reads: false,
    input: z.object({
      ...scope,
      connectionId,
      options: runOptions,
      budgetMicroUsd: z.number().int().positive().nullable(),
    }),
    output: z.object({
      runId: runId.nullable(),
      photos: count,
      /** Runs of the same connection that were stopped before they were done; they wait until they are asked for again. */
      waitingRuns: z.array(runId),
    }),
  },
  'run.pause': { reads: false, input: z.object({ id: runId }), output: run },
  'run.resume': {
    reads: false,
    input: z.object({ id: runId, budgetMicroUsd: count.optional() }),
    output: run,
  },
  'run.cancel': { reads: false, input: z.object({ id: runId }), output: run },
  'run.undo': { reads: false, input: z.object({ id: runId }), output: z.object({ photos: count }) },
  'queue.pause': { reads: false, input: z.object({}), output: z.object({}) },
  'queue.resume': { reads: false, input: z.object({}), output: z.object({}) },
  'queue.retry': {
    reads: false,
    input: z.object({ runId: runId.optional(), code: z.string().optional() }),
    output: z.object({ jobs: count }),
  },
  'queue.cancel': { reads: false, input: z.object({}), output: z.object({ jobs: count }) },
} as const;

type Procedures = typeof procedures;
export type ProcedureName = keyof Procedures;
export type ReadProcedureName = {
  [Name in ProcedureName]: Procedures[Name]['reads'] extends true ? Name : never;
}[ProcedureName];
export type Input<Name extends ProcedureName> = z.output<Procedures[Name]['input']>;
export type Output<Name extends ProcedureName> = z.output<Procedures[Name]['output']>;
/** What a caller may pass: before defaults and brands. */
export type Arguments<Name extends ProcedureName> = z.input<Procedures[Name]['input']>;
export type Handlers<Name extends ProcedureName = ProcedureName> = {
  [Key in Name]: (input: Input<Key>) => Output<Key> | Promise<Output<Key>>;
};
