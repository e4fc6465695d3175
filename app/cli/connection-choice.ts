import type { ConnectionKind } from '../contract/models/connection.ts';
import type { Price } from '../contract/models/usage.ts';
import type { Arguments } from '../contract/procedures.ts';
import type { CredentialOf } from '../engine/connections.ts';
import {
  azureCredential,
  openAiBaseUrl,
  openAiCredential,
  readVariable,
  visionCredential,
  type Environment,
} from '../engine/environment-credential.ts';
import { AppError } from '../platform/errors.ts';
import { connectionText } from './text.ts';

export const connectionKinds = [
  'built-in',
  'azure-openai',
  'openai-compatible',
  'azure-vision',
] as const satisfies ConnectionKind[];

/** Which connection a command's flags name. */
export type ConnectionFlags = {
  /** A kind, or the name of one that the library knows. */
  readonly connection?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly deployment?: string | undefined;
  readonly batchDeployment?: string | undefined;
  readonly model?: string | undefined;
  readonly apiVersion?: string | undefined;
  readonly signIn?: 'key' | 'entra' | undefined;
  readonly concurrency?: number | undefined;
  readonly price?: Price | undefined;
};

type Credential = ReturnType<CredentialOf>;

export type ConnectionChoice = {
  readonly settings: Arguments<'connection.save'>;
  /** For the connection with exactly these settings and for no other. */
  readonly credential: Credential;
  /** What the person should know before anything is sent. */
  readonly notes: readonly string[];
};

/**
 * The connection of one command by its kind, from its flags and, where they are silent, from the environment under the names that
 * OpenAI's clients use (DESIGN §11). Keys in the environment never choose a connection that costs money: without
 * `--connection` it is `built-in`.
 *
 * @param options.sends whether anything will be sent: what only plans needs no key. @default true
 * @throws {AppError} `invalid-input` naming the flag or variable that is missing, or when there is no such kind.
 */
export function chooseConnection(
  flags: ConnectionFlags,
  env: Environment,
  { sends = true }: { readonly sends?: boolean } = {},
): ConnectionChoice {
  const { connection = 'built-in' } = flags;
  const kind = connectionKinds.find((known) => known === connection);
  switch (kind) {
    case undefined:
      throw new AppError('invalid-input', { reason: connectionText.noKind(connection) });
    case 'built-in':
      return chooseBuiltIn(flags, env);
    case 'azure-openai':
      return chooseAzure(flags, env, sends);
    case 'openai-compatible':
      return chooseCompatible(flags, env);
    case 'azure-vision':
      return chooseVision(flags, env, sends);
  }
}

function chooseBuiltIn(flags: ConnectionFlags, env: Environment): ConnectionChoice {
  const meant =
    flags.endpoint ??
    flags.deployment ??
    flags.model ??
    flags.apiVersion ??
    flags.batchDeployment ??
    flags.price;
  if (meant !== undefined) {
    throw new AppError('invalid-input', { reason: connectionText.flagsWithoutConnection });
  }
  const notes: string[] = [];
  if (flags.connection === undefined) {
    if (azureCredential(env) !== undefined) notes.push(connectionText.azureKeyIsSet);
    else if (openAiCredential(env) !== undefined) notes.push(connectionText.openAiKeyIsSet);
  }
  return { settings: { kind: 'built-in', ...sharedOf(flags) }, credential: undefined, notes };
}

