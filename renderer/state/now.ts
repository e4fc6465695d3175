import { useSyncExternalStore } from 'react';

function tick(listener: () => void): () => void {
  const timer = setInterval(listener, 1000);
  return () => {
    clearInterval(timer);
  };
}

function stand(): () => void {
  return () => undefined;
}

/** The time in milliseconds, in whole seconds; told anew each second while `isTicking`. */
export function useNow(isTicking: boolean): number {
  return useSyncExternalStore(isTicking ? tick : stand, () => Math.floor(Date.now() / 1000) * 1000);
}
