import type { JobsContext } from '../jobs/context.ts';
import { settleWhole } from '../threads/settle.ts';
import { deleteQuestion, endAnswer, getAnswer, listLostQuestions } from '../threads/thread-store.ts';
import { markParsed } from '../usage/request-store.ts';
import type { FinishReason } from '../providers/provider.ts';

/**
 * At open: questions of an engine that died. One whose answer was stored gets it, one that was on its way is kept as lost
 * (its request is booked by `bookLostRequests`), one that never went out is forgotten.
 */
export function settleLostQuestions(context: Pick<JobsContext, 'transact' | 'clock' | 'indexAsset'>): void {
  context.transact((db) => {
    for (const { id, requestId, text, isRefusal, finishReason } of listLostQuestions(db)) {
      if (requestId === null) {
        deleteQuestion(db, id);
        continue;
      }
      const settled =
        text === null
          ? ({
              state: 'failed',
              answer: null,
              finishReason: null,
              error: { code: 'answer-lost', details: {} },
            } as const)
          : settleWhole({
              text,
              refusal: isRefusal ? text : undefined,
              finishReason: (finishReason ?? 'unknown') as FinishReason, // why: endRequest stored it
            });
      endAnswer(db, id, settled, context.clock.now());
      if (text !== null) markParsed(db, requestId);
      for (const assetId of getAnswer(db, id).assetIds) context.indexAsset(db, assetId);
    }
  });
}
