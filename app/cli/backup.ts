import { toAbsolute, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { requireFolderOf } from './target-folder.ts';
import { upkeepText } from './upkeep-text.ts';

/** `cutline backup`: a checked copy of the library's database, also beside a running app. */
export async function backup(
  context: CommandContext,
  file: string,
  flags: { force?: true },
): Promise<ExitStatus> {
  const { terminal } = context;
  const path = toAbsolute(context, file);
  requireFolderOf(path);
  const { backUp } = await import('../engine/backup.ts');
  await backUp(context.libraryFolder, path, {
    force: flags.force === true,
    signal: context.interrupts.signal,
  });
  terminal.printJson({ path });
  if (!terminal.isJson) terminal.note(upkeepText.backedUp(path));
  return exitStatus.done;
}
