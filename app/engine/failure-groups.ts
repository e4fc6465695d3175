import type { ErrorInfo } from '../contract/errors.ts';
import type { Failure } from '../search/failure-store.ts';

/** Failed photos whose sentence is the same, most first. Pure. */
export type FailureGroup = { readonly error: ErrorInfo; readonly failures: readonly Failure[] };

/** Their reason is true of one file alone. */
const ownReasons: ReadonlySet<string> = new Set(['file-damaged', 'no-frames']);

export function groupFailures(
  failures: readonly Failure[],
  { byRun }: { readonly byRun: boolean },
): FailureGroup[] {
  const groups = Map.groupBy(failures, ({ error: { code, details }, runId }) =>
    JSON.stringify([code, details['what'], details['format'], byRun && runId]),
  );
  return [...groups.values()]
    .flatMap((group) =>
      group[0] === undefined ? [] : [{ error: errorOf(group[0], group), failures: group }],
    )
    .toSorted((one, other) => other.failures.length - one.failures.length);
}

function errorOf({ error }: Failure, { length }: readonly Failure[]): ErrorInfo {
  if (length === 1 || !ownReasons.has(error.code)) return error;
  const { reason: _, path: __, ...details } = error.details;
  return { code: error.code, details };
}
