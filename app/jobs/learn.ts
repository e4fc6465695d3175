import type { Connection } from '../contract/models/connection.ts';
import type { Answer } from '../providers/provider.ts';
import { getConnection, saveLearned, saveRates } from '../settings/connection-store.ts';
import type { JobsContext } from './context.ts';

/** What an answer says of its deployment: the model behind it, and its rate limits. Written down when it changes. */
export function learnFromAnswer(
  context: Pick<JobsContext, 'transact' | 'read' | 'gateOf'>,
  connection: Connection,
  { modelAnswered, rateLimit }: Answer,
): void {
  const before = connection.learned.modelAnswered;
  const isNewModel = modelAnswered !== undefined && before !== modelAnswered;
  const requestsPerMinute = rateLimit?.limitRequests;
  const tokensPerMinute = rateLimit?.limitTokens;
  const areNewRates =
    isNews(requestsPerMinute, connection.requestsPerMinute, connection.ownLimits.requestsPerMinute) ||
    isNews(tokensPerMinute, connection.tokensPerMinute, connection.ownLimits.tokensPerMinute);
  if (!isNewModel && !areNewRates) return;
  context.transact((db) => {
    // Whether another model behind the same name sees pictures has to be asked anew.
    const forgotten = before === undefined ? {} : { vision: undefined, thinks: undefined };
    if (isNewModel) saveLearned(db, connection.id, { modelAnswered, ...forgotten });
    if (areNewRates) saveRates(db, connection.id, { requestsPerMinute, tokensPerMinute });
  });
  context.gateOf(getConnection(context.read, connection.id));
}

/** A limit that the service says, against the one in force. */
function isNews(said: number | undefined, inForce: number | null, own: number | null): boolean {
  return said !== undefined && Math.min(said, own ?? said) !== inForce;
}
