import type { Connection } from './models/connection.ts';

type Named = Pick<Connection, 'id' | 'kind' | 'name'>;

/**
 * The variable of the environment that gives a connection of this name its key: `CUTLINE_KEY_WORK_EAST` for “Work (east)”.
 * Only letters, digits and underscores, as every shell takes them. `undefined` when nothing of the name is left then.
 */
export function keyVariableOf(name: string): string | undefined {
  const word = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  return word === '' ? undefined : `CUTLINE_KEY_${word}`;
}

/** Those of these connections that a variable names; more than one, and it is for none of them: nobody knows which is meant. */
export function namedByVariable<Item extends Named>(variable: string, connections: readonly Item[]): Item[] {
  return connections.filter(({ kind, name }) => kind !== 'built-in' && keyVariableOf(name) === variable);
}
