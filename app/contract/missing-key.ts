import type { Connection } from './models/connection.ts';

/**
 * Which variables would give a connection the key that its service wants and that it has not; `undefined` when it lacks
 * none, for a server of one's own need not want any. The one word on that: for lists, tests and the check-up. A key of the
 * environment goes only to the address that stands beside it, so both are named.
 */
export function findMissingKey({ kind, endpoint }: Connection, hasKey: boolean): string | undefined {
  if (hasKey) return undefined;
  switch (kind) {
    case 'azure-openai':
      return `AZURE_OPENAI_API_KEY (or AZURE_OPENAI_AD_TOKEN), and beside it AZURE_OPENAI_ENDPOINT to ${endpoint ?? 'its address'}`;
    case 'azure-vision':
      return `VISION_KEY, and beside it VISION_ENDPOINT to ${endpoint ?? 'its address'}`;
    case 'openai-compatible':
      return /^https:\/\/api\.openai\.com(?:[:/]|$)/i.test(endpoint ?? '') ? 'OPENAI_API_KEY' : undefined;
    case 'built-in':
      return undefined;
  }
}
