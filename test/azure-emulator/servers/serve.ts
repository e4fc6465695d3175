/** @file A request to a local server: its own addresses, its key, and the way to a completion. */

import type { IncomingHttpHeaders } from 'node:http';
import { gatewayError, Refusal } from '../errors.ts';
import type { Deployment } from '../personas.ts';
import { jsonReply, type Reply } from '../reply.ts';
import type { ServerTraits } from './traits.ts';

export type LocalServer = {
  readonly traits: ServerTraits;
  /** What it demands as a bearer token; `undefined`: it asks for none. */
  readonly key: string | undefined;
  /** Answers as versions before the newest did. */
  readonly isOld: boolean;
};

/** The reply for everything that is no completion; `undefined` for a completion. Throws `Refusal`. */
export function answerLocally(
  { traits, key, isOld }: LocalServer,
  request: { readonly method: string; readonly path: string; readonly headers: IncomingHttpHeaders },
  body: Buffer,
  deployments: readonly Deployment[],
): Reply | undefined {
  const { method, path, headers } = request;
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (key !== undefined && bearer !== key) throw new Refusal(traits.unauthorized);
  if (method === 'POST' && path === '/v1/chat/completions') return undefined;
  if (method === 'GET' && path === '/v1/models') return jsonReply(200, traits.listModels(deployments, isOld));
  const native = traits.native({ method, path, body: parse(body) }, deployments, isOld);
  if (native !== undefined) return jsonReply(native.httpStatus, native.body);
  // LM Studio is known to say so with 200; every other with 404.
  if (traits.name === 'lm-studio') {
    return jsonReply(200, { error: `Unexpected endpoint or method. (${method} ${path})` });
  }
  throw new Refusal(gatewayError(404, '404', '404 page not found'));
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined; // A GET has none.
  }
}
