import type { Keys } from '../engine/keys.ts';
import type { CommandContext } from './context.ts';
import { storedCredentials } from './find-connection.ts';

/** The keys of stored connections: those of the environment, and those that this system keeps. */
export async function openKeys(context: CommandContext): Promise<Keys> {
  const { Keys: StoredKeys } = await import('../engine/keys.ts');
  const { SystemSecretBox } = await import('../platform/system-secret-box.ts');
  const { libraryFolder } = context;
  return new StoredKeys({ box: new SystemSecretBox(), libraryFolder, given: storedCredentials(context) });
}
