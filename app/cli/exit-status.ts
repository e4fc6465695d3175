import type { ErrorCode } from '../contract/errors.ts';

/** DESIGN §11. */
export const exitStatus = {
  done: 0,
  /** Done, with failures that were listed. */
  doneWithFailures: 1,
  /** Wrong usage or settings. */
  wrongUsage: 2,
  /** Cannot go on now; the queue is kept. */
  cannotGoOn: 3,
  /** Ctrl-C, as shells know it: 128 + 2. The queue is kept. */
  interrupted: 130,
  /** SIGTERM: 128 + 15. */
  terminated: 143,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** What a person has to change in the command or its settings; everything else may be gone the next time. */
const wrongUsage: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid-input',
  'not-found',
  'conflict',
  'consent-needed',
  'price-unknown',
  'provider-misconfigured',
  'entra-sign-in-needed',
  'web-private',
  'web-no-picture',
  'retrieval-missing',
  'sas-expired',
  'upload-refused',
  'no-questions',
  'too-many-photos',
  'privacy',
  'library-unavailable',
  'read-only',
]);

/** The exit status of a command that an error ended. */
export function exitStatusOf(code: ErrorCode): ExitStatus {
  return wrongUsage.has(code) ? exitStatus.wrongUsage : exitStatus.cannotGoOn;
}
