import { useMemo } from 'react';
import type { Listed } from './use-listed.ts';

/** How long videos are, in milliseconds, by their ids. */
export function useDurations(listed: Listed): ReadonlyMap<number, number> {
  return useMemo(
    () =>
      new Map(
        listed?.flatMap(({ id, durationMs }): [number, number][] =>
          durationMs === null ? [] : [[Number(id), durationMs]],
        ),
      ),
    [listed],
  );
}
