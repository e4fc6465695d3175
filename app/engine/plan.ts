import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  findTwinDescription,
  listCandidatePages,
  type ReadDb,
  type Scope,
} from '../captioning/candidate-store.ts';
import type { Asker } from '../captioning/asker.ts';
import { modelTerms, PlanBuilder } from '../captioning/plan.ts';
import { listVocabulary } from '../captioning/vocabulary-store.ts';
import { parseQuery } from '../search/parse-query.ts';
import { listMatches } from '../search/search.ts';
import type { AssetId } from '../contract/ids.ts';
import type { CaptionPlan, Connection, RunOptions } from '../contract/models.ts';

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

/** A scope narrowed to what a query finds, if there is one; with a turn for others after each page of it. */
export async function selectMatches(read: ReadDb, scope: Scope, query: string | undefined): Promise<Scope> {
  if (query === undefined || query.trim() === '') return scope;
  const assetIds: AssetId[] = [];
  for (const page of listMatches(read, parseQuery(query))) {
    assetIds.push(...page);
    await nextTurn();
  }
  return { ...scope, assetIds };
}

/** Goes through what a connection has still to describe, with a turn for others after each page. */
export async function sortOut(
  read: ReadDb,
  connection: Connection,
  asker: Asker,
  wish: { readonly scope: Scope; readonly query?: string | undefined; readonly options: RunOptions },
): Promise<SortedOut> {
  const vocabulary = listVocabulary(read, asker);
  const builder = new PlanBuilder(modelTerms(connection), wish.options, vocabulary);
  const scope = await selectMatches(read, wish.scope, wish.query);
  const askedTwins = new Set<string>();
  const toAsk: AssetId[] = [];
  const toCopy: { assetId: AssetId; descriptionId: number }[] = [];
  for (const page of listCandidatePages(read, asker, scope)) {
    for (const candidate of page) {
      const { assetId, contentHash, hasTwin } = candidate;
      const described = hasTwin ? findTwinDescription(read, asker, candidate) : undefined;
      if (described !== undefined) {
        toCopy.push({ assetId, descriptionId: described.descriptionId });
        builder.addWithoutRequest();
      } else if (hasTwin && contentHash !== null && askedTwins.has(contentHash)) {
        builder.addWithoutRequest();
      } else {
        if (hasTwin && contentHash !== null) askedTwins.add(contentHash);
        toAsk.push(assetId);
        builder.add(candidate);
      }
    }
    await nextTurn();
  }
  return { plan: builder.build(), toAsk, toCopy, vocabulary };
}
