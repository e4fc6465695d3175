import type { ErrorDetails } from '../contract/errors.ts';
import type { Connection } from '../contract/models/connection.ts';
import { isOwnServer } from '../providers/endpoint.ts';
import { findBlindModel } from '../providers/models.ts';
import type { ProviderOutcome } from '../providers/provider.ts';
import { getConnection, saveLearned } from '../settings/connection-store.ts';
import type { JobsContext } from './context.ts';
import type { Setback } from './outcomes.ts';
import { sendProbe } from './send-probe.ts';

/** What a look may find that is in the way of every photo. Anything else the service may say itself, to a photo. */
type Hindrance = Extract<ProviderOutcome, { readonly status: 'blocked' }>['code'];
const hindrances: ReadonlySet<string> = new Set<Hindrance>([
  'provider-no-vision',
  'provider-unauthorized',
  'provider-deployment-not-found',
]);

/**
 * [Note: Vision first] Some local servers give a picture to a model that cannot see it, and the model makes something up.
 * So a picture goes to a server at home only once that has said that its model sees pictures, or has taken a tiny one
 * (AZURE §8). The answer is kept with the connection until another model answers. Whoever says nothing of it is gone by
 * what is known of the model. Of the rest, one that never answered gets one request at a time until it does
 * (`RequestGate`): that it does not exist or takes no pictures is said once, and not to as many as may be in flight.
 *
 * @returns what is in the way; `undefined` when the picture may go
 */
export async function lookFirst(
  context: JobsContext,
  connection: Connection,
  signal: AbortSignal,
): Promise<Setback | undefined> {
  if (isOwnServer(connection) && connection.learned.vision === undefined) {
    const setback = await context.share(connection.id, (closing) => look(context, connection, closing));
    signal.throwIfAborted();
    if (setback !== undefined) return setback;
  }
  const model = findBlindModel(getConnection(context.read, connection.id));
  return model === undefined
    ? undefined
    : { status: 'blocked', code: 'provider-no-vision', details: { model, ...ofName(connection) } };
}

/** Azure: a deployment's name is its user's choice, and the model behind it may be another. */
function ofName({ kind, modelId, learned }: Connection): ErrorDetails {
  const isName = kind === 'azure-openai' && modelId === null && learned.modelAnswered === undefined;
  return isName ? { isName } : {};
}

async function look(
  context: JobsContext,
  connection: Connection,
  signal: AbortSignal,
): Promise<Setback | undefined> {
  const seen = await context.lookAt(connection);
  context.transact((db) => {
    saveLearned(db, connection.id, seen.learned);
  });
  const info = seen.error?.info;
  if (info?.code === 'provider-unreachable') return { status: 'unreachable', details: info.details };
  if (info !== undefined && hindrances.has(info.code)) {
    return { status: 'blocked', code: info.code as Hindrance, details: info.details }; // why: it is one of them
  }
  const { learned } = getConnection(context.read, connection.id);
  return learned.server === 'vllm' && learned.vision === 'unknown'
    ? tryTinyPicture(context, connection, signal)
    : undefined;
}

/** vLLM does not say what its model sees, but refuses a picture that the model cannot. */
async function tryTinyPicture(
  context: JobsContext,
  connection: Connection,
  signal: AbortSignal,
): Promise<Setback | undefined> {
  const { outcome } = await sendProbe(context, connection, signal);
  if (outcome.status === 'answered') {
    context.transact((db) => {
      saveLearned(db, connection.id, { vision: 'yes' });
    });
    return undefined;
  }
  // Not asked to the end, so it is asked again.
  context.transact((db) => {
    saveLearned(db, connection.id, { vision: undefined });
  });
  return outcome.status === 'blocked' || outcome.status === 'unreachable' ? outcome : undefined;
}
