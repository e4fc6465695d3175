import type { OpenAI } from 'openai';
import { findMissingKey } from '../contract/missing-key.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Credential, ProviderOptions } from './provider.ts';

/** Longer than any time limit of ours: the client's own limit ends with the headers, ours covers the body (LIBRARIES §3 a). */
const clientTimeoutMs = 2 ** 31 - 1;

/**
 * What keeps a connection from being used, as a sentence for a person; `undefined` when it is complete. Checked before
 * anything is sent, so that a missing part is never mistaken for a network's fault.
 */
export function findMissingPart({ connection, credential }: ProviderOptions): string | undefined {
  const { kind, endpoint, form, apiVersion, deployment } = connection;
  const isAzure = kind === 'azure-openai';
  const isVision = kind === 'azure-vision';
  if (endpoint === null) return 'It has no endpoint: give one with --endpoint.';
  if (!URL.canParse(endpoint)) return 'Its endpoint is not an address.';
  if (isAzure && form === 'dated' && apiVersion === null) {
    return 'It has no API version: set OPENAI_API_VERSION, or use the v1 form.';
  }
  if (deployment === null && isAzure) return 'It has no deployment: give its name with --deployment.';
  if (deployment === null && !isVision) return 'It has no model: give its name with --model.';
  const variables = findMissingKey(connection, credential !== undefined);
  if (variables !== undefined) return `It has no key: set ${variables}.`;
  const isFixed = credential !== undefined && credential.renew === undefined;
  if (isFixed && !/^[\x21-\x7e]+$/.test(credential.secret)) {
    return 'Its key has characters that no key has: was something else pasted?';
  }
  return undefined;
}

/** Where chat completions of this connection are: forms A and B of AZURE §1.1, or the compatible server's own base. */
export function toBaseUrl({ kind, endpoint, form, deployment }: Connection): string {
  const base = (endpoint ?? '').replace(/\/+$/, '');
  if (kind !== 'azure-openai') return base;
  return form === 'dated'
    ? `${base}/openai/deployments/${encodeURIComponent(deployment ?? '')}`
    : `${base}/openai/v1`;
}

/** Where files and batches are: beside the deployments, of which their lines name one (AZURE §7). */
export function toBatchBaseUrl(connection: Connection): string {
  return connection.kind === 'azure-openai' && connection.form === 'dated'
    ? `${(connection.endpoint ?? '').replace(/\/+$/, '')}/openai`
    : toBaseUrl(connection);
}

/**
 * The official client, reduced to what a durable queue wants: one exchange per call, nothing from the environment, nothing
 * logged. It is the plain class for the dated form too: `AzureOpenAI` only writes the address and the header that are
 * written here, but takes `OPENAI_BASE_URL` and `AZURE_OPENAI_API_KEY` from the environment and refuses to start when they
 * disagree with what it is given. Loaded on first use: the built-in provider needs none of it.
 */
export async function createClient(
  { connection, credential }: ProviderOptions,
  baseURL = toBaseUrl(connection),
): Promise<OpenAI> {
  const { OpenAI: Client } = await import('openai');
  const isBearer = credential?.kind === 'bearer';
  return new Client({
    baseURL,
    // The client wants a key; where it must not be sent as a bearer token, the header is taken away again.
    apiKey: credential?.renew === undefined ? (credential?.secret ?? 'none') : () => freshSecret(credential),
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: clientTimeoutMs,
    logLevel: 'off',
    fetch: fetchPlainly,
    ...(connection.form === 'dated' && connection.apiVersion !== null
      ? { defaultQuery: { 'api-version': connection.apiVersion } }
      : {}),
    defaultHeaders: {
      'User-Agent': 'Cutline',
      ...(isBearer ? {} : { Authorization: null }),
      ...(credential?.kind === 'api-key' ? { 'api-key': credential.secret } : {}),
    },
  });
}

async function freshSecret(credential: Credential): Promise<string> {
  await credential.renew?.();
  return credential.secret;
}

/**
 * Node's `fetch` (connections are kept alive by it) with three differences: the client's telemetry headers stay here; a
 * redirect is an answer, for neither photo nor key may follow it to another host; and every answer counts as `ok`, because
 * the client would read an error's body and drop it, while we keep it and judge it ourselves (`errors.ts`).
 */
async function fetchPlainly(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
  const headers = [...new Headers(init.headers)].filter(([name]) => !name.startsWith('x-stainless-'));
  const response = await fetch(input, { ...init, headers, redirect: 'manual' });
  Object.defineProperty(response, 'ok', { value: true });
  return response;
}
