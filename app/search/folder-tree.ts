import type { RootId } from '../contract/ids.ts';
import type { RootState } from '../contract/models/root.ts';
import type { Output } from '../contract/procedures.ts';
import { formatFolder } from './folder-value.ts';

export type FolderNode = Output<'facet.folders'>['folders'][number];

export type CountedFolder = {
  readonly rootId: RootId;
  readonly relativePath: string;
  readonly photos: number;
};
export type TreeRoot = { readonly id: RootId; readonly path: string; readonly state: RootState };

/**
 * Folders with photos in them as a tree in the order in which it is drawn: each parent before its folders, those by name.
 * Folders that only hold folders are there too; a root without photos is, a folder without is not.
 *
 * @param order of names, as people expect it
 */
export function toFolderTree(
  roots: readonly TreeRoot[],
  folders: readonly CountedFolder[],
  order: (one: string, other: string) => number,
): FolderNode[] {
  const byRoot = Map.groupBy(folders, ({ rootId }) => rootId);
  return roots
    .toSorted((one, other) => order(one.path, other.path))
    .flatMap((root) => {
      const top: Branch = { photos: 0, branches: new Map() };
      for (const { relativePath, photos } of byRoot.get(root.id) ?? []) {
        branchAt(top, relativePath).photos += photos;
      }
      return listBranch(root, '', lastName(root.path), 0, top, order).nodes;
    });
}

type Branch = { photos: number; readonly branches: Map<string, Branch> };

function branchAt(top: Branch, relativePath: string): Branch {
  let branch = top;
  if (relativePath === '') return branch;
  for (const name of relativePath.split('/')) {
    const next = branch.branches.get(name) ?? { photos: 0, branches: new Map() };
    branch.branches.set(name, next);
    branch = next;
  }
  return branch;
}

function listBranch(
  root: TreeRoot,
  relativePath: string,
  name: string,
  depth: number,
  { photos, branches }: Branch,
  order: (one: string, other: string) => number,
): { readonly nodes: FolderNode[]; readonly photosBelow: number } {
  const below = [...branches]
    .toSorted(([one], [other]) => order(one, other))
    .map(([childName, branch]) => {
      const childPath = relativePath === '' ? childName : `${relativePath}/${childName}`;
      return listBranch(root, childPath, childName, depth + 1, branch, order);
    });
  const photosBelow = below.reduce((sum, child) => sum + child.photosBelow, photos);
  const base = root.path.replaceAll('\\', '/').replace(/\/$/, '');
  const node: FolderNode = {
    rootId: root.id,
    relativePath,
    name,
    depth,
    photos,
    photosBelow,
    state: root.state,
    query: formatFolder(relativePath === '' ? base : `${base}/${relativePath}`),
  };
  return { nodes: [node, ...below.flatMap(({ nodes }) => nodes)], photosBelow };
}

function lastName(path: string): string {
  return path.split(/[/\\]/).findLast((part) => part !== '') ?? path;
}
