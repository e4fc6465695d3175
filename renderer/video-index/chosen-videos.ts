import { create } from 'zustand';
import type { NamedPhotos } from '../library/selection.ts';

/** What was selected in the grid to be put into an index; photos among them are left out by the engine. */
export type ChosenVideos = { readonly named: NamedPhotos; readonly count: number };

/** Outside the component: it is chosen in one view and used in another. */
export const useChosenVideos = create<{ readonly chosen: ChosenVideos | null }>()(() => ({ chosen: null }));

export function chooseVideos(chosen: ChosenVideos | null): void {
  useChosenVideos.setState({ chosen });
}
