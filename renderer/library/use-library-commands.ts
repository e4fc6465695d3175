import { Ban, Check, CheckCheck, FolderOpen, Maximize2, Sparkles, X, ZoomIn, ZoomOut } from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { showToast } from '../design/components/toast.tsx';
import { desktop } from '../engine/desktop-port.ts';
import { setAppearance, useAppearance } from '../state/appearance.ts';
import { markReviewed, setExcluded } from './bulk-actions.ts';
import { assetId } from '../../app/contract/ids.ts';
import { currentTexts } from '../texts/use-texts.ts';
import { clearSelection, setGridState, useGridState } from './grid-state.ts';
import { rowHeights } from './library-tools.tsx';
import type { SelectedPhotos } from './selected-photos.ts';
import { everythingSelected } from './selection.ts';
import type { PreparedGrid } from './use-grid-order.ts';

type LibraryCommands = {
  readonly grid: PreparedGrid | undefined;
  readonly selected: SelectedPhotos | undefined;
  readonly describe: () => void;
  readonly open: (id: number) => void;
};

/** Makes photos larger or smaller, within the slider's ends. */
function resize(steps: number): void {
  const wanted = useAppearance.getState().rowHeightPx + steps * 2 * rowHeights.step;
  setAppearance({ rowHeightPx: Math.min(rowHeights.max, Math.max(rowHeights.min, wanted)) });
}

/** In the system's own file manager. */
async function revealPhoto(id: number): Promise<void> {
  try {
    await desktop?.reveal(assetId.parse(id));
  } catch {
    // Main tells a page no more than that: its folder may be offline, or its file gone.
    showToast(currentTexts().library.cannotReveal, { kind: 'problem' });
  }
}

/** Registers what can be done in the library view. Returns the groups of its context menu. */
export function useLibraryCommands({
  grid,
  selected,
  describe,
  open,
}: LibraryCommands): readonly (readonly Command[])[] {
  const commands = useMemo(() => {
    const named = selected?.named;
    const hasSome = selected !== undefined && selected.count > 0 && named !== undefined;
    const areExcluded = selected?.areExcluded === true;
    const openPhoto: Command = {
      id: 'photo.open',
      group: 'photo',
      title: (texts) => texts.library.open,
      icon: Maximize2,
      when: () => useGridState.getState().focusId !== null,
      run: () => {
        const { focusId } = useGridState.getState();
        if (focusId !== null) open(focusId);
      },
    };
    const reveal: Command = {
      id: 'photo.reveal',
      group: 'photo',
      title: (texts) => texts.library.reveal,
      icon: FolderOpen,
      when: () => desktop !== undefined && useGridState.getState().focusId !== null,
      run: () => {
        const { focusId } = useGridState.getState();
        if (focusId !== null) void revealPhoto(focusId);
      },
    };
    const describePhotos: Command = {
      id: 'selection.describe',
      group: 'selection',
      title: (texts) => texts.library.describeSelected,
      icon: Sparkles,
      keys: ['d'],
      when: () => hasSome,
      run: describe,
    };
    const review: Command = {
      id: 'selection.review',
      group: 'selection',
      title: (texts) => texts.library.markReviewed,
      icon: Check,
      keys: ['r'],
      when: () => hasSome,
      run: () => {
        if (named !== undefined) void markReviewed(named);
      },
    };
    const exclude: Command = {
      id: 'selection.exclude',
      group: 'selection',
      title: (texts) => (areExcluded ? texts.library.include : texts.library.exclude),
      icon: Ban,
      keys: ['x'],
      when: () => hasSome,
      run: () => {
        if (named !== undefined) void setExcluded(named, !areExcluded);
      },
    };
    const selectAll: Command = {
      id: 'selection.all',
      group: 'selection',
      title: (texts) => texts.library.selectAll,
      icon: CheckCheck,
      keys: ['mod+a'],
      when: () => grid !== undefined && grid.order.count > 0,
      run: () => {
        setGridState({ selection: everythingSelected });
      },
    };
    const clear: Command = {
      id: 'selection.clear',
      group: 'selection',
      title: (texts) => texts.library.clearSelection,
      icon: X,
      keys: ['Escape'],
      when: () => selected !== undefined && selected.count > 0,
      run: clearSelection,
    };
    const larger: Command = {
      id: 'photos.larger',
      group: 'view',
      title: (texts) => texts.library.larger,
      icon: ZoomIn,
      keys: ['+', '='],
      run: () => {
        resize(1);
      },
    };
    const smaller: Command = {
      id: 'photos.smaller',
      group: 'view',
      title: (texts) => texts.library.smaller,
      icon: ZoomOut,
      keys: ['-'],
      run: () => {
        resize(-1);
      },
    };
    return {
      groups: [
        desktop === undefined ? [openPhoto] : [openPhoto, reveal],
        [describePhotos, review, exclude],
        [selectAll, clear],
      ],
      others: [larger, smaller],
    };
  }, [grid, selected, describe, open]);
  const all = useMemo(() => [...commands.groups.flat(), ...commands.others], [commands]);
  useCommands(all);
  return commands.groups;
}
