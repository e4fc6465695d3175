import type { Engine } from '../engine.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';

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
