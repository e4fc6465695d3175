import type { Connection } from '../contract/models/connection.ts';
import type { Arguments } from '../contract/procedures.ts';
import type { Engine } from '../engine.ts';
import { AppError } from '../platform/errors.ts';
import { withReader, type CommandContext } from './context.ts';
import { connectionsText } from './connections-text.ts';
import { withEngine } from './engine-session.ts';
import { toLine } from './printable.ts';

/** @file What a command names in passing is kept once it has answered: a mistyped address leaves nothing behind. */

export type CommandConnection = Connection & {
  /** The library did not list it before this command. */
  readonly isNew: boolean;
};

export async function saveForCommand(
  engine: Engine,
  settings: Arguments<'connection.save'>,
): Promise<CommandConnection> {
  const before = await engine.call('connection.list', {});
  const saved = await engine.call('connection.save', settings);
  return { ...saved, isNew: before.every(({ id }) => id !== saved.id) };
}

/**
 * Takes a command's own connection out of the list again if it never answered, with what waits for it: the same command
 * begins anew, and nothing was paid. One that answered, or that waits for a budget or a rate limit, stays. The library is
 * not open for writing here.
 */
export async function forgetUnanswered(
  context: CommandContext,
  { id, name, isNew, kind }: CommandConnection,
): Promise<void> {
  if (!isNew || kind === 'built-in') return;
  const waiting = await withReader(context, async (reader) => {
    const listed = (await reader.call('connection.list', {})).find((one) => one.id === id);
    const runs = (await reader.call('run.list', {})).filter(({ connectionId }) => connectionId === id);
    const isUsed = runs.some(
      ({ jobs, costMicroUsd, unpriced }) => jobs.finished > 0 || costMicroUsd > 0 || unpriced > 0,
    );
    if (listed === undefined || isUsed || (runs.length > 0 && listed.state === 'ready')) return undefined;
    return runs.filter(({ state }) => state === 'running' || state === 'paused').map((run) => run.id);
  });
  if (waiting === undefined) return;
  try {
    await withEngine(context, {}, async (engine) => {
      for (const runId of waiting) await engine.call('run.cancel', { id: runId });
      await engine.call('connection.remove', { connectionId: id });
    });
  } catch (error) {
    // A library that another program has taken, or a full disk: what the command came to is the news, and this can wait.
    if (!(error instanceof AppError)) throw error;
    return;
  }
  if (waiting.length > 0) context.terminal.note(connectionsText.notKept(toLine(name)));
}
