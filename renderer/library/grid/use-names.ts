import { useMemo } from 'react';
import type { Listed } from './use-listed.ts';

/** Names of files, by the ids of their photos. */
export function useNames(listed: Listed): ReadonlyMap<number, string> {
  return useMemo(
    () =>
      new Map(
        listed?.flatMap(({ id, path }): [number, string][] => {
          const name = path.split(/[/\\]/).at(-1);
          return name === undefined ? [] : [[Number(id), name]];
        }),
      ),
    [listed],
  );
}