function chooseAzure(flags: ConnectionFlags, env: Environment, sends: boolean): ConnectionChoice {
  const endpoint = flags.endpoint ?? readVariable(env, 'AZURE_OPENAI_ENDPOINT');
  if (endpoint === undefined) {
    throw new AppError('invalid-input', { reason: connectionText.azureEndpointMissing });
  }
  const deployment = flags.deployment ?? readVariable(env, 'AZURE_OPENAI_DEPLOYMENT');
  if (deployment === undefined && !/\/deployments\/[^/]/.test(endpoint)) {
    throw new AppError('invalid-input', { reason: connectionText.deploymentMissing });
  }
  const isByEntra = flags.signIn === 'entra';
  const credential = isByEntra ? undefined : azureCredential(env);
  if (credential === undefined && sends && !isByEntra) {
    throw new AppError('invalid-input', { reason: connectionText.azureKeyMissing });
  }
  return {
    settings: {
      kind: 'azure-openai',
      endpoint,
      ...(deployment === undefined ? {} : { deployment }),
      ...valueOf('apiVersion', flags.apiVersion ?? readVariable(env, 'OPENAI_API_VERSION')),
      ...valueOf('modelId', flags.model),
      ...(flags.signIn === undefined ? {} : { signIn: flags.signIn }),
      ...valueOf(
        'batchDeployment',
        flags.batchDeployment ?? readVariable(env, 'AZURE_OPENAI_BATCH_DEPLOYMENT'),
      ),
      ...sharedOf(flags),
    },
    credential,
    notes: [],
  };
}

function chooseCompatible(flags: ConnectionFlags, env: Environment): ConnectionChoice {
  const credential = openAiCredential(env);
  const given = flags.endpoint ?? readVariable(env, 'OPENAI_BASE_URL');
  if (given === undefined && credential === undefined) {
    throw new AppError('invalid-input', { reason: connectionText.compatibleEndpointMissing });
  }
  const model = flags.model ?? flags.deployment;
  if (model === undefined) throw new AppError('invalid-input', { reason: connectionText.modelMissing });
  const endpoint = given ?? openAiBaseUrl;
  const isWithheld = credential !== undefined && !mayCarryKey(endpoint, env);
  return {
    settings: {
      kind: 'openai-compatible',
      endpoint,
      deployment: flags.deployment ?? model,
      modelId: model,
      ...sharedOf(flags),
    },
    credential: isWithheld ? undefined : credential,
    notes: isWithheld ? [connectionText.keyWithheld] : [],
  };
}

/** Image Analysis: an endpoint and a key, and nothing that could be chosen between. */
function chooseVision(flags: ConnectionFlags, env: Environment, sends: boolean): ConnectionChoice {
  const endpoint = flags.endpoint ?? readVariable(env, 'VISION_ENDPOINT');
  if (endpoint === undefined) {
    throw new AppError('invalid-input', { reason: connectionText.visionEndpointMissing });
  }
  if ((flags.deployment ?? flags.model ?? flags.apiVersion) !== undefined) {
    throw new AppError('invalid-input', { reason: connectionText.visionHasNoModel });
  }
  const isByEntra = flags.signIn === 'entra';
  const credential = isByEntra ? undefined : visionCredential(env);
  if (credential === undefined && sends && !isByEntra) {
    throw new AppError('invalid-input', { reason: connectionText.visionKeyMissing });
  }
  return {
    settings: {
      kind: 'azure-vision',
      endpoint,
      ...(flags.signIn === undefined ? {} : { signIn: flags.signIn }),
      ...sharedOf(flags),
    },
    credential,
    notes: [connectionText.visionRetires],
  };
}

/**
 * Most who have a key in `OPENAI_API_KEY` have it for OpenAI. It goes to another server only encrypted, within this
 * machine, or when `OPENAI_BASE_URL` says that it is meant: never in clear text over a network by accident.
 */
function mayCarryKey(endpoint: string, env: Environment): boolean {
  if (endpoint === readVariable(env, 'OPENAI_BASE_URL') || /^https:\/\//i.test(endpoint)) return true;
  return /^(http:\/\/)?(localhost|127(\.\d+){3}|\[::1\])(:|\/|$)/i.test(endpoint);
}

function valueOf<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>); // why: one key, one value
}

function sharedOf({ concurrency, price }: ConnectionFlags): { concurrency?: number; ownPrice?: Price } {
  return {
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(price === undefined ? {} : { ownPrice: price }),
  };
}
