import type { Connection } from '../contract/models/connection.ts';
import { isSameEndpoint } from '../engine/connection-settings.ts';
import type { CredentialOf } from '../engine/connections.ts';
import type { ConnectionChoice } from './connection-choice.ts';
import type { CommandContext } from './context.ts';
import { storedCredentials } from './find-connection.ts';

/** For a connection beside that of the command: its own key of the environment, or at the same address the same key. */
export function keyBeside(
  context: CommandContext,
  choice: ConnectionChoice,
  first: Connection | undefined,
): CredentialOf {
  return (connection) => {
    const own = storedCredentials(context)(connection);
    const isSamePlace =
      first?.kind === connection.kind &&
      first.endpoint !== null &&
      isSameEndpoint(connection, first.endpoint) &&
      connection.signIn === first.signIn;
    return own ?? (isSamePlace ? choice.credential : undefined);
  };
}
