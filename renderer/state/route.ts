import { useSyncExternalStore } from 'react';
import { formatRoute, parseRoute, type Route } from '../routes.ts';

let lastHash: string | undefined;
let lastRoute: Route = parseRoute('');

/** The route of the address, the same object as long as the address is the same. */
export function currentRoute(): Route {
  const { hash } = window.location;
  if (hash !== lastHash) {
    lastHash = hash;
    lastRoute = parseRoute(hash);
  }
  return lastRoute;
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => {
    window.removeEventListener('hashchange', listener);
  };
}

export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

/** @param replace does not leave a step for the back key: for what is typed, not chosen @default false */
export function goTo(route: Route, { replace = false } = {}): void {
  const hash = formatRoute(route);
  if (hash === window.location.hash) return;
  if (replace) {
    window.history.replaceState(null, '', hash);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else window.location.hash = hash;
}
