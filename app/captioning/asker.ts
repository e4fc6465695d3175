import type { ConnectionId, RunId } from '../contract/ids.ts';
import type { Again, RunOptions } from '../contract/models/run.ts';
import type { Connection, ConnectionKind } from '../contract/models/connection.ts';
import { builtInLanguageOf } from '../providers/built-in-words.ts';
import { builtInWording } from '../providers/compose-description.ts';
import { staysLocal } from '../providers/endpoint.ts';
import { promptVersion } from './prompt.ts';

/** Who would describe: where its requests go decides what it may see, and what it said before decides what is left. */
export type Asker = {
  readonly id: ConnectionId;
  readonly kind: ConnectionKind;
  readonly isLocal: boolean;
  /** `undefined`: nothing that it has described is described again. */
  readonly again?: AgainRule | undefined;
};

/** What counts as described where photos are described once more. */
type AgainRule = {
  readonly kind: Again;
  /** The prompt that would be asked with now, and the model that last answered, where that is known. */
  readonly promptVersion: string;
  readonly model: string | null;
  /** What this run has said is not said again. `null`: it has not begun. */
  readonly runId: RunId | null;
};

/** A connection as an asker; with a run's options, of what that run asks. */
export function toAsker(connection: Connection, options?: RunOptions, runId: RunId | null = null): Asker {
  const { id, kind } = connection;
  const asker = { id, kind, isLocal: staysLocal(connection) };
  if (options?.again === undefined) return asker;
  const model = connection.learned.modelAnswered ?? null;
  return {
    ...asker,
    again: { kind: options.again, promptVersion: askedVersion(connection, options), model, runId },
  };
}

/** What a description by this connection says that it was asked. The built-in describer has a wording of its own. */
export function askedVersion({ kind }: Pick<Connection, 'kind'>, options: RunOptions): string {
  if (kind !== 'built-in') return promptVersion(options);
  const language = builtInLanguageOf(options.language);
  return `built-in-${String(builtInWording[language])}/${language}`;
}
