import type { Connection } from '../../contract/models/connection.ts';

type Which = Pick<Connection, 'kind' | 'endpoint'> & Partial<Pick<Connection, 'batchDeployment'>>;

/**
 * Whether runs may go as batches (AZURE §7): where a person has named the deployment that answers them, which Azure wants; and at
 * OpenAI, where every model does.
 */
export function takesBatches({ kind, endpoint, batchDeployment }: Which): boolean {
  if (kind !== 'azure-openai' && kind !== 'openai-compatible') return false;
  if (batchDeployment !== undefined) return true;
  return kind === 'openai-compatible' && URL.parse(endpoint ?? '')?.hostname === 'api.openai.com';
}
