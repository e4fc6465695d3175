import {
  Ban,
  Check,
  CheckCheck,
  Film,
  FolderOpen,
  Layers,
  Maximize2,
  MessageCircleQuestion,
  RotateCcw,
  Sparkles,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import { useMemo } from 'react';
import type { Command } from '../commands/command.ts';
import { useCommands } from '../commands/registry.ts';
import { showToast } from '../design/components/toast.tsx';
import { desktop } from '../engine/desktop-port.ts';
import { setAppearance, useAppearance } from '../state/appearance.ts';
import { markReviewed, setExcluded } from '../edits/edit-photos.ts';
import { assetId } from '../../app/contract/ids.ts';
import { chooseVideos } from '../video-index/chosen-videos.ts';
import { goTo } from '../state/route.ts';
import { currentTexts } from '../texts/use-texts.ts';
import { clearSelection, setAllFolded, setGridState, toggleFolded, useGridState } from './grid-state.ts';
import { rowHeights } from './library-tools.tsx';
import type { SelectedPhotos } from './selected-photos.ts';
import { everythingSelected } from './selection.ts';
import type { PreparedGrid } from './use-grid-order.ts';

type LibraryCommands = {
  readonly grid: PreparedGrid | undefined;
  readonly selected: SelectedPhotos | undefined;
  readonly describe: (how: 'new' | 'again') => void;
  readonly ask: () => void;
  /** There is a connection to a service that has indexes of videos. */
  readonly hasVideoIndex: boolean;
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

/** Does something with the photo that keys act on. */
function withFocused(act: (id: number) => void): Pick<Command, 'when' | 'run'> {
  return {
    when: () => useGridState.getState().focusId !== null,
    run: () => {
      const { focusId } = useGridState.getState();
      if (focusId !== null) act(focusId);
    },
  };
}

/** What is done with the photo that has the focus. */
function photoCommands(open: (id: number) => void): readonly Command[] {
  const openPhoto: Command = {
    id: 'photo.open',
    group: 'photo',
    title: (texts) => texts.library.open,
    icon: Maximize2,
    ...withFocused(open),
  };
  const reveal: Command = {
    id: 'photo.reveal',
    group: 'photo',
    title: (texts) => texts.library.reveal,
    icon: FolderOpen,
    ...withFocused((id) => void revealPhoto(id)),
  };
  return desktop === undefined ? [openPhoto] : [openPhoto, reveal];
}

/** What is done with all photos that are selected. */
function selectionCommands({
  selected,
  describe,
  ask,
  hasVideoIndex,
}: Pick<LibraryCommands, 'selected' | 'describe' | 'ask' | 'hasVideoIndex'>): readonly Command[] {
  const named = selected !== undefined && selected.count > 0 ? selected.named : undefined;
  const areExcluded = selected?.areExcluded === true;
  const when = (): boolean => named !== undefined;
  return [
    {
      id: 'selection.describe',
      group: 'selection',
      title: (texts) => texts.library.describeSelected,
      icon: Sparkles,
      keys: ['d'],
      when,
      run: () => {
        describe('new');
      },
    },
    {
      id: 'selection.describe-again',
      group: 'selection',
      title: (texts) => texts.library.describeAgain,
      icon: RotateCcw,
      keys: ['shift+d'],
      when,
      run: () => {
        describe('again');
      },
    },
    {
      id: 'selection.ask',
      group: 'selection',
      title: (texts) => texts.library.askSelected,
      icon: MessageCircleQuestion,
      keys: ['q'],
      when: () => selected !== undefined && selected.few.length > 0,
      run: ask,
    },
    {
      id: 'selection.video-index',
      group: 'selection',
      title: (texts) => texts.videoIndex.fromSelection,
      icon: Film,
      when: () => hasVideoIndex && named !== undefined,
      run: () => {
        if (named === undefined || selected === undefined) return;
        chooseVideos({ named, count: selected.count });
        goTo({ view: 'video-index', connectionId: null, index: null });
      },
    },
    {
      id: 'selection.review',
      group: 'selection',
      title: (texts) => texts.library.markReviewed,
      icon: Check,
      keys: ['r'],
      when,
      run: () => {
        if (named !== undefined) void markReviewed(named);
      },
    },
    {
      id: 'selection.exclude',
      group: 'selection',
      title: (texts) => (areExcluded ? texts.library.include : texts.library.exclude),
      icon: Ban,
      keys: ['x'],
      when,
      run: () => {
        if (named !== undefined) void setExcluded(named, !areExcluded);
      },
    },
  ];
}

/** What changes the selection itself. */
function selectingCommands({
  grid,
  selected,
}: Pick<LibraryCommands, 'grid' | 'selected'>): readonly Command[] {
  return [
    {
      id: 'selection.all',
      group: 'selection',
      title: (texts) => texts.library.selectAll,
      icon: CheckCheck,
      keys: ['mod+a'],
      when: () => grid !== undefined && grid.order.count > 0,
      run: () => {
        setGridState({ selection: everythingSelected });
      },
    },
    {
      id: 'selection.clear',
      group: 'selection',
      title: (texts) => texts.library.clearSelection,
      icon: X,
      keys: ['Escape'],
      when: () => selected !== undefined && selected.count > 0,
      run: clearSelection,
    },
  ];
}

const sizeCommands: readonly Command[] = [
  {
    id: 'photos.larger',
    group: 'view',
    title: (texts) => texts.library.larger,
    icon: ZoomIn,
    keys: ['+', '='],
    run: () => {
      resize(1);
    },
  },
  {
    id: 'photos.smaller',
    group: 'view',
    title: (texts) => texts.library.smaller,
    icon: ZoomOut,
    keys: ['-'],
    run: () => {
      resize(-1);
    },
  },
];

/** Photos that belong together: folded behind the first, or not. */
function foldingCommands(grid: PreparedGrid | undefined): readonly Command[] {
  const groupOfFocused = (): number => {
    const { focusId } = useGridState.getState();
    return focusId === null || grid === undefined ? 0 : groupOf(grid, focusId);
  };
  return [
    {
      id: 'photos.fold',
      group: 'view',
      title: (texts) => texts.library.foldThis,
      icon: Layers,
      keys: ['b'],
      when: () => groupOfFocused() !== 0,
      run: () => {
        const group = groupOfFocused();
        toggleFolded(group);
        // What keys act on must not be folded away.
        setGridState({ focusId: grid?.order.ids[grid.order.groups.indexOf(group)] ?? null });
      },
    },
    {
      id: 'photos.fold-all',
      group: 'view',
      title: (texts) => texts.library.foldGroups,
      icon: Layers,
      keys: ['shift+b'],
      run: () => {
        setAllFolded(!useGridState.getState().folding.isFolded);
      },
    },
  ];
}

function groupOf({ order }: PreparedGrid, id: number): number {
  return order.groups[order.ids.indexOf(id)] ?? 0;
}

/** Registers what can be done in the library view. Returns the groups of its context menu. */
export function useLibraryCommands({
  grid,
  selected,
  describe,
  ask,
  hasVideoIndex,
  open,
}: LibraryCommands): readonly (readonly Command[])[] {
  const groups = useMemo(
    () => [
      photoCommands(open),
      selectionCommands({ selected, describe, ask, hasVideoIndex }),
      selectingCommands({ grid, selected }),
    ],
    [grid, selected, describe, ask, hasVideoIndex, open],
  );
  useCommands(useMemo(() => [...groups.flat(), ...foldingCommands(grid), ...sizeCommands], [groups, grid]));
  return groups;
}
