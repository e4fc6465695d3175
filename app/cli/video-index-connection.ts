import type { ConnectionId } from '../contract/ids.ts';
import type { Engine } from '../engine.ts';
import { readVariable } from '../engine/environment-credential.ts';
import { AppError } from '../platform/errors.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { findConnection, storedCredentials } from './find-connection.ts';
import { videoIndexText } from './video-index-text.ts';

export type WhichFlags = { readonly connection?: string | undefined };

/** Work with the service by the connection that is named, else the only one; what it gives is the exit status. */
export async function withService(
  context: CommandContext,
  { connection }: WhichFlags,
  work: (engine: Engine, connectionId: ConnectionId) => Promise<ExitStatus | undefined>,
): Promise<ExitStatus> {
  const end = await orByTheWindow(
    withEngine(context, { credentialOf: storedCredentials(context), endsBySignal: true }, async (engine) =>
      work(engine, await chooseService(context, engine, connection)),
    ),
  );
  return end.status === 'interrupted' ? interruptedStatus(context) : (end.result ?? exitStatus.done);
}

/** Whoever has the library open has the same in its window. */
async function orByTheWindow<Result>(end: Promise<Result>): Promise<Result> {
  try {
    return await end;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'library-in-use') throw error;
    const details = { ...error.details, reason: videoIndexText.useTheWindow };
    throw new AppError(error.code, details, { cause: error });
  }
}

/** Without a name: that of the environment, else the only one that the library has. */
async function chooseService(
  { env }: CommandContext,
  engine: Engine,
  named: string | undefined,
): Promise<ConnectionId> {
  if (named !== undefined && named !== 'azure-vision') return (await findConnection(engine, named)).id;
  const endpoint = readVariable(env, 'VISION_ENDPOINT');
  if (endpoint !== undefined) {
    return (await engine.call('connection.save', { kind: 'azure-vision', endpoint })).id;
  }
  const all = await engine.call('connection.list', {});
  const [only, ...others] = all.filter(({ kind }) => kind === 'azure-vision');
  if (only !== undefined && others.length === 0) return only.id;
  const names = [only, ...others].flatMap((one) => one?.name ?? []).join(', ');
  throw new AppError('invalid-input', {
    reason: only === undefined ? videoIndexText.noConnection : videoIndexText.which(names),
  });
}
