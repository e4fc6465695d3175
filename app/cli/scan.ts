import type { CommandContext } from './context.ts';
import { interruptedStatus } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { finishReading, isOwnWork, prepareFolders } from './prepare-folders.ts';
import { toLine } from './printable.ts';
import { interruptText, scanText } from './text.ts';

/** `cutline scan`: brings the library up to what is on disk, and describes nothing. */
export async function scan(
  context: CommandContext,
  folders: readonly string[],
  options: { wait?: true },
): Promise<ExitStatus> {
  const { terminal } = context;
  const end = await withEngine(context, { wait: options.wait === true }, async (engine) => {
    const { scans } = await prepareFolders(context, engine, folders);
    engine.start(isOwnWork);
    await finishReading(context, engine);
    return scans;
  });
  if (end.status === 'interrupted') {
    terminal.note(interruptText.stopped);
    return interruptedStatus(context);
  }
  terminal.printJson({ folders: end.result });
  if (end.result.length === 0) terminal.print(scanText.noFolders);
  for (const result of end.result) {
    terminal.print(terminal.style('bold', toLine(result.path)));
    terminal.printText(result.error === null ? scanText.result(result) : scanText.offline, { indent: 2 });
  }
  return end.result.some(({ error }) => error !== null) ? exitStatus.cannotGoOn : exitStatus.done;
}
