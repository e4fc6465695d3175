import type { ConnectionId } from '../contract/ids.ts';
import type { Engine } from '../engine.ts';
import { isSameEndpoint } from '../engine/connection-settings.ts';
import { readVariable } from '../engine/environment-credential.ts';
import type { VideoIndexCaller } from '../engine/video-index/beside.ts';
import { AppError } from '../platform/errors.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { findConnection, storedCredentials } from './find-connection.ts';
import { videoIndexText } from './video-index-text.ts';

export type WhichFlags = { readonly connection?: string | undefined };

type Work = (caller: VideoIndexCaller, connectionId: ConnectionId) => Promise<ExitStatus | undefined>;

/**
 * Work with the service by the connection that is named, else the only one; what it gives is the exit status. Beside an app
 * that has the library open too.
 */
export async function withService(
  context: CommandContext,
  { connection }: WhichFlags,
  work: Work,
): Promise<ExitStatus> {
  try {
    const session = { credentialOf: storedCredentials(context), endsBySignal: true };
    const end = await withEngine(context, session, async (engine) => {
      const saved = await saveNamed(context, engine, connection);
      return work(engine, saved ?? (await chooseService(context, engine, connection)));
    });
    return end.status === 'interrupted' ? interruptedStatus(context) : (end.result ?? exitStatus.done);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'library-in-use') throw error;
    return workBeside(context, connection, work, error);
  }
}

async function workBeside(
  context: CommandContext,
  connection: string | undefined,
  work: Work,
  inUse: AppError,
): Promise<ExitStatus> {
  const [{ openVideoIndexes }, { SystemSecretBox }] = await Promise.all([
    import('../engine/video-index/beside.ts'),
    import('../platform/system-secret-box.ts'),
  ]);
  const beside = openVideoIndexes(context.libraryFolder, {
    credentialOf: storedCredentials(context),
    secrets: new SystemSecretBox(),
  });
  // Whoever has it open is only just making it.
  if (beside === undefined) throw inUse;
  try {
    return (await work(beside, await chooseService(context, beside, connection))) ?? exitStatus.done;
  } finally {
    context.terminal.hideProgress();
    beside.close();
  }
}

/** The service of the environment becomes a connection of the library. */
async function saveNamed(
  { env }: CommandContext,
  engine: Engine,
  named: string | undefined,
): Promise<ConnectionId | undefined> {
  const endpoint = readVariable(env, 'VISION_ENDPOINT');
  if (endpoint === undefined || !isOfEnvironment(named)) return undefined;
  return (await engine.call('connection.save', { kind: 'azure-vision', endpoint })).id;
}

function isOfEnvironment(named: string | undefined): boolean {
  return named === undefined || named === 'azure-vision';
}

/** Without a name: that of the environment, else the only one that the library has. */
async function chooseService(
  { env }: CommandContext,
  caller: VideoIndexCaller,
  named: string | undefined,
): Promise<ConnectionId> {
  if (named !== undefined && !isOfEnvironment(named)) return (await findConnection(caller, named)).id;
  const services = (await caller.call('connection.list', {})).filter(({ kind }) => kind === 'azure-vision');
  const endpoint = readVariable(env, 'VISION_ENDPOINT');
  if (endpoint !== undefined) {
    const found = services.find((service) => isSameEndpoint(service, endpoint));
    if (found !== undefined) return found.id;
    throw new AppError('library-in-use', { reason: videoIndexText.addInTheWindow });
  }
  const [only, ...others] = services;
  if (only !== undefined && others.length === 0) return only.id;
  const names = services.map(({ name }) => name).join(', ');
  throw new AppError('invalid-input', {
    reason: only === undefined ? videoIndexText.noConnection : videoIndexText.which(names),
  });
}
