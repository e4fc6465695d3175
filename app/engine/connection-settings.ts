import type { ConnectionId } from '../contract/ids.ts';
import type { Connection } from '../contract/models/connection.ts';
import type { Price } from '../contract/models/usage.ts';
import type { Input } from '../contract/procedures.ts';
import { AppError } from '../platform/errors.ts';
import { isLocalEndpoint, parseEndpoint } from '../providers/endpoint.ts';
import {
  getConnection,
  listConnections,
  type ConnectionSettings,
  type ReadDb,
} from '../settings/connection-store.ts';

/** @throws {AppError} `invalid-input` when the endpoint is none. */
export function toSettings(input: Input<'connection.save'>): ConnectionSettings {
  const { kind, modelId, batchDeployment, concurrency, ownPrice, signIn } = input;
  assertSignsIn(kind, signIn);
  assertFits(kind, ownPrice);
  const shared = { kind, modelId, batchDeployment, concurrency, ownPrice, signIn };
  if (kind === 'built-in') {
    return { ...shared, endpoint: null, form: null, apiVersion: null, deployment: null };
  }
  const parsed = parseEndpoint(input.endpoint ?? '', kind, { apiVersion: input.apiVersion });
  return {
    ...shared,
    endpoint: parsed.endpoint,
    form: parsed.form,
    apiVersion: parsed.apiVersion,
    deployment:
      input.deployment ?? parsed.deployment ?? (kind === 'openai-compatible' ? (modelId ?? null) : null),
  };
}

/** @throws {AppError} `invalid-input` */
export function assertSignsIn(kind: Connection['kind'], signIn: 'key' | 'entra' | undefined): void {
  if (signIn !== 'entra' || kind === 'azure-openai' || kind === 'azure-vision') return;
  throw new AppError('invalid-input', { reason: 'Microsoft Entra signs in to Azure alone.' });
}

/** @throws {AppError} `invalid-input`, `not-found` */
export function assertMayEnhance(
  read: ReadDb,
  { kind, form }: Pick<Connection, 'kind' | 'form'>,
  enhancements: Connection['enhancements'] | null,
): void {
  if (enhancements === undefined || enhancements === null) return;
  const isRight =
    kind === 'azure-openai' &&
    form === 'dated' &&
    getConnection(read, enhancements.visionConnectionId).kind === 'azure-vision';
  if (isRight) return;
  throw new AppError('invalid-input', {
    reason:
      'The retired enhancements are a matter of Azure OpenAI in its dated form (--api-version), together with a connection to Azure AI Vision.',
  });
}

/**
 * A price of tokens says nothing of a service that counts transactions, and the other way round: a budget would not hold.
 *
 * @throws {AppError} `invalid-input`
 */
export function assertFits(kind: Connection['kind'], price: Price | null | undefined): void {
  if (price === undefined || price === null) return;
  const isOfFeatures = price.featureMicroUsd !== undefined;
  if (isOfFeatures === (kind === 'azure-vision')) return;
  throw new AppError('invalid-input', {
    reason: isOfFeatures
      ? 'A price per thousand transactions is for Azure AI Vision. Give one per million tokens, such as 2.5/10.'
      : 'Azure AI Vision counts transactions: give a price per thousand of them, such as 1.5.',
  });
}

/** No row has it: nothing is described by a connection that was never saved. */
const unsavedId = 0 as ConnectionId; // why: stands for no connection

/**
 * The connection that these settings mean, without saving it: planning changes nothing, and works beside a running app.
 *
 * @throws {AppError} `invalid-input` when the endpoint is none.
 */
export function previewConnection(read: ReadDb, input: Input<'connection.save'>): Connection {
  const { signIn, ...settings } = toSettings(input);
  const known = listConnections(read).find(
    ({ kind, endpoint, deployment }) =>
      kind === settings.kind && endpoint === settings.endpoint && deployment === settings.deployment,
  );
  const base: Connection = known ?? {
    ...settings,
    id: unsavedId,
    name: settings.deployment ?? settings.kind,
    modelId: null,
    concurrency: 1,
    requestsPerMinute: null,
    tokensPerMinute: null,
    ownPrice: null,
    ownLimits: { requestsPerMinute: null, tokensPerMinute: null },
    ...(signIn === 'entra' && { signIn }),
    learned: {},
    state: 'ready',
    error: null,
  };
  const batchDeployment = settings.batchDeployment ?? base.batchDeployment;
  return {
    ...base,
    batchDeployment,
    modelId: settings.modelId ?? base.modelId,
    ownPrice: settings.ownPrice ?? base.ownPrice,
  };
}

/** Plain http to a host outside our own network: photos and key could be read on the way. */
export function isInsecure({ endpoint }: Pick<Connection, 'endpoint'>): boolean {
  return endpoint !== null && new URL(endpoint).protocol === 'http:' && !isLocalEndpoint(endpoint);
}

/** Whether an endpoint as a person typed it is the connection's; `false` when it is none at all. */
export function isSameEndpoint(
  { kind, endpoint }: Pick<Connection, 'kind' | 'endpoint'>,
  typed: string,
): boolean {
  if (kind === 'built-in') return false;
  try {
    return parseEndpoint(typed, kind).endpoint === endpoint;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
