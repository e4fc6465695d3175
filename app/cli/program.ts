import { CommanderError, type Command } from 'commander';
import { messageFor } from '../contract/messages/en.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import { defaultLibraryFolder } from '../platform/folders.ts';
import type { Action } from './action.ts';
import { createCommands } from './commands.ts';
import { baseFolder, toAbsolute, type CommandContext } from './context.ts';
import { exitStatus, exitStatusOf, type ExitStatus } from './exit-status.ts';
import { Interrupts } from './interrupts.ts';
import { toLine } from './printable.ts';
import { flushStdout, Terminal } from './terminal.ts';

/**
 * Runs one command line. Resolves with the exit status when everything is written; every error is a sentence on stderr by
 * then, and with `--json` also the last line of stdout: `{"error":{"code","message"}}`.
 */
export async function runProgram(args: readonly string[]): Promise<ExitStatus> {
  const terminal = new Terminal({ isJson: args.includes('--json') });
  const interrupts = new Interrupts();
  let isUnread = false;
  process.stdout.on('error', () => {
    // `| head` has seen enough: that is no error, and nothing more is paid for.
    isUnread = true;
    interrupts.stop();
  });
  let status: ExitStatus = exitStatus.done;
  const program = createCommands(async (command: Command, action: Action) => {
    status = await action(contextOf(command, { terminal, interrupts, args }));
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) status = reportUsage(terminal, error);
    else if (!(isUnread && isOfPipe(error))) status = reportError(terminal, error);
  }
  await flushStdout();
  return isUnread ? exitStatus.done : status;
}

function contextOf(
  command: Command,
  shared: Pick<CommandContext, 'terminal' | 'interrupts' | 'args'>,
): CommandContext {
  const { library } = command.optsWithGlobals<{ library?: string }>();
  const base = baseFolder(process.env, process.cwd());
  const context = { ...shared, env: process.env, baseFolder: base, libraryFolder: '' };
  return {
    ...context,
    libraryFolder: library === undefined ? defaultLibraryFolder() : toAbsolute(context, library),
  };
}

/** Commander has said it already; help that was asked for is no mistake. */
function reportUsage(terminal: Terminal, { exitCode, message }: CommanderError): ExitStatus {
  if (exitCode === 0) return exitStatus.done;
  terminal.printJson({ error: { code: 'invalid-input', message: message.replace(/^error: /, '') } });
  return exitStatus.wrongUsage;
}

/** What a command ends with whose output nobody reads any more: what it waited for went, or it was told to stop. */
function isOfPipe(error: unknown): boolean {
  if (error instanceof AppError) return error.code === 'canceled' || isOfPipe(error.cause);
  return error instanceof Error && 'code' in error && pipeCodes.has(error.code);
}
const pipeCodes = new Set<unknown>(['EPIPE', 'EOF', 'ECONNRESET', 'ERR_STREAM_DESTROYED']);

function reportError(terminal: Terminal, thrown: unknown): ExitStatus {
  const error = toAppError(thrown);
  const message = toLine(messageFor(error));
  terminal.hideProgress();
  terminal.note(message);
  terminal.printJson({ error: { code: error.code, message } });
  return exitStatusOf(error.code);
}
