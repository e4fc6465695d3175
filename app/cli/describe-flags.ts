import type { RunOptions } from '../contract/models/run.ts';
import type { ConnectionFlags } from './connection-choice.ts';

/** What `describe` and `plan` are asked for, apart from folders. */
export type DescribeFlags = ConnectionFlags & {
  readonly query?: string | undefined;
  readonly limit?: number | undefined;
  readonly options: RunOptions;
  readonly budgetMicroUsd: number | null;
  readonly yes: boolean;
  readonly wait: boolean;
  /** Damaged photos too, as far as they can be read. */
  readonly damaged: boolean;
  readonly fallback?: string | undefined;
  readonly allowUpload?: string | undefined;
  readonly allowPrivate?: boolean | undefined;
};
