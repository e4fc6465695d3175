import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { queueText } from './library-text.ts';

/** One change to the library; what it gives is the JSON document. */
export async function changeLibrary(
  context: CommandContext,
  make: (engine: Engine) => Promise<unknown>,
): Promise<ExitStatus> {
  const end = await withEngine(context, {}, make);
  if (end.status === 'interrupted') return interruptedStatus(context);
  context.terminal.printJson(end.result);
  return exitStatus.done;
}

/** What another process does with the library is paused there: its library cannot be changed from outside. */
export async function pausing(change: Promise<ExitStatus>): Promise<ExitStatus> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'library-in-use') throw error;
    throw new AppError(error.code, { ...error.details, reason: queueText.pauseElsewhere }, { cause: error });
  }
}
