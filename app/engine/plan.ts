import { setImmediate as nextTurn } from 'node:timers/promises';
import { listCandidatePages, type ReadDb, type Scope } from '../captioning/candidate-store.ts';
import { findTwinDescription } from '../captioning/described-store.ts';
import type { Asker } from '../captioning/asker.ts';
import { addPlans, modelTerms, PlanBuilder } from '../captioning/plan.ts';
import { TogetherPlanBuilder } from '../captioning/plan-together.ts';
import { mostTogether } from '../captioning/together.ts';
import { listTogetherKeys } from '../search/together-store.ts';
import { listVocabulary } from '../captioning/vocabulary-store.ts';
import { readSettings } from '../settings/settings.ts';
import { parseQuery } from '../search/parse-query.ts';
import { dateContextAt } from '../search/query-dates.ts';
import { listMatches } from '../search/search.ts';
import type { AssetId } from '../contract/ids.ts';
import type { CaptionPlan, RunOptions } from '../contract/models/run.ts';
import type { Connection } from '../contract/models/connection.ts';

/** What describing a scope takes. Ids alone, so that a large library fits. */
export type SortedOut = {
  readonly plan: CaptionPlan;
  /** Each needs a request. The same bytes are asked for once, however many files carry them. */
  readonly toAsk: readonly AssetId[];
  /** The person's own keywords, for the run that would be begun now. */
  readonly vocabulary: readonly string[];
  /** A twin of theirs was described already. */
  readonly toCopy: readonly { readonly assetId: AssetId; readonly descriptionId: number }[];
};

/** Which photos of a scope: those that a query finds, but for some. */
export type Narrowing = {
  readonly query?: string | undefined;
  readonly except?: readonly AssetId[] | undefined;
  /** What "last summer" means. */
  readonly nowMs: number;
};

/** A scope narrowed to what a query finds, if there is one; with a turn for others after each page of it. */
export async function selectMatches(
  read: ReadDb,
  scope: Scope,
  { query, except, nowMs }: Narrowing,
): Promise<Scope> {
  const isPicked = scope.assetIds === undefined ? undefined : new Set(scope.assetIds);
  const left = new Set(except);
  const isIn = (id: AssetId): boolean => isPicked?.has(id) !== false && !left.has(id);
  if (query === undefined || query.trim() === '') {
    if (scope.assetIds !== undefined) return { ...scope, assetIds: scope.assetIds.filter(isIn) };
    if (left.size === 0) return scope;
  }
  const assetIds: AssetId[] = [];
  for (const page of listMatches(read, parseQuery(query ?? '', { dates: dateContextAt(nowMs) }))) {
    assetIds.push(...page.filter(isIn));
    await nextTurn();
  }
  return { ...scope, assetIds };
}

/** Whether anything in a scope is still to be described: a look at every photo when nothing is, with a turn for others after each page. */
export async function hasCandidates(read: ReadDb, asker: Asker, scope: Scope): Promise<boolean> {
  for (const page of listCandidatePages(read, asker, { ...scope, limit: 1 })) {
    if (page.length > 0) return true;
    await nextTurn();
  }
  return false;
}

/** Goes through what a connection has still to describe, with a turn for others after each page. */
export async function sortOut(
  read: ReadDb,
  connection: Connection,
  asker: Asker,
  wish: Narrowing & { readonly scope: Scope; readonly options: RunOptions },
): Promise<SortedOut> {
  const vocabulary = listVocabulary(read, asker, readSettings(read).vocabulary);
  const { options } = wish;
  const terms = modelTerms(connection, { isBatch: options.batch !== undefined });
  const builder = new PlanBuilder(terms, options, vocabulary);
  const most =
    options.bursts === 'together' && options.batch === undefined ? mostTogether(connection, options) : 1;
  const together = new TogetherPlanBuilder(terms, options, vocabulary, most);
  const scope = await selectMatches(read, wish.scope, wish);
  const askedTwins = new Set<string>();
  let copies = 0;
  const toAsk: AssetId[] = [];
  const toCopy: { assetId: AssetId; descriptionId: number }[] = [];
  for (const page of listCandidatePages(read, asker, scope)) {
    const ids = most > 1 ? page.map(({ assetId }) => assetId) : [];
    const keys = listTogetherKeys(read, ids);
    for (const candidate of page) {
      const { assetId, contentHash, hasTwin } = candidate;
      const described = hasTwin ? findTwinDescription(read, asker, candidate) : undefined;
      if (described !== undefined) {
        toCopy.push({ assetId, descriptionId: described.descriptionId });
        copies += 1;
        builder.addWithoutRequest();
      } else if (hasTwin && contentHash !== null && askedTwins.has(contentHash)) {
        copies += 1;
        builder.addWithoutRequest();
      } else {
        if (hasTwin && contentHash !== null) askedTwins.add(contentHash);
        toAsk.push(assetId);
        const key = keys.get(assetId);
        if (key === undefined) builder.add(candidate);
        else together.add(candidate, key);
      }
    }
    await nextTurn();
  }
  const plan = { ...addPlans(builder.build(), together.build()), ...(copies > 0 && { copies }) };
  return { plan, toAsk, toCopy, vocabulary };
}
