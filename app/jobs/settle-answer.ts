import { findCandidate, type Candidate } from '../captioning/candidate-store.ts';
import { isDescribed, listDuplicates } from '../captioning/described-store.ts';
import { insertDescription, type WriteDb } from '../captioning/description-store.ts';
import { toAsker } from '../captioning/asker.ts';
import { findDoubts } from '../captioning/doubts.ts';
import type { SeenSize } from '../captioning/object-boxes.ts';
import { parseDescription } from '../captioning/parse-description.ts';
import { askedFields, keywordRulesOf } from '../captioning/prompt.ts';
import { getRun, getRunVocabulary } from '../captioning/run-store.ts';
import type { AssetId, JobId, RequestId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { DescriptionFields } from '../contract/models/description.ts';
import type { Run } from '../contract/models/run.ts';
import type { FinishReason } from '../providers/provider.ts';
import type { JobResult } from '../queue/job-handler.ts';
import { getConnection } from '../settings/connection-store.ts';
import { markParsed } from '../usage/request-store.ts';
import { settlePart } from '../usage/shared-request-store.ts';
import type { JobsContext } from './context.ts';
import { recognitionJobs } from './recognize-text.ts';

/** A whole answer, fresh or stored, with what is needed to make a description of it. */
export type AnswerToSettle = {
  readonly requestId: RequestId | null;
  /** Of a photo that was asked about together with others: `text` is its part of the answer. See [Note: Together]. */
  readonly partOf?: JobId;
  readonly text: string;
  readonly refused: boolean;
  readonly finishReason: FinishReason | null;
  readonly blockedCategory?: string | undefined;
  readonly promptVersion: string | null;
  readonly modelAnswered: string | null;
  readonly detail: string | null;
  readonly sentWidthPx: number | null;
  readonly sentHeightPx: number | null;
};

type Settling = { readonly run: Run; readonly connection: Connection; readonly candidate: Candidate };

/** Steps 5 and 6 of [Note: Paid results]: parse, then commit description, index and the job's end in one transaction. */
export function settleAnswer(
  context: JobsContext,
  { run, connection, candidate }: Settling,
  answer: AnswerToSettle,
): JobResult {
  if (answer.finishReason === 'content-filter') {
    return failed(answer, { code: 'content-filtered', details: { category: answer.blockedCategory } });
  }
  if (answer.refused) {
    return failed(answer, { code: 'refused', details: { reason: answer.text.slice(0, 200) } });
  }
  const { facts, video } = candidate.known;
  const parsed = parseDescription(answer.text, askedFields(run.options.fields, video !== undefined), {
    rules: keywordRulesOf(run.options),
    context: { own: [...(facts.keywords ?? []), ...getRunVocabulary(context.read, run.id)], camera: facts },
    seen: seenSize(answer),
    durationMs: video?.durationMs,
  });
  if (parsed.status === 'refused') {
    return failed(answer, { code: 'refused', details: { reason: parsed.reason.slice(0, 200) } });
  }
  if (parsed.status === 'empty') return failed(answer, { code: 'answer-empty', details: {} });
  if (parsed.status === 'unreadable') {
    // Kept unparsed: a later version, or another try, may read it without paying again.
    return { status: 'failed', error: { code: 'provider-bad-response', details: { reason: parsed.reason } } };
  }
  const assetIds: AssetId[] = [];
  return {
    status: 'finished',
    data: { assetIds },
    commit: (db) => {
      // Undone while its last answers were on their way: they stay in the ledger, and say nothing.
      if (getRun(db, run.id).state === 'undone') return;
      assetIds.push(...storeDescription(context, db, { run, connection, candidate }, answer, parsed.fields));
    },
  };
}

function seenSize({ sentWidthPx, sentHeightPx }: AnswerToSettle): SeenSize | undefined {
  return sentWidthPx === null || sentHeightPx === null
    ? undefined
    : { widthPx: sentWidthPx, heightPx: sentHeightPx };
}

/** For the photo and for every other file with the same bytes: described once, shown for all. */
function storeDescription(
  context: JobsContext,
  db: WriteDb,
  { run, connection, candidate }: Settling,
  answer: AnswerToSettle,
  fields: DescriptionFields,
): AssetId[] {
  // The run asks for its own connection, whoever answers in its place.
  const asker = toAsker(getConnection(db, run.connectionId), run.options, run.id);
  const twins = listDuplicates(db, candidate).flatMap((assetId) => {
    const twin = findCandidate(db, assetId);
    return twin === undefined || isDescribed(db, asker, twin) ? [] : [twin];
  });
  const described = [candidate, ...twins];
  const { options } = run;
  const asked = { fields: options.fields, language: options.language, keywords: keywordRulesOf(options) };
  const isBaseline = connection.kind === 'built-in';
  const nowMs = context.clock.now();
  const doubts = isBaseline ? [] : findDoubts(fields, asked, candidate.known, nowMs);
  for (const { assetId, imageDataHash } of described) {
    insertDescription(
      db,
      {
        assetId,
        owner: 'model',
        fields,
        baseline: isBaseline,
        doubts,
        connectionId: connection.id,
        runId: run.id,
        requestId: answer.requestId,
        promptVersion: answer.promptVersion,
        modelAnswered: answer.modelAnswered,
        detail: answer.detail,
        sentWidthPx: answer.sentWidthPx,
        sentHeightPx: answer.sentHeightPx,
        imageDataHash,
      },
      nowMs,
    );
    context.indexAsset(db, assetId);
    if (isBaseline) context.enqueue(db, recognitionJobs(assetId, candidate.text));
  }
  markRead(db, answer);
  return described.map(({ assetId }) => assetId);
}

function markRead(db: WriteDb, { requestId, partOf }: AnswerToSettle): void {
  if (requestId === null) return;
  if (partOf === undefined) markParsed(db, requestId);
  else settlePart(db, requestId, partOf);
}

/** Understood, and final: the answer says that there is no description. */
function failed(answer: AnswerToSettle, error: Extract<JobResult, { status: 'failed' }>['error']): JobResult {
  return {
    status: 'failed',
    error,
    commit: (db) => {
      markRead(db, answer);
    },
  };
}
