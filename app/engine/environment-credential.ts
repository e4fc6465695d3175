import type { Connection } from '../contract/models/connection.ts';
import type { CredentialOf } from './connections.ts';
import { isSameEndpoint } from './connection-settings.ts';

/** Keys of the environment: by the name of a connection, or under the names that OpenAI's clients use (DESIGN §11). */

export type Environment = Readonly<Record<string, string | undefined>>;
type Credential = ReturnType<CredentialOf>;

export const openAiBaseUrl = 'https://api.openai.com/v1';

/**
 * The keys of the environment for stored connections: the one that names it, else one whose endpoint is named beside it. A
 * key never goes to another endpoint that the library happens to know.
 */
export function environmentCredentials(env: Environment): CredentialOf {
  return (connection) => credentialByName(env, connection) ?? credentialByEndpoint(env, connection);
}

/** `CUTLINE_KEY_NAME`: for the connection of that name, wherever it is. */
export function credentialByName(env: Environment, { kind, keyVariable }: Connection): Credential {
  const key = keyVariable === undefined ? undefined : readVariable(env, keyVariable);
  if (key === undefined) return undefined;
  return { kind: kind === 'openai-compatible' ? 'bearer' : 'api-key', secret: key };
}

function credentialByEndpoint(env: Environment, connection: Connection): Credential {
  switch (connection.kind) {
    case 'built-in':
      return undefined;
    case 'azure-openai': {
      const endpoint = readVariable(env, 'AZURE_OPENAI_ENDPOINT');
      return endpoint !== undefined && isSameEndpoint(connection, endpoint)
        ? azureCredential(env)
        : undefined;
    }
    case 'azure-vision': {
      const endpoint = readVariable(env, 'VISION_ENDPOINT');
      return endpoint !== undefined && isSameEndpoint(connection, endpoint)
        ? visionCredential(env)
        : undefined;
    }
    case 'openai-compatible':
      return isSameEndpoint(connection, readVariable(env, 'OPENAI_BASE_URL') ?? openAiBaseUrl)
        ? openAiCredential(env)
        : undefined;
  }
}

export function azureCredential(env: Environment): Credential {
  const key = readVariable(env, 'AZURE_OPENAI_API_KEY');
  if (key !== undefined) return { kind: 'api-key', secret: key };
  const token = readVariable(env, 'AZURE_OPENAI_AD_TOKEN');
  return token === undefined ? undefined : { kind: 'bearer', secret: token };
}

/** Under the names that the service's own samples use. */
export function visionCredential(env: Environment): Credential {
  const key = readVariable(env, 'VISION_KEY');
  return key === undefined ? undefined : { kind: 'api-key', secret: key };
}

export function openAiCredential(env: Environment): Credential {
  const key = readVariable(env, 'OPENAI_API_KEY');
  return key === undefined ? undefined : { kind: 'bearer', secret: key };
}

/** Empty variables are how shells and CI say "none". */
export function readVariable(env: Environment, name: string): string | undefined {
  return env[name]?.trim() || undefined;
}
