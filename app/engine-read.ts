import { join } from 'node:path';
import { findCurrentDescription, listDescriptions, type ReadDb } from './captioning/description-store.ts';
import { listCandidates, findTwinDescription, type Scope } from './captioning/candidate-store.ts';
import { modelTerms, PlanBuilder } from './captioning/plan.ts';
import { countDescribed, listUndescribed } from './captioning/report-store.ts';
import { getRun, listRuns } from './captioning/run-store.ts';
import type { AssetId } from './contract/ids.ts';
import type { Connection, Run } from './contract/models.ts';
import type { Handlers, Input, Output, ReadProcedureName } from './contract/procedures.ts';
import { previewConnection } from './engine-connection-settings.ts';
import { countLibrary, countRoots, listSummaries } from './library/status-store.ts';
import { findAssetByPath, findDuplicates, findOriginal, getAsset } from './library/asset-store.ts';
import { listRoots } from './library/root-store.ts';
import { findLibraryFolder, type LibraryFolder } from './library/roots.ts';
import { AppError } from './platform/errors.ts';
import { staysLocal } from './providers/endpoint.ts';
import { countJobs, countJobsByKind, listFailures } from './queue/job-store.ts';
import { listPausedLanes } from './queue/lane-store.ts';
import { parseQuery } from './search/parse-query.ts';
import { searchAssets } from './search/search.ts';
import { getConnection, listConnections } from './settings/connection-store.ts';
import { monthStartMs } from './usage/budget.ts';
import { findPrice, modelOf } from './usage/prices.ts';
import { listUnexplainedRequests, usageByDay, usageByModel, usageTotals } from './usage/usage-store.ts';

export type ReadContext = {
  readonly read: ReadDb;
  readonly libraryFolder: string;
  readonly now: () => number;
};

/** Everything that only reads: the same beside a running engine as inside one. */
export function readHandlers(context: ReadContext): Handlers<ReadProcedureName> {
  const { read } = context;
  return {
    'library.status': () => status(context),
    'search.query': (input) => search(context, input),
    'asset.get': (input) => show(context, 'id' in input ? input.id : findAssetId(context, input.path)),
    'usage.get': (input) => {
      const filter = {
        ...(input.sinceMs === undefined ? {} : { sinceMs: input.sinceMs }),
        ...(input.runId === undefined ? {} : { runId: input.runId }),
      };
      return {
        ...usageTotals(read, filter),
        byModel: usageByModel(read, filter),
        byDay: usageByDay(read, filter),
        unexplained: listUnexplainedRequests(read, filter),
      };
    },
    'run.list': ({ limit }) =>
      listRuns(read, limit === undefined ? {} : { limit }).map((run) => progressOf(read, run)),
    'run.get': ({ id }) => progressOf(read, getRun(read, id)),
    'queue.list': () => ({
      jobs: countJobs(read),
      byKind: countJobsByKind(read),
      lanes: lanes(read),
      failures: listFailures(read),
    }),
    'root.list': () => listRoots(read),
    'description.plan': (input) => plan(context, input),
    'description.report': (input) => report(context, input),
  };
}

function status({ read, libraryFolder, now }: ReadContext): Output<'library.status'> {
  const today = new Date(now());
  const dayStartMs = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  const counts = countRoots(read);
  return {
    folder: libraryFolder,
    ...countLibrary(read),
    roots: listRoots(read).map((root) => {
      const { photos, described } = counts.get(root.id) ?? { photos: 0, described: 0 };
      return { ...root, photos, described };
    }),
    connections: listConnections(read),
    jobs: countJobs(read),
    lanes: lanes(read),
    spentTodayMicroUsd: usageTotals(read, { sinceMs: dayStartMs }).costMicroUsd,
    spentThisMonthMicroUsd: usageTotals(read, { sinceMs: monthStartMs(now()) }).costMicroUsd,
  };
}

function lanes(read: ReadDb): Output<'queue.list'>['lanes'] {
  return [...listPausedLanes(read)].map(([name, { by, untilMs, error }]) => ({
    name,
    pausedBy: by,
    untilMs,
    error,
  }));
}

const usualPage = 100;

function search({ read }: ReadContext, input: Input<'search.query'>): Output<'search.query'> {
  const query = parseQuery(input.query);
  const found = searchAssets(read, query, {
    limit: input.limit ?? usualPage,
    ...(input.sort === undefined ? {} : { sort: input.sort }),
    ...(input.after === undefined ? {} : { after: input.after }),
  });
  const summaries = listSummaries(
    read,
    found.items.map((item) => item.assetId),
  );
  return {
    total: found.total,
    totalIsCapped: found.totalIsCapped,
    photos: found.items.flatMap(({ assetId, snippet }) => {
      const summary = summaries.get(assetId);
      return summary === undefined ? [] : [{ id: assetId, ...summary, snippet }];
    }),
    nextCursor: found.nextCursor,
    notes: query.notes.map((note) => note.message),
  };
}

