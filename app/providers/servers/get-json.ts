import type { Credential } from '../provider.ts';
import { readBody } from '../response-body.ts';
import { parseJson } from '../wire.ts';

/** How a question about a server ended. `other` = it answered, but not with JSON and 200. */
export type JsonReply =
  | { readonly status: 'json'; readonly value: unknown }
  | { readonly status: 'other'; readonly httpStatus: number; readonly value: unknown }
  | { readonly status: 'unreachable'; readonly error: unknown };

export type AskOptions = {
  readonly signal: AbortSignal;
  /** For headers and body together. */
  readonly timeoutMs: number;
  /** Sent as a bearer token or as Azure's `api-key`; nothing when `undefined`. */
  readonly credential?: Credential | undefined;
  /** Hears what time it is there, where an answer says so. */
  readonly onReply?: ((report: LookReport) => void) | undefined;
};

export type LookReport = { readonly url: string; readonly serverMs: number };

/** Asks a server about itself: a GET, or a POST of a small JSON body. Follows no redirect, and never throws. */
export async function askServer(
  url: string,
  { signal, timeoutMs, credential, onReply }: AskOptions,
  body?: Readonly<Record<string, unknown>>,
): Promise<JsonReply> {
  const headers: Record<string, string> = { 'User-Agent': 'Cutline', Accept: 'application/json' };
  if (credential?.kind === 'bearer') headers['Authorization'] = `Bearer ${credential.secret}`;
  if (credential?.kind === 'api-key') headers['api-key'] = credential.secret;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  try {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const serverMs = Date.parse(response.headers.get('date') ?? '');
    if (!Number.isNaN(serverMs)) onReply?.({ url, serverMs });
    const { text } = await readBody(response.body);
    const value = parseJson(text);
    return response.status === 200 && value !== undefined
      ? { status: 'json', value }
      : { status: 'other', httpStatus: response.status, value };
  } catch (error) {
    return { status: 'unreachable', error };
  }
}
