import type { IncomingHttpHeaders } from 'node:http';
import { accessDenied, modelError, type ErrorAnswer } from './errors.ts';

/**
 * Where a request came in: the dated Azure form, Azure's `/openai/v1/`, a plain OpenAI-compatible `/v1/`, or Azure AI Vision's
 * `/computervision/`.
 */
export type Form = 'dated' | 'v1' | 'compatible' | 'vision';

export type Keys = {
  /** Accepted as `api-key`, and as a bearer token on `/openai/v1/`. */
  readonly key: string;
  /** Every bearer token that begins with it passes as one from Entra. */
  readonly entraToken: string;
  /** What `/v1/` demands as a bearer token; `undefined`: it asks for none, like a local server. */
  readonly compatibleKey: string | undefined;
};

/** The 401 that these headers deserve; `undefined` when they are good (AZURE §1.2). */
export function checkAuth(headers: IncomingHttpHeaders, form: Form, keys: Keys): ErrorAnswer | undefined {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  if (form === 'compatible') {
    if (keys.compatibleKey === undefined || bearer === keys.compatibleKey) return undefined;
    return modelError('Incorrect API key provided.', { httpStatus: 401, code: 'invalid_api_key' });
  }
  if (form === 'vision') {
    const isKnown = headers['ocp-apim-subscription-key'] === keys.key || bearer?.startsWith(keys.entraToken);
    return isKnown === true ? undefined : accessDenied;
  }
  if (headers['api-key'] === keys.key) return undefined;
  if (bearer?.startsWith(keys.entraToken)) return undefined;
  if (form === 'v1' && bearer === keys.key) return undefined;
  return accessDenied;
}
