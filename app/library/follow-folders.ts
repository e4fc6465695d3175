import type { RootId } from '../contract/ids.ts';

/** Something that a person said of a folder inside a root. */
type OfFolder = {
  readonly rootId: RootId;
  /** From the root, with `/`; empty for the root itself. */
  readonly relativePath: string;
};

/** A folder of which files were found in another one. */
export type FolderMove = {
  readonly fromRootId: RootId;
  readonly from: string;
  readonly toRootId: RootId;
  readonly to: string;
};

type Target = { readonly toRootId: RootId; readonly to: string };

export type WordMove<Word extends OfFolder> = Target & { readonly word: Word };

/**
 * What was said of a folder that was renamed or moved: everything that was found elsewhere went to the same place, and nothing
 * is left behind. Where that is not so, it stays where a person put it. Pure.
 *
 * @param isEmpty whether no file is left below a folder
 */
export function followFolders<Word extends OfFolder>(
  words: readonly Word[],
  moves: readonly FolderMove[],
  isEmpty: (rootId: RootId, folder: string) => boolean,
): WordMove<Word>[] {
  const taken = new Set(words.map(({ rootId, relativePath }) => keyOf(rootId, relativePath)));
  const followed = words.flatMap((word): WordMove<Word>[] => {
    // The root itself is moved by a person, who relinks it.
    if (word.relativePath === '') return [];
    const targets = new Map<string, Target | undefined>();
    for (const move of moves) {
      const target = targetOf(word, move);
      if (target !== 'elsewhere') targets.set(JSON.stringify(target ?? null), target);
    }
    const [target] = targets.values();
    if (targets.size !== 1 || target === undefined) return [];
    if (taken.has(keyOf(target.toRootId, target.to)) || !isEmpty(word.rootId, word.relativePath)) return [];
    return [{ word, ...target }];
  });
  const claims = followed.map(({ toRootId, to }) => keyOf(toRootId, to));
  // Two folders that were put together: whose word it would be, nobody can tell.
  return followed.filter(
    (_, index) => claims.indexOf(claims[index] ?? '') === claims.lastIndexOf(claims[index] ?? ''),
  );
}

/** `elsewhere`: the move has nothing to do with the note's folder. `undefined`: it went where the folder as such cannot have gone. */
function targetOf(
  { rootId, relativePath: folder }: OfFolder,
  { fromRootId, from, toRootId, to }: FolderMove,
): Target | 'elsewhere' | undefined {
  if (fromRootId !== rootId || (from !== folder && !from.startsWith(`${folder}/`))) return 'elsewhere';
  const rest = from.slice(folder.length);
  if (!to.endsWith(rest)) return undefined;
  const target = to.slice(0, to.length - rest.length);
  return target === '' ? undefined : { toRootId, to: target };
}

function keyOf(rootId: RootId, folder: string): string {
  return `${String(rootId)} ${folder}`;
}
