import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { findCurrentDescription, listDescriptions, type ReadDb } from './captioning/description-store.ts';
import type { Asker, Scope } from './captioning/candidate-store.ts';
import { countDescribed, listUndescribed, type Undescribed } from './captioning/report-store.ts';
import { getRun, listRuns } from './captioning/run-store.ts';
import type { AssetId } from './contract/ids.ts';
import type { Connection, Run } from './contract/models.ts';
import type { Handlers, Input, Output, ReadProcedureName } from './contract/procedures.ts';
import { previewConnection } from './engine-connection-settings.ts';
import { selectMatches, sortOut } from './engine-plan.ts';
import { countLibrary, countRoots, listSummaries } from './library/status-store.ts';
import { findAssetByPath, findDuplicates, findOriginal, getAsset } from './library/asset-store.ts';
import { listRoots } from './library/root-store.ts';
import { findLibraryFolder, type LibraryFolder } from './library/roots.ts';
import { AppError } from './platform/errors.ts';
import { staysLocal } from './providers/endpoint.ts';
import { countJobs, countJobsByKind, countLiveJobs, listFailures } from './queue/job-store.ts';
import { listPausedLanes } from './queue/lane-store.ts';
import { parseQuery } from './search/parse-query.ts';
import { searchAssets } from './search/search.ts';
import { getConnection, listConnections } from './settings/connection-store.ts';
import { monthStartMs } from './usage/budget.ts';
import { findPrice, modelOf } from './usage/prices.ts';
import {
  listUnexplainedRequests,
  usageByFolder,
  usageByDay,
  usageByModel,
  usageTotals,
} from './usage/usage-store.ts';

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
        ...usageTotals(read, filter, { countsPending: true }),
        byModel: usageByModel(read, filter),
        byDay: usageByDay(read, filter),
        byFolder: usageByFolder(read, filter),
        unexplained: listUnexplainedRequests(read, filter),
      };
    },
    'usage.total': ({ sinceMs, runId }) =>
      usageTotals(read, {
        ...(sinceMs === undefined ? {} : { sinceMs }),
        ...(runId === undefined ? {} : { runId }),
      }),
    'run.list': ({ limit }) =>
      listRuns(read, limit === undefined ? {} : { limit }).map((run) => progressOf(read, run)),
    'run.get': ({ id }) => progressOf(read, getRun(read, id)),
    'queue.list': () => ({
      jobs: countJobs(read),
      byKind: countJobsByKind(read),
      lanes: lanes(read),
      failures: listFailures(read),
    }),
    'queue.count': (input) => ({ jobs: countLiveJobs(read, input.lanes) }),
    'lane.list': () => lanes(read),
    'root.list': () => listRoots(read),
    'description.plan': (input) => plan(context, input),
    'description.count': async (input) => {
      const asker = reachOf(getConnection(read, input.connectionId));
      return { described: countDescribed(read, asker, await matchesOf(context, input)) };
    },
    'description.summarize': (input) => summarize(context, input),
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

async function plan(
  context: ReadContext,
  input: Input<'description.plan'>,
): Promise<Output<'description.plan'>> {
  const { read } = context;
  const connection =
    'connectionId' in input
      ? getConnection(read, input.connectionId)
      : previewConnection(read, input.connection);
  const wish = { scope: scopeOf(context, input), query: input.query, options: input.options };
  const sorted = await sortOut(read, connection, reachOf(connection), wish);
  return {
    ...sorted.plan,
    connection: connection.name,
    model: modelOf(connection) ?? null,
    price: findPrice(connection) ?? null,
  };
}

type ReasonGroup = Output<'description.summarize'>[number];

/** Paths that stand for all files of a reason. */
const exampleCount = 3;

async function summarize(
  context: ReadContext,
  input: Input<'description.summarize'>,
): Promise<ReasonGroup[]> {
  const { read } = context;
  const asker = reachOf(getConnection(read, input.connectionId));
  const groups = new Map<string, ReasonGroup>();
  for (const scope of slicesOf(await matchesOf(context, input))) {
    let after: number | undefined = 0; // why: ids begin at 1
    while (after !== undefined) {
      const files: Undescribed[] = listUndescribed(read, asker, scope, after, pageSize);
      for (const file of files) addToGroup(groups, file);
      after = files.length < pageSize ? undefined : files.at(-1)?.fileId;
      await nextTurn();
    }
  }
  return [...groups.values()];
}

/** The same scope in parts, so that a query that selects very many photos is not passed on again with each page. */
function slicesOf(scope: Scope): Scope[] {
  const { assetIds } = scope;
  if (assetIds === undefined) return [scope];
  return Array.from({ length: Math.ceil(assetIds.length / pageSize) }, (_, index) => ({
    ...scope,
    assetIds: assetIds.slice(index * pageSize, (index + 1) * pageSize),
  }));
}

function addToGroup(
  groups: Map<string, ReasonGroup>,
  { outcome, error, rootPath, relativePath }: Undescribed,
): void {
  const key = JSON.stringify([outcome, error?.code, error?.details['format']]);
  const group: ReasonGroup = groups.get(key) ?? { outcome, error, files: 0, examples: [] };
  group.files += 1;
  if (group.examples.length < exampleCount) group.examples.push(join(rootPath, relativePath));
  groups.set(key, group);
}

async function report(
  context: ReadContext,
  input: Input<'description.report'>,
): Promise<Output<'description.report'>> {
  const { read } = context;
  const asker = reachOf(getConnection(read, input.connectionId));
  const scope = await matchesOf(context, input);
  const limit = input.limit ?? pageSize;
  const files = listUndescribed(read, asker, scope, input.after ?? 0, limit); // why 0: ids begin at 1
  return {
    files: files.map(({ assetId, rootPath, relativePath, outcome, error }) => {
      return { id: assetId, path: join(rootPath, relativePath), outcome, error };
    }),
    nextCursor: files.length < limit ? null : (files.at(-1)?.fileId ?? null),
  };
}

/** Where a connection's requests go decides what it may see. */
export function reachOf(connection: Connection): Asker {
  return { id: connection.id, kind: connection.kind, isLocal: staysLocal(connection) };
}

/** Files that are looked at in one turn. */
const pageSize = 500;

function matchesOf(
  context: ReadContext,
  input: { folders?: string[] | undefined; query?: string | undefined },
): Promise<Scope> {
  return selectMatches(context.read, scopeOf(context, input), input.query);
}

/** Folders, and how many, as a scope of assets. Folders have to be in the library by now. */
export function scopeOf(
  { read }: ReadContext,
  input: { folders?: string[] | undefined; limit?: number | undefined },
): Scope {
  const scope: { -readonly [Key in keyof Scope]: Scope[Key] } = {};
  if (input.folders !== undefined && input.folders.length > 0) {
    scope.folders = input.folders.map((folder) => placeOf(read, folder));
  }
  if (input.limit !== undefined) scope.limit = input.limit;
  return scope;
}

/** @throws {AppError} `not-found`. */
function placeOf(read: ReadDb, path: string): LibraryFolder {
  const place = findLibraryFolder(read, path);
  if (place !== undefined) return place;
  throw new AppError('not-found', { what: path, reason: 'It is in no folder of this library.' });
}
