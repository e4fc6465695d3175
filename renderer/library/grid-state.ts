import { create } from 'zustand';
import { nothingFolded, toggleGroup, type Folding } from './grid/fold.ts';
import { nothingSelected, type PhotoSelection } from './selection.ts';

/** What a person does in the grid. Outside the component, so that it is still there when they come back to the library. */
type GridState = {
  /** The query that photos were selected in. */
  readonly query: string;
  readonly selection: PhotoSelection;
  /** The photo that keys act on; `null` = none yet. */
  readonly focusId: number | null;
  /** Where a selection with Shift begins. */
  readonly anchorId: number | null;
  /** Which bursts and near-duplicates stand behind their first photo. */
  readonly folding: Folding;
};

export const useGridState = create<GridState>()(() => ({
  query: '',
  selection: nothingSelected,
  focusId: null,
  anchorId: null,
  folding: nothingFolded,
}));

export function setGridState(change: Partial<GridState>): void {
  useGridState.setState(change);
}

/** Folds a group, or unfolds it; 0, which is none, stays as it is. */
export function toggleFolded(group: number): void {
  if (group !== 0) useGridState.setState(({ folding }) => ({ folding: toggleGroup(folding, group) }));
}

/** Folds all groups, or unfolds them. */
export function setAllFolded(isFolded: boolean): void {
  useGridState.setState({ folding: { isFolded, except: new Set() } });
}

/** Another query shows other photos: what is selected and cannot be seen would be described, excluded or asked about unseen. */
export function selectIn(query: string): void {
  if (useGridState.getState().query !== query) {
    useGridState.setState({ query, selection: nothingSelected, anchorId: null });
  }
}

export function clearSelection(): void {
  useGridState.setState({ selection: nothingSelected });
}
