import type { Privacy, Root } from '../contract/models/root.ts';
import { AppError } from '../platform/errors.ts';
import { changeLibrary } from './change-library.ts';
import { toAbsolute, withReader, type CommandContext } from './context.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { findRoot } from './find-root.ts';
import { plural } from './format.ts';
import { formatUsd } from './money.ts';
import { toLine, truncatePath } from './printable.ts';
import { foldersText, statusText } from './library-text.ts';

/** `cutline folders`: the roots of the library with what is decided about each. */
export function listFolders(context: CommandContext): Promise<ExitStatus> {
  const { terminal } = context;
  return withReader(context, async (reader) => {
    const { roots, connections } = await reader.call('library.status', {});
    const inside = await reader.call('folder.listPrivacies', {});
    terminal.printJson(roots);
    if (roots.length === 0) terminal.print(foldersText.none);
    for (const root of roots) {
      const { id, path, state, photos, rule, privacy, ignorePatterns } = root;
      const name = connections.find(
        (connection) => rule.kind === 'describe' && connection.id === rule.connectionId,
      )?.name;
      terminal.print(
        `${terminal.style('bold', truncatePath(toLine(path), terminal.width - 6))} ${terminal.style('dim', `#${id}`)}`,
      );
      const facts = [
        plural(photos, 'photo'),
        ...(state === 'offline' ? [terminal.style('red', statusText.offline)] : []),
        rule.kind === 'index'
          ? foldersText.index
          : foldersText.describe(toLine(name ?? ''), budgetOf(rule.monthlyBudgetMicroUsd)),
        statusText.privacy[privacy],
        ...(ignorePatterns.length === 0 ? [] : [foldersText.ignores(ignorePatterns.map(toLine).join(' '))]),
      ];
      terminal.printText(facts.join(' · '), { indent: 2 });
      for (const folder of inside.filter(({ rootId }) => rootId === id)) {
        terminal.printText(`${toLine(folder.relativePath)}: ${statusText.privacy[folder.privacy]}`, {
          indent: 2,
        });
      }
    }
    return exitStatus.done;
  });
}

function budgetOf(microUsd: number | null): string | undefined {
  return microUsd === null ? undefined : formatUsd(microUsd);
}

export function addFolders(context: CommandContext, paths: readonly string[]): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const added: Root[] = [];
    let known = await engine.call('root.list', {});
    for (const path of paths) {
      const absolute = toAbsolute(context, path);
      const { rootId, prefix } = await engine.call('root.add', { path: absolute });
      const roots = await engine.call('root.list', {});
      for (const root of roots.filter(({ id }) => id === rootId)) {
        const isKnown = known.some(({ id, path: before }) => id === rootId && before === root.path);
        context.terminal.print(addedLine(root.path, isKnown, prefix === '' ? undefined : absolute));
        added.push(root);
      }
      known = roots;
    }
    context.terminal.note(foldersText.scanNext);
    return added;
  });
}

function addedLine(root: string, isKnown: boolean, inside: string | undefined): string {
  if (inside !== undefined) return foldersText.isPartOf(toLine(inside), toLine(root));
  return isKnown ? foldersText.isAdded(toLine(root)) : foldersText.added(toLine(root));
}

export function removeFolder(
  context: CommandContext,
  folder: string,
  options: { yes?: true },
): Promise<ExitStatus> {
  const { terminal } = context;
  return changeLibrary(context, async (engine) => {
    const { id, path } = await findRoot(context, engine, folder);
    if (options.yes !== true) {
      if (!terminal.isInteractive) {
        throw new AppError('invalid-input', { reason: foldersText.removeNeedsYes });
      }
      if (!(await terminal.confirm(foldersText.removeQuestion(toLine(path))))) return { photos: 0 };
    }
    const removed = await engine.call('root.remove', { rootId: id });
    terminal.print(foldersText.removed(toLine(path), plural(removed.photos, 'photo')));
    return removed;
  });
}

export function relinkFolder(context: CommandContext, folder: string, place: string): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const { id } = await findRoot(context, engine, folder);
    const root = await engine.call('root.relink', { rootId: id, path: toAbsolute(context, place) });
    context.terminal.print(foldersText.relinked(toLine(root.path)));
    return root;
  });
}

export function setPrivacy(context: CommandContext, folder: string, privacy: Privacy): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const root = await findRoot(context, engine, folder).catch(() => undefined);
    const set = await engine.call(
      'folder.setPrivacy',
      root === undefined
        ? { path: toAbsolute(context, folder), privacy }
        : { rootId: root.id, relativePath: '', privacy },
    );
    context.terminal.print(`${toLine(set.path)}: ${statusText.privacy[set.privacy]}`);
    return set;
  });
}

export function setIgnored(context: CommandContext, folder: string, patterns: string[]): Promise<ExitStatus> {
  return changeLibrary(context, async (engine) => {
    const { id } = await findRoot(context, engine, folder);
    const root = await engine.call('root.set', { rootId: id, ignorePatterns: patterns });
    context.terminal.print(
      patterns.length === 0
        ? foldersText.ignoresNothing(toLine(root.path))
        : foldersText.ignoresNow(toLine(root.path), patterns.map(toLine).join(' ')),
    );
    context.terminal.note(foldersText.scanNext);
    return root;
  });
}
