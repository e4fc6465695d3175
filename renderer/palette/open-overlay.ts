import { create } from 'zustand';

type Overlay = 'palette' | 'cheat-sheet';

/** Which of the two lists of commands lies over the window. Only one at a time. */
export const useOverlay = create<{ readonly shown: Overlay | null }>()(() => ({ shown: null }));

export function showOverlay(shown: Overlay): void {
  useOverlay.setState({ shown });
}

export function hideOverlay(): void {
  useOverlay.setState({ shown: null });
}
