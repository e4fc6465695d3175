import { resolve } from 'node:path';
import { AppError } from '../platform/errors.ts';
import type { ConnectionKeys } from '../engine/handlers/context.ts';
import type { Reader } from '../engine/reader.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import type { Interrupts } from './interrupts.ts';
import { programName } from './program-name.ts';
import { libraryText } from './text.ts';
import type { Terminal } from './terminal.ts';

/** What every command gets. */
export type CommandContext = {
  readonly terminal: Terminal;
  readonly interrupts: Interrupts;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly libraryFolder: string;
  /** What relative paths are relative to. */
  readonly baseFolder: string;
  /** The arguments as typed, for sentences that say how to go on. */
  readonly args: readonly string[];
};

/** npm runs scripts in the checkout; the person stands where they called npm. */
export function baseFolder(env: CommandContext['env'], currentFolder: string): string {
  return env['npm_package_name'] === 'cutline' ? (env['INIT_CWD'] ?? currentFolder) : currentFolder;
}

/** The command as it was typed, perhaps with another budget, ready to be pasted into a shell. */
export function commandAgain(context: CommandContext, change: { budget?: string } = {}): string {
  const args = [...context.args];
  if (change.budget !== undefined) {
    const index = args.findIndex((arg) => arg === '--budget' || arg.startsWith('--budget='));
    if (index !== -1) args.splice(index, args[index] === '--budget' ? 2 : 1);
    args.push('--budget', change.budget);
  }
  return [programName, ...args.map(quote)].join(' ');
}

function quote(arg: string): string {
  return /^[\w@%+=:,./~-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", String.raw`'\''`)}'`;
}

/** After Ctrl-C or SIGTERM, as shells know it; `done` when only the reader of our output went away. */
export function interruptedStatus({ interrupts }: CommandContext): ExitStatus {
  if (interrupts.received === undefined) return exitStatus.done;
  return interrupts.received === 'SIGTERM' ? exitStatus.terminated : exitStatus.interrupted;
}

/** A path as a person typed it. */
export function toAbsolute(context: CommandContext, path: string): string {
  return resolve(context.baseFolder, path);
}

/** Reads a library beside whatever else uses it. @throws {AppError} `not-found` when there is none yet. */
export async function withReader<Result>(
  context: CommandContext,
  use: (reader: Reader) => Promise<Result>,
  keys?: ConnectionKeys,
): Promise<Result> {
  const { openReader } = await import('../engine/reader.ts');
  const reader = openReader(context.libraryFolder, { keys });
  if (reader === undefined) {
    throw new AppError('not-found', {
      what: `A library in ${context.libraryFolder}`,
      reason: libraryText.none,
    });
  }
  try {
    return await use(reader);
  } finally {
    reader.close();
  }
}
