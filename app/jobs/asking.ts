import type { Candidate } from '../captioning/candidate-store.ts';
import { askedVersion } from '../captioning/asker.ts';
import type { RequestEstimate } from '../captioning/plan.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Run } from '../contract/models/run.ts';
import type { Answer } from '../providers/provider.ts';
import type { Job } from '../queue/job.ts';
import type { AnswerToSettle } from './settle-answer.ts';

/** A photo that a run asks a connection about. */
export type Asking = {
  readonly job: Job;
  readonly run: Run;
  readonly connection: Connection;
  readonly candidate: Candidate;
};

/** A fresh answer, with what a description keeps of how it came about. */
export function toSettle(
  answer: Answer,
  requestId: AnswerToSettle['requestId'],
  { run, connection }: Pick<Asking, 'run' | 'connection'>,
  estimate: RequestEstimate | undefined,
): AnswerToSettle {
  return {
    requestId,
    text: answer.refusal ?? answer.text,
    refused: answer.refusal !== undefined,
    finishReason: answer.finishReason,
    blockedCategory: answer.blockedCategory,
    promptVersion: askedVersion(connection, run.options),
    modelAnswered: answer.modelAnswered ?? null,
    detail: estimate?.size?.detail ?? null,
    sentWidthPx: estimate?.size?.widthPx ?? null,
    sentHeightPx: estimate?.size?.heightPx ?? null,
  };
}
