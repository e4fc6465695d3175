import { BlockList, isIP } from 'node:net';
import { AppError } from '../platform/errors.ts';
import type { Connection, ConnectionKind } from '../contract/models/connection.ts';

/** What an address that a person typed or pasted says about a connection. */
export type ParsedEndpoint = {
  /** Azure: scheme and host, and what stands before `/openai`. Else the base to which `/chat/completions` is added. */
  readonly endpoint: string;
  /** `null` for everything but Azure OpenAI. */
  readonly form: 'dated' | 'v1' | null;
  readonly apiVersion: string | null;
  /** When the address named it: the portal's "target URI" does. */
  readonly deployment: string | null;
  /** Plain http to a host that is not our own: photos and key could be read on the way. The caller warns. */
  readonly isInsecure: boolean;
};

/**
 * Reads an endpoint as people type or paste it (AZURE §1.1, §8): with or without a scheme, down to `/chat/completions`,
 * with a query. `apiVersion` is what was given beside it, and wins over the address. With a version the dated form is
 * meant, without one the v1 form.
 *
 * @throws AppError `invalid-input` with the reason as a sentence.
 */
export function parseEndpoint(
  typed: string,
  kind: Exclude<ConnectionKind, 'built-in'>,
  options: { readonly apiVersion?: string | undefined } = {},
): ParsedEndpoint {
  const url = parseUrl(typed);
  const isInsecure = url.protocol === 'http:' && !isLocalEndpoint(url);
  if (kind === 'openai-compatible') {
    return { endpoint: toCompatibleBase(url), form: null, apiVersion: null, deployment: null, isInsecure };
  }
  if (kind === 'azure-vision') {
    const path = url.pathname.replace(/\/(computervision|vision)(\/.*)?$/, '').replace(/\/+$/, '');
    return { endpoint: url.origin + path, form: null, apiVersion: null, deployment: null, isInsecure };
  }
  const [before = '', after = ''] = url.pathname.split(/\/openai(?=\/|$)/, 2);
  const deployment = /^\/deployments\/([^/]+)/.exec(after)?.[1];
  // `v1` and `preview` are versions of the v1 form, where they may be left out (AZURE §1.1).
  const version = options.apiVersion ?? url.searchParams.get('api-version') ?? undefined;
  const isDated = version !== undefined && version !== '' && version !== 'v1' && version !== 'preview';
  return {
    // Foundry shows its project's address; the models are at its host.
    endpoint: url.origin + before.replace(/\/api\/projects\/.*$/, '').replace(/\/+$/, ''),
    form: isDated ? 'dated' : 'v1',
    apiVersion: isDated ? version : null,
    deployment: deployment === undefined ? null : decodeName(deployment),
    isInsecure,
  };
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name; // A broken escape: the service will say that there is no such deployment.
  }
}

/** Sites where one clicks, not services that answer. */
const portals =
  /^((portal|ai|oai|ml|studio|learn)\.azure\.com|portal\.azure\.(us|cn)|platform\.openai\.com|(www\.)?openai\.com|chatgpt\.com|learn\.microsoft\.com)$/;

function parseUrl(typed: string): URL {
  const text = typed.trim().replaceAll(/^["'<]+|[>"']+$/g, '');
  if (text === '') throw invalid('The endpoint is empty.');
  // One word is a resource's or a deployment's name more often than a host's.
  if (/^\w+$/.test(text) && text !== 'localhost') {
    throw invalid(`“${text}” is not an address such as ${example}.`);
  }
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `${guessScheme(text)}://${text}`;
  if (!URL.canParse(withScheme)) {
    throw invalid(`The endpoint is not an address such as ${example}.`);
  }
  const url = new URL(withScheme);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw invalid('The endpoint must begin with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid('The endpoint has a name or password in it. Give the key by itself.');
  }
  if (portals.test(url.hostname)) {
    throw invalid(
      `${url.hostname} is a portal's address. Copy the endpoint that the portal shows for your resource.`,
    );
  }
  return url;
}

const example = 'https://my-resource.openai.azure.com';

const invalid = (reason: string): AppError => new AppError('invalid-input', { reason });

/** Our own machine and network speak http unless told otherwise. */
function guessScheme(text: string): 'http' | 'https' {
  const guess = `http://${text}`;
  return URL.canParse(guess) && isLocalEndpoint(guess) ? 'http' : 'https';
}

/**
 * The base of an OpenAI-compatible server. `/v1` is added only where it is known to belong: on a bare host, and instead of
 * the native `/api` of Ollama and LM Studio.
 */
function toCompatibleBase(url: URL): string {
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/(chat\/completions|completions|responses|models|embeddings)$/, '');
  const isNative = /^\/api(\/(v0|v1|chat|generate|tags|show))?$/.test(path) && isLocalEndpoint(url);
  return url.origin + (path === '' || isNative ? '/v1' : path);
}

const localAddresses = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 32],
  ['127.0.0.0', 8],
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
] as const) {
  localAddresses.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  localAddresses.addSubnet(network, prefix, 'ipv6');
}

/** Names that can only be found at home: reserved ones, and single words, which the public DNS does not have. */
const localNames = /^(localhost|[^.]+)$|\.(localhost|local|internal|home\.arpa)$/;

/**
 * Whether what is sent over a connection stays on this machine or in its private network: it costs nothing, and may be used
 * for folders that are `local-only` (DESIGN §6). Azure is somebody else's machine also behind a gateway in our own network.
 */
export function staysLocal({ kind, endpoint }: Pick<Connection, 'kind' | 'endpoint'>): boolean {
  if (kind === 'built-in') return true;
  return kind === 'openai-compatible' && endpoint !== null && isLocalEndpoint(endpoint);
}

/** A server of models on this machine or in its private network: it runs models that fit there. */
export function isOwnServer(connection: Pick<Connection, 'kind' | 'endpoint'>): boolean {
  return connection.kind === 'openai-compatible' && staysLocal(connection);
}

/** Whether the endpoint is on this machine or in its private network. `false` for what is not an address at all. */
export function isLocalEndpoint(endpoint: string | URL): boolean {
  if (typeof endpoint === 'string' && !URL.canParse(endpoint)) return false;
  const host = new URL(endpoint).hostname
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const family = isIP(host);
  if (family !== 0) return localAddresses.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return localNames.test(host);
}
