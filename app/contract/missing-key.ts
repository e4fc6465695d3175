import { keyVariableOf } from './key-variable.ts';
import type { Connection } from './models/connection.ts';

/**
 * Which variables would give a connection the key that its service wants and that it has not; `undefined` when it lacks
 * none, for a server of one's own need not want any. The one word on that: for lists, tests and the check-up. A key of the
 * environment goes to the connection that its variable names, or to the address that stands beside it.
 */
export function findMissingKey(connection: Connection, hasKey: boolean): string | undefined {
  const ofService = hasKey ? undefined : variablesOf(connection);
  if (ofService === undefined) return undefined;
  const { name, keyVariable } = connection;
  if (keyVariable !== undefined) return `${keyVariable}, or ${ofService}`;
  const shared = keyVariableOf(name);
  if (shared === undefined) return ofService;
  return `${ofService} (${shared} would name another connection too: give one of them another name)`;
}

function variablesOf({ kind, endpoint }: Connection): string | undefined {
  switch (kind) {
    case 'azure-openai':
      return `AZURE_OPENAI_API_KEY (or AZURE_OPENAI_AD_TOKEN) and beside it AZURE_OPENAI_ENDPOINT to ${endpoint ?? 'its address'}`;
    case 'azure-vision':
      return `VISION_KEY and beside it VISION_ENDPOINT to ${endpoint ?? 'its address'}`;
    case 'openai-compatible':
      return /^https:\/\/api\.openai\.com(?:[:/]|$)/i.test(endpoint ?? '') ? 'OPENAI_API_KEY' : undefined;
    case 'built-in':
      return undefined;
  }
}
