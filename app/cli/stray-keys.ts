import { namedByVariable } from '../contract/key-variable.ts';
import type { Connection } from '../contract/models/connection.ts';
import { connectionsText } from './connections-text.ts';
import type { CommandContext } from './context.ts';
import { toLine } from './printable.ts';

/** Says which keys of the environment go nowhere: their variable names no connection of the library, or several. */
export function noteStrayKeys(
  { env, terminal }: Pick<CommandContext, 'env' | 'terminal'>,
  connections: readonly Connection[],
): void {
  const variables = Object.keys(env).filter((name) => name.startsWith('CUTLINE_KEY_') && env[name]?.trim());
  for (const variable of variables.toSorted()) {
    const named = namedByVariable(variable, connections).map(({ name }) => toLine(name));
    if (named.length === 0) terminal.note(connectionsText.keyForNobody(variable));
    if (named.length > 1) terminal.note(connectionsText.keyForSeveral(variable, named));
  }
}
