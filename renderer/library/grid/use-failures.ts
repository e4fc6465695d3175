import { useMemo } from 'react';
import type { ErrorInfo } from '../../../app/contract/errors.ts';
import type { Listed } from './use-listed.ts';

/** Why photos have failed, by their ids. */
export function useFailures(listed: Listed): ReadonlyMap<number, ErrorInfo> {
  return useMemo(
    () =>
      new Map(
        listed?.flatMap(({ id, failure }): [number, ErrorInfo][] =>
          failure === null ? [] : [[Number(id), failure]],
        ),
      ),
    [listed],
  );
}
