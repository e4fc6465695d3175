import { timingSafeEqual } from 'node:crypto';

/** Of a request, what decides whether it is answered. */
export type GuardedRequest = {
  readonly method?: string | undefined;
  /** As it stands in the request line. */
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

export type GuardRules = {
  /** Unguessable; the first segment of every address. */
  readonly key: string;
  /** `Host` headers that are ours, with their ports. */
  readonly hosts: ReadonlySet<string>;
};

export type Verdict =
  | { readonly kind: 'allowed'; /** What stands after the key. */ readonly address: string }
  | { readonly kind: 'refused'; readonly status: 403 | 405; readonly reason: string };

/**
 * Lets in what our own page asks for, and nothing else. The `Host` keeps out names that were made to point here (DNS
 * rebinding), `Origin` and `Sec-Fetch-Site` keep out other pages of the same browser, the key everybody else on the machine.
 * A `refused` request learns nothing of which of them it was.
 *
 * @param isSocket a WebSocket: browsers do not keep those within their origin, so the `Origin` must be there and ours
 */
export function guardRequest(
  request: GuardedRequest,
  rules: GuardRules,
  { isSocket = false }: { readonly isSocket?: boolean } = {},
): Verdict {
  const host = single(request.headers['host']);
  if (host === undefined || !rules.hosts.has(host.toLowerCase())) return refused('host');

  const origin = single(request.headers['origin']);
  if (request.headers['origin'] === undefined) {
    if (isSocket) return refused('no origin');
  } else if (origin === undefined || !isOriginOf(origin, host)) return refused('origin');

  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return refused('site');

  const [, key = '', address = ''] = /^\/([^/?#]*)([/?#].*)?$/.exec(request.url ?? '') ?? [];
  if (!isSameKey(key, rules.key)) return refused('key');
  // Whoever has the key may know what is wrong.
  if (request.method !== 'GET') return { kind: 'refused', status: 405, reason: 'method' };
  return { kind: 'allowed', address };
}

function refused(reason: string): Verdict {
  return { kind: 'refused', status: 403, reason };
}

/** A proxy in front of us may speak https. */
function isOriginOf(origin: string, host: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

function isSameKey(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Two values where one belongs are an attempt to be read in two ways. */
function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' && !value.includes(',') ? value : undefined;
}
