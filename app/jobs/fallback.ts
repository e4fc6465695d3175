import { allowedPrivacies, type Candidate } from '../captioning/candidate-store.ts';
import type { ErrorInfo } from '../contract/errors.ts';
import type { ConnectionId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Fallback, Run } from '../contract/models/run.ts';
import { getRoot } from '../library/root-store.ts';
import { AppError } from '../platform/errors.ts';
import { staysLocal } from '../providers/endpoint.ts';
import { getConnection } from '../settings/connection-store.ts';
import type { JobsContext } from './context.ts';

type Reading = Pick<JobsContext, 'read'>;

/**
 * [Note: Fallback] A second connection answers what the first does not, only if the user named it, and never takes photos
 * out of the house by itself: from a connection at home to one that is not it goes only with a yes that names it. Both
 * share the run's budget. What a folder's privacy allows is asked for each connection by itself.
 *
 * @throws {AppError} `consent-needed` with the fallback's name; `invalid-input` when it is none.
 */
export function assertFallback({ read }: Reading, firstId: ConnectionId, fallback: Fallback): void {
  const first = getConnection(read, firstId);
  const second = getConnection(read, fallback.connectionId);
  if (second.id === first.id) {
    throw new AppError('invalid-input', { reason: 'A connection is no fallback for itself.' });
  }
  if (second.kind === 'built-in' || first.kind === 'built-in') {
    throw new AppError('invalid-input', {
      reason: 'The built-in describer neither needs a fallback nor is one: it knows facts and no pictures.',
    });
  }
  if (!mayGo(first, second, fallback)) throw new AppError('consent-needed', { fallback: second.name });
}

function mayGo(first: Connection, second: Connection, { mayUpload }: Fallback): boolean {
  return mayUpload || !staysLocal(first) || staysLocal(second);
}

/** What a run may fall back to now; `undefined` when there is nothing, or no longer. See [Note: Fallback]. */
export function fallbackOf({ read }: Reading, run: Run): Connection | undefined {
  const { fallback } = run;
  if (fallback === null) return undefined;
  if (run.rootId !== null) {
    // A standing rule is taken at its word of today.
    const { rule } = getRoot(read, run.rootId);
    const isStanding = rule.kind === 'describe' && rule.fallback?.connectionId === fallback.connectionId;
    if (!isStanding) return undefined;
  }
  const second = getConnection(read, fallback.connectionId);
  return mayGo(getConnection(read, run.connectionId), second, fallback) ? second : undefined;
}

/** As `fallbackOf`, for one photo that `connection` does not describe: its folder has to allow it as well. */
export function fallbackFor(
  context: Reading,
  { run, connection, candidate }: { run: Run; connection: Connection; candidate: Pick<Candidate, 'privacy'> },
): Connection | undefined {
  // What the fallback does not answer has nobody left to go to.
  if (connection.id !== run.connectionId) return undefined;
  const second = fallbackOf(context, run);
  if (second === undefined) return undefined;
  const allowed = allowedPrivacies({ kind: second.kind, isLocal: staysLocal(second) });
  return allowed.includes(candidate.privacy) ? second : undefined;
}

const sentOn: ReadonlySet<ErrorInfo['code']> = new Set(['content-filtered', 'refused', 'budget-exceeded']);

/** Whether a job came to the fallback for its own sake, so that the first connection is not to be troubled with it again. */
export function isSentOn(code: string | null): boolean {
  return sentOn.has(code as ErrorInfo['code']); // why: a set of codes is asked about any text
}
