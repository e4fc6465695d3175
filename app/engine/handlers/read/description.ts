import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { descriptionProcedures } from '../../../contract/procedures/description.ts';
import type { HandlersOf, ReadProcedureName, Input, Output } from '../../../contract/procedures.ts';
import { toAsker } from '../../../captioning/asker.ts';
import type { ReadDb, Scope } from '../../../captioning/candidate-store.ts';
import type { Connection } from '../../../contract/models/connection.ts';
import type { WhichConnection } from '../../../contract/procedures/shared.ts';
import { countDescribed, listUndescribed, type Undescribed } from '../../../captioning/report-store.ts';
import { getConnection } from '../../../settings/connection-store.ts';
import { modelOf } from '../../../usage/prices.ts';
import { modelTerms } from '../../../captioning/plan.ts';
import { previewConnection } from '../../connection-settings.ts';
import { countAddresses } from '../../count-addresses.ts';
import { sortOut } from '../../plan.ts';
import { timeOfPlan } from '../../plan-time.ts';
import type { ReadContext } from '../context.ts';
import { matchesOf, scopeOf } from './scope.ts';

export function descriptionReads(
  context: ReadContext,
): HandlersOf<typeof descriptionProcedures, ReadProcedureName> {
  const { read } = context;
  const pages = new PagedMatches();
  return {
    'description.plan': (input) => plan(context, input),
    'description.count': async (input) => {
      const asker = toAsker(connectionOf(read, input), input.options, input.runId);
      return { described: countDescribed(read, asker, await matchesOf(context, input)) };
    },
    'description.summarize': (input) => summarize(context, input),
    'description.report': (input) => report(context, pages, input),
  };
}

function connectionOf(read: ReadDb, which: WhichConnection): Connection {
  return 'connectionId' in which
    ? getConnection(read, which.connectionId)
    : previewConnection(read, which.connection);
}

async function plan(
  context: ReadContext,
  input: Input<'description.plan'>,
): Promise<Output<'description.plan'>> {
  const { read } = context;
  const connection = connectionOf(read, input);
  const { query, except, options } = input;
  const wish = { scope: scopeOf(context, input), query, except, options, nowMs: context.now() };
  const sorted = await sortOut(read, connection, toAsker(connection, input.options), wish);
  const isBatch = options.batch !== undefined;
  // What goes as a batch or together with others is always sent.
  const isOnItsOwn = !isBatch && options.bursts === undefined;
  const addresses = isOnItsOwn ? countAddresses(context, connection, sorted.toAsk) : 0;
  const msNeeded = timeOfPlan(read, connection, sorted.plan, { isBatch });
  return {
    ...sorted.plan,
    ...(addresses > 0 && { addresses }),
    ...(msNeeded !== undefined && { msNeeded }),
    connection: connection.name,
    model: modelOf(connection) ?? null,
    price: modelTerms(connection, { isBatch }).price ?? null,
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
  const asker = toAsker(connectionOf(read, input), input.options, input.runId);
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
  const { format, what, privacy, path } = error?.details ?? {};
  const isOfRoot = error?.code === 'root-offline';
  const key = JSON.stringify([outcome, error?.code, format, what, privacy, isOfRoot && path]);
  const group: ReasonGroup = groups.get(key) ?? { outcome, error, files: 0, examples: [] };
  group.files += 1;
  if (group.examples.length < exampleCount) group.examples.push(join(rootPath, relativePath));
  groups.set(key, group);
}

/** What the first page of a report found, for the pages behind it: a search of a large library is not made for each. */
class PagedMatches {
  #last: { readonly key: string; readonly scope: Promise<Scope> } | undefined;

  find(context: ReadContext, { folders, query, after }: Input<'description.report'>): Promise<Scope> {
    const key = JSON.stringify([folders, query]);
    if (after === undefined || this.#last?.key !== key) {
      this.#last = { key, scope: matchesOf(context, { folders, query }) };
    }
    return this.#last.scope;
  }

  /** Nobody asks for a page behind the last. */
  forget(): void {
    this.#last = undefined;
  }
}

async function report(
  context: ReadContext,
  pages: PagedMatches,
  input: Input<'description.report'>,
): Promise<Output<'description.report'>> {
  const { read } = context;
  const asker = toAsker(getConnection(read, input.connectionId), input.options, input.runId);
  const scope = await pages.find(context, input);
  const limit = input.limit ?? pageSize;
  const files = listUndescribed(read, asker, scope, input.after ?? 0, limit); // why 0: ids begin at 1
  if (files.length < limit) pages.forget();
  return {
    files: files.map(({ assetId, rootPath, relativePath, outcome, error }) => {
      return { id: assetId, path: join(rootPath, relativePath), outcome, error };
    }),
    nextCursor: files.length < limit ? null : (files.at(-1)?.fileId ?? null),
  };
}

/** Files that are looked at in one turn. */
const pageSize = 500;
