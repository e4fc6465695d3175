import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import type { ExitStatus } from './exit-status.ts';

export type Action = (context: CommandContext) => Promise<ExitStatus>;

/** Calls an action with the context that the command's own options make. */
export type Run = (command: Command, action: Action) => Promise<void>;
