import type { Connection, ServerKind } from '../../contract/models/connection.ts';
import { isPublicAddress, literalAddress } from './public-address.ts';

/** Ollama and LM Studio refuse them; of a server that nobody knows, nothing is known (AZURE §8). */
const fetching: ReadonlySet<ServerKind> = new Set(['openai', 'llama-cpp', 'vllm']);

/** Whether a service fetches a picture by its address. */
export function takesAddresses({
  kind,
  endpoint,
  learned,
}: Pick<Connection, 'kind' | 'endpoint' | 'learned'>): boolean {
  if (kind === 'azure-openai' || kind === 'azure-vision') return true;
  if (kind === 'built-in') return false;
  const isOpenAi = URL.parse(endpoint ?? '')?.hostname === 'api.openai.com';
  return isOpenAi || (learned.server !== undefined && fetching.has(learned.server));
}

/** Names that lead nowhere from outside: single words, and what is reserved for networks at home. */
const homeNames = /^[^.]+$|\.(?:localhost|local|internal|home\.arpa|lan)\.?$/i;

/**
 * Whether an address means the same to everybody: encrypted, of a host of the public internet, and without a query, which may
 * hold a signature that is meant for one.
 */
export function isPublicPicture(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.protocol !== 'https:' || url.search !== '' || url.username !== '') return false;
  const literal = literalAddress(url);
  return literal === undefined ? !homeNames.test(url.hostname) : isPublicAddress(literal);
}
