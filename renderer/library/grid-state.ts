import { create } from 'zustand';
import { nothingSelected, type PhotoSelection } from './selection.ts';

/** What a person does in the grid. Outside the component, so that it is still there when they come back to the library. */
type GridState = {
  readonly selection: PhotoSelection;
  /** The photo that keys act on; `null` = none yet. */
  readonly focusId: number | null;
  /** Where a selection with Shift begins. */
  readonly anchorId: number | null;
};

export const useGridState = create<GridState>()(() => ({
  selection: nothingSelected,
  focusId: null,
  anchorId: null,
}));

export function setGridState(change: Partial<GridState>): void {
  useGridState.setState(change);
}

export function clearSelection(): void {
  useGridState.setState({ selection: nothingSelected });
}
