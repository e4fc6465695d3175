import type { TokenCredential } from '@azure/identity';
import { AppError } from '../platform/errors.ts';
import type { Credential } from './provider.ts';

/** What a token of Microsoft Entra is for: Azure's AI services (AZURE §1.2). */
export const entraScope = 'https://cognitiveservices.azure.com/.default';

/** A token that ends within this is replaced before it is used. */
const spareMs = 5 * 60_000;
/** Programs of Azure are slow to start; a machine without any sign-in is to be told so while somebody waits. */
const longestSignInMs = 45_000;

type Token = { readonly token: string; readonly expiresOnTimestamp: number };

/**
 * [Note: Entra sign-in]
 * A connection whose user signs in with Microsoft Entra has no key: what the machine is signed in with gives a token for about
 * an hour. It is asked for before the first request, again before it ends, and once more when the service refuses it. It is
 * kept in memory alone. Nothing of the Azure library is loaded before.
 *
 * @param options.openChain who is asked for a token, in turn. @default what this machine is signed in with
 */
export function createEntraCredential(
  options: { readonly openChain?: () => Promise<TokenCredential>; readonly now?: () => number } = {},
): Credential {
  const { openChain = openUsualChain, now = Date.now } = options;
  let chain: Promise<TokenCredential> | undefined;
  let current: Token | undefined;
  let asking: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    try {
      const signedIn = await (chain ??= openChain());
      const abortSignal = AbortSignal.timeout(longestSignInMs);
      current = (await signedIn.getToken(entraScope, { abortSignal })) ?? undefined;
    } catch (error) {
      throw noSignIn(error);
    }
    if (current === undefined) throw noSignIn(undefined);
  };
  return {
    kind: 'bearer',
    get secret() {
      return current?.token ?? '';
    },
    renew: async ({ refused } = {}) => {
      const isGood =
        current !== undefined && current.token !== refused && current.expiresOnTimestamp - now() > spareMs;
      if (isGood) return;
      // Many requests begin at once; one of them asks for all.
      asking ??= ask().finally(() => {
        asking = undefined;
      });
      await asking;
    },
  };
}

/**
 * In the order in which a person would expect it: what the environment names, what they signed in with on this machine, and
 * at last the identity of the machine itself, for which a machine that has none lets one wait.
 */
async function openUsualChain(): Promise<TokenCredential> {
  const azure = await import('@azure/identity');
  const { env } = process;
  const hasOwnIdentity = env['IDENTITY_ENDPOINT'] !== undefined || env['MSI_ENDPOINT'] !== undefined;
  const clientId = env['AZURE_CLIENT_ID'];
  const ofMachine = new azure.ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
  return new azure.ChainedTokenCredential(
    new azure.EnvironmentCredential(),
    ...(hasOwnIdentity ? [ofMachine] : []),
    new azure.AzureCliCredential(),
    new azure.AzureDeveloperCliCredential(),
    new azure.AzurePowerShellCredential(),
    ...(hasOwnIdentity ? [] : [ofMachine]),
  );
}

/** What each way of signing in says of itself is for the log: no two of them say it alike, and none says what to do. */
function noSignIn(cause: unknown): AppError {
  return new AppError('entra-sign-in-needed', {}, cause === undefined ? {} : { cause });
}
