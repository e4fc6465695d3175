import { useMemo } from 'react';
import type { Point } from '../../../app/contract/places.ts';
import type { Listed } from './use-listed.ts';

/** What should be seen of photos where they are cut, by their ids. */
export function useFocuses(listed: Listed): ReadonlyMap<number, Point> {
  return useMemo(
    () =>
      new Map(
        listed?.flatMap(({ id, focus }): [number, Point][] => (focus === null ? [] : [[Number(id), focus]])),
      ),
    [listed],
  );
}
