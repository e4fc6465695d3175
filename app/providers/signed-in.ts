import { toAppError } from '../platform/errors.ts';
import type { Credential, ProviderOutcome } from './provider.ts';

type Blocked = Extract<ProviderOutcome, { readonly status: 'blocked' }>;

/** Brings a credential up to date before it is used; what keeps it from that. See [Note: Entra sign-in]. */
export async function freshen(credential: Credential | undefined): Promise<Blocked | undefined> {
  try {
    await credential?.renew?.();
    return undefined;
  } catch (error) {
    const { code, details } = toAppError(error).toInfo();
    if (code !== 'entra-sign-in-needed') throw error;
    return { status: 'blocked', code, details };
  }
}

/**
 * Sends, and once more where the service refused a token and there is another: it may be withdrawn before it ends. Nothing was
 * charged.
 */
export async function sendSignedIn(
  credential: Credential | undefined,
  send: () => Promise<Response>,
): Promise<Response> {
  const response = await send();
  if (response.status !== 401 || !(await renewRefused(credential))) return response;
  await response.body?.cancel();
  return send();
}

/** Whether there is another token than the one that was refused. */
async function renewRefused(credential: Credential | undefined): Promise<boolean> {
  if (credential?.renew === undefined) return false;
  const refused = credential.secret;
  try {
    await credential.renew({ refused });
  } catch (error) {
    if (toAppError(error).code !== 'entra-sign-in-needed') throw error;
    return false; // Then the refusal stands as it is.
  }
  return credential.secret !== refused;
}
