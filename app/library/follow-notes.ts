import type { RootId } from '../contract/ids.ts';
import type { FolderNote } from './folder-note-store.ts';

/** A folder of which files were found in another one. */
export type FolderMove = {
  readonly fromRootId: RootId;
  readonly from: string;
  readonly toRootId: RootId;
  readonly to: string;
};

export type NoteMove = { readonly note: FolderNote; readonly toRootId: RootId; readonly to: string };

/**
 * Notes whose folder was renamed or moved: everything that was found elsewhere went to the same place, and nothing is left
 * behind. Where that is not so, a note stays where its writer put it. Pure.
 *
 * @param isEmpty whether no file is left below a folder
 */
export function followNotes(
  notes: readonly FolderNote[],
  moves: readonly FolderMove[],
  isEmpty: (rootId: RootId, folder: string) => boolean,
): NoteMove[] {
  const taken = new Set(notes.map(({ rootId, relativePath }) => keyOf(rootId, relativePath)));
  const followed = notes.flatMap((note): NoteMove[] => {
    // The root itself is moved by a person, who relinks it.
    if (note.relativePath === '') return [];
    const targets = new Map<string, Pick<NoteMove, 'toRootId' | 'to'> | undefined>();
    for (const move of moves) {
      const target = targetOf(note, move);
      if (target !== 'elsewhere') targets.set(JSON.stringify(target ?? null), target);
    }
    const [target] = targets.values();
    if (targets.size !== 1 || target === undefined) return [];
    if (taken.has(keyOf(target.toRootId, target.to)) || !isEmpty(note.rootId, note.relativePath)) return [];
    return [{ note, ...target }];
  });
  const claims = followed.map(({ toRootId, to }) => keyOf(toRootId, to));
  // Two folders that were put together: whose note it would be, nobody can tell.
  return followed.filter(
    (_, index) => claims.indexOf(claims[index] ?? '') === claims.lastIndexOf(claims[index] ?? ''),
  );
}

/** `elsewhere`: the move has nothing to do with the note's folder. `undefined`: it went where the folder as such cannot have gone. */
function targetOf(
  { rootId, relativePath: folder }: FolderNote,
  { fromRootId, from, toRootId, to }: FolderMove,
): Pick<NoteMove, 'toRootId' | 'to'> | 'elsewhere' | undefined {
  if (fromRootId !== rootId || (from !== folder && !from.startsWith(`${folder}/`))) return 'elsewhere';
  const rest = from.slice(folder.length);
  if (!to.endsWith(rest)) return undefined;
  const target = to.slice(0, to.length - rest.length);
  return target === '' ? undefined : { toRootId, to: target };
}

function keyOf(rootId: RootId, folder: string): string {
  return `${String(rootId)} ${folder}`;
}
