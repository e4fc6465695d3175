import { changeLibrary } from './change-library.ts';
import { toAbsolute, withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { shownPath } from './photo-lines.ts';
import { toLine } from './printable.ts';
import { noteText } from './prompt-text.ts';

/** `cutline folders note`: what folders are about; whoever describes their photos is told. */
export function folderNote(
  context: CommandContext,
  folder: string | undefined,
  words: string,
  { clear }: { readonly clear?: true },
): Promise<ExitStatus> {
  const { terminal } = context;
  if (folder === undefined || (words === '' && clear !== true)) return listNotes(context, folder);
  return changeLibrary(context, async (engine) => {
    const set = await engine.call('folder.setNote', {
      path: toAbsolute(context, folder),
      note: clear === true ? null : words,
    });
    const path = shownPath(context, set.path);
    terminal.print(set.note === null ? noteText.cleared(path) : `${path}: ${toLine(set.note)}`);
    if (set.note !== null) terminal.note(noteText.next);
    return set;
  });
}

function listNotes(context: CommandContext, folder: string | undefined): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const notes =
      folder === undefined
        ? await reader.call('folder.listNotes', {})
        : await reader.call('folder.getNotes', { path: toAbsolute(context, folder) });
    terminal.printJson(notes);
    if (notes.length === 0) terminal.print(folder === undefined ? noteText.none : noteText.noneHere);
    for (const { path, note } of notes) {
      terminal.print(terminal.style('bold', shownPath(context, path)));
      terminal.printText(toLine(note), { indent: 2 });
    }
    return exitStatus.done;
  });
}
