import { ChevronRight, Folder, FolderX } from 'lucide-react';
import type { Output } from '../../app/contract/procedures.ts';
import { useQueryOf } from '../engine/hooks.ts';
import { libraryRoute } from '../routes.ts';
import { setAppearance, useAppearance } from '../state/appearance.ts';
import { formatCount } from '../texts/format.ts';
import { useLanguage, useTexts } from '../texts/use-texts.ts';
import { SidebarGroup } from './sidebar-group.tsx';
import { SidebarLink } from './sidebar-link.tsx';

type FolderRow = Output<'facet.folders'>['folders'][number];

/** Under which it is remembered that a folder is unfolded. */
function keyOf({ rootId, relativePath }: FolderRow): string {
  return `${String(rootId)}/${relativePath}`;
}

/** The rows of a tree that are seen: those whose folders above are all unfolded, with whether they have folders of their own. */
export function unfoldedRows(
  folders: readonly FolderRow[],
  unfolded: ReadonlySet<string>,
): readonly { readonly folder: FolderRow; readonly hasFolders: boolean }[] {
  const rows: { folder: FolderRow; hasFolders: boolean }[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  for (const [index, folder] of folders.entries()) {
    if (folder.depth > hiddenBelow) continue;
    hiddenBelow = unfolded.has(keyOf(folder)) ? Number.POSITIVE_INFINITY : folder.depth;
    rows.push({ folder, hasFolders: (folders[index + 1]?.depth ?? 0) > folder.depth });
  }
  return rows;
}

function toggle(key: string): void {
  const { unfolded } = useAppearance.getState();
  setAppearance({
    unfolded: unfolded.includes(key) ? unfolded.filter((other) => other !== key) : [...unfolded, key],
  });
}

/** The folders of the library as a tree, with how many photos are in and below each, and what goes on in them. */
export function FolderTree() {
  const texts = useTexts();
  const language = useLanguage();
  const { data } = useQueryOf('facet.folders', {});
  const { data: summary } = useQueryOf('library.summary', {});
  const unfolded = useAppearance((appearance) => appearance.unfolded);
  if (data === undefined || data.folders.length === 0) return null;
  const open = new Set(unfolded);
  const noteOf = ({ depth, rootId, state }: FolderRow): string | undefined => {
    if (depth > 0) return undefined;
    if (state === 'offline') return texts.sidebar.offline;
    const scan = summary?.scanning.find((one) => one.rootId === rootId);
    return scan === undefined ? undefined : texts.sidebar.scanning(formatCount(scan.files, language));
  };
  return (
    <SidebarGroup id="folders" title={texts.sidebar.folders}>
      {unfoldedRows(data.folders, open).map(({ folder, hasFolders }) => {
        const key = keyOf(folder);
        const isOpen = open.has(key);
        return (
          <SidebarLink
            key={key}
            icon={folder.state === 'offline' ? FolderX : Folder}
            label={folder.name}
            hint={folder.relativePath === '' ? folder.name : folder.relativePath}
            route={{ ...libraryRoute, query: folder.query }}
            count={folder.photosBelow}
            note={noteOf(folder)}
            depth={folder.depth}
            before={
              hasFolders ? (
                <button
                  type="button"
                  className="sidebar-fold"
                  aria-expanded={isOpen}
                  aria-label={isOpen ? texts.sidebar.fold(folder.name) : texts.sidebar.unfold(folder.name)}
                  onClick={() => {
                    toggle(key);
                  }}
                >
                  <ChevronRight aria-hidden size="0.9em" className="sidebar-arrow" />
                </button>
              ) : undefined
            }
          />
        );
      })}
    </SidebarGroup>
  );
}
