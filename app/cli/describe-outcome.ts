import type { ErrorInfo } from '../contract/errors.ts';
import type { AssetId, ConnectionId, RunId } from '../contract/ids.ts';
import type { Output } from '../contract/procedures.ts';
import type { CommandConnection } from './unanswered.ts';

/** What `describe` has done so far; filled in as it goes on, so that a Ctrl-C finds it. */
export type Outcome = {
  readonly startedAtMs: number;
  /** In this command. */
  readonly described: Set<AssetId>;
  readonly failed: Set<AssetId>;
  isDeclined: boolean;
  /** In a throw-away library. */
  readonly isSample: boolean;
  connection?: CommandConnection;
  scans?: Output<'root.scan'>;
  scope?: { folders?: string[]; query?: string };
  /** Addresses that gave no picture. */
  unfetched?: number;
  describedBefore?: number;
  /** Photos that were asked for, within a limit. */
  planned?: number;
  describingSinceMs?: number;
  runId?: RunId;
  /** The second connection of the command. */
  fallbackId?: ConnectionId | undefined;
  /** What is with a service, for hours. */
  batch?: Output<'run.get'>['batch'];
  heldBy?:
    | {
        readonly error: ErrorInfo;
        readonly untilMs: number | null;
        /** The name of the fallback, where it is that which rests. */
        readonly connection?: string | undefined;
      }
    | undefined;
};

export type EndedOutcome = Outcome & {
  readonly connection: CommandConnection;
  readonly isInterrupted: boolean;
};