/** A photo as a person names it: by its path, whole or from where they stand. */
function findAssetId({ read }: ReadContext, path: string): AssetId {
  const { rootId, prefix } = placeOf(read, path);
  const asset = findAssetByPath(read, rootId, prefix);
  if (asset === undefined) {
    throw new AppError('not-found', { what: path, reason: 'It is no photo, or it was not scanned yet.' });
  }
  return asset.id;
}

function show({ read }: ReadContext, id: AssetId): Output<'asset.get'> {
  const asset = getAsset(read, id);
  const original = findOriginal(read, id);
  const reach =
    original === undefined || !original.isPresent
      ? 'missing'
      : original.rootState === 'offline'
        ? 'offline'
        : asset.state;
  return {
    id,
    path: original?.absolutePath ?? '',
    duplicates: findDuplicates(read, id).flatMap((twin) => findOriginal(read, twin)?.absolutePath ?? []),
    state: reach,
    error: asset.error,
    description: findCurrentDescription(read, id) ?? null,
    metadata: {
      ...asset.facts,
      format: asset.format,
      widthPx: asset.widthPx,
      heightPx: asset.heightPx,
      sizeBytes: original?.sizeBytes ?? 0, // why 0: no file is left
      colors: [...asset.colors],
    },
    history: listDescriptions(read, id),
  };
}

/** A run with its numbers. */
export function progressOf(read: ReadDb, run: Run): Output<'run.get'> {
  const { requests, inputTokens, outputTokens, costMicroUsd } = usageTotals(read, { runId: run.id });
  const failures = listFailures(read, run.id).map(({ error, photos }) => ({ error, photos }));
  return {
    ...run,
    connection: getConnection(read, run.connectionId).name,
    jobs: countJobs(read, { runId: run.id }),
    requests,
    inputTokens,
    outputTokens,
    costMicroUsd,
    failures,
  };
}

function plan(context: ReadContext, input: Input<'description.plan'>): Output<'description.plan'> {
  const { read } = context;
  const connection =
    'connectionId' in input
      ? getConnection(read, input.connectionId)
      : previewConnection(read, input.connection);
  const builder = new PlanBuilder(modelTerms(connection), input.options);
  const asked = new Set<string>();
  for (const candidate of listCandidates(read, reachOf(connection), scopeOf(context, input))) {
    // The same bytes are asked for once, however many files carry them.
    const isTwin = candidate.contentHash !== null && asked.has(candidate.contentHash);
    if (isTwin || findTwinDescription(read, connection.id, candidate) !== undefined) {
      builder.addWithoutRequest();
    } else builder.add(candidate);
    if (candidate.contentHash !== null) asked.add(candidate.contentHash);
  }
  return {
    ...builder.build(),
    connection: connection.name,
    model: modelOf(connection) ?? null,
    price: findPrice(connection) ?? null,
  };
}

function report(context: ReadContext, input: Input<'description.report'>): Output<'description.report'> {
  const { read } = context;
  const asker = reachOf(getConnection(read, input.connectionId));
  const scope = scopeOf(context, input);
  const limit = input.limit ?? pageSize;
  const files = listUndescribed(read, asker, scope, input.after ?? 0, limit); // why 0: ids begin at 1
  return {
    described: countDescribed(read, asker, scope),
    files: files.map(({ assetId, rootPath, relativePath, outcome, error }) => {
      return { id: assetId, path: join(rootPath, relativePath), outcome, error };
    }),
    nextCursor: files.length < limit ? null : (files.at(-1)?.fileId ?? null),
  };
}

/** Where a connection's requests go decides what it may see. */
export function reachOf(connection: Connection): {
  id: Connection['id'];
  kind: Connection['kind'];
  isLocal: boolean;
} {
  return { id: connection.id, kind: connection.kind, isLocal: staysLocal(connection) };
}

/** Most photos that a query may select at once; more is asked for in several runs. */
const pageSize = 500;

/** Folders and a query as a scope of assets. Folders have to be in the library by now. */
export function scopeOf(
  { read }: ReadContext,
  input: { folders?: string[] | undefined; query?: string | undefined; limit?: number | undefined },
): Scope {
  const scope: { -readonly [Key in keyof Scope]: Scope[Key] } = {};
  if (input.folders !== undefined && input.folders.length > 0) {
    scope.folders = input.folders.map((folder) => placeOf(read, folder));
  }
  if (input.query !== undefined && input.query.trim() !== '') scope.assetIds = allMatches(read, input.query);
  if (input.limit !== undefined) scope.limit = input.limit;
  return scope;
}

/** @throws {AppError} `not-found`. */
function placeOf(read: ReadDb, path: string): LibraryFolder {
  const place = findLibraryFolder(read, path);
  if (place !== undefined) return place;
  throw new AppError('not-found', { what: path, reason: 'It is in no folder of this library.' });
}

function allMatches(read: ReadDb, text: string): AssetId[] {
  const query = parseQuery(text);
  const ids: AssetId[] = [];
  let after: string | null = null;
  do {
    const page = searchAssets(read, query, {
      limit: pageSize,
      sort: 'newest',
      ...(after === null ? {} : { after }),
    });
    ids.push(...page.items.map((item) => item.assetId));
    after = page.nextCursor;
  } while (after !== null);
  return ids;
}
