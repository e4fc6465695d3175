import type { ErrorInfo } from '../../contract/errors.ts';
import type { Connection, Learned } from '../../contract/models/connection.ts';
import { toAppError } from '../../platform/errors.ts';
import { toBaseUrl } from '../client.ts';
import { staysLocal } from '../endpoint.ts';
import type { ProviderOptions } from '../provider.ts';
import { toTransportOutcome } from '../transport.ts';
import { lookAtAzure } from './look-at-azure.ts';
import { lookAtServer } from './look-at-server.ts';
import type { LookReport } from './get-json.ts';
import { findModel, type ServedModel } from './served-model.ts';

export type { LookReport } from './get-json.ts';

/** What can be known of a connection without sending a picture. */
export type ConnectionLook = {
  /** What was looked at and is as it should be. */
  readonly passed: readonly CheckName[];
  readonly error: { readonly check: CheckName; readonly info: ErrorInfo } | undefined;
  /** To be kept with the connection. */
  readonly learned: Learned;
  readonly models: readonly ServedModel[];
};

type CheckName = 'settings' | 'reach' | 'key' | 'model' | 'vision';

/** A server that is about to load a model answers late. */
const timeoutMs = 10_000;
/** Named in a sentence; a server may have hundreds. */
const mostNamed = 8;

/** Asks the connection's own server, with its own key. Never throws. */
export async function lookAtConnection(
  connection: Connection,
  options: {
    readonly credential: ProviderOptions['credential'];
    readonly signal: AbortSignal;
    readonly onReply?: (report: LookReport) => void;
  },
): Promise<ConnectionLook> {
  // It says nothing of itself: only a picture shows whether it answers.
  if (connection.kind === 'azure-vision') return passed('settings');
  const asking = { ...options, timeoutMs };
  try {
    await options.credential?.renew?.();
  } catch (error) {
    return failed(['settings'], 'key', toAppError(error).toInfo());
  }
  return connection.kind === 'azure-openai'
    ? judgeAzure(connection, await lookAtAzure(connection, asking), options.signal)
    : judgeServer(
        connection,
        await lookAtServer(toBaseUrl(connection), { ...asking, isLocal: staysLocal(connection) }),
        options.signal,
      );
}

function judgeAzure(
  connection: Connection,
  look: Awaited<ReturnType<typeof lookAtAzure>>,
  signal: AbortSignal,
): ConnectionLook {
  const { deployment, apiVersion } = connection;
  switch (look.status) {
    case 'unreachable':
      return unreachable(connection, look.error, signal);
    case 'locked':
      return failed(['settings', 'reach'], 'key', {
        code: look.httpStatus === 401 ? 'provider-unauthorized' : 'provider-forbidden',
        details: {},
      });
    case 'version-unknown':
      return failed(['key'], 'settings', {
        code: 'provider-misconfigured',
        details: {
          reason: `The service does not know the API version ${apiVersion ?? ''}. Take 2024-10-21, or leave it out for the v1 form.`,
        },
      });
    case 'strange':
      return strange(connection, look.httpStatus);
    case 'seen': {
      const { deployments } = look;
      if (deployments === undefined) return passed('settings', 'reach', 'key');
      const found = deployments.find(({ name }) => name === deployment);
      const models = deployments.map(({ name }) => ({ id: name, vision: 'unknown' }) as const);
      if (found === undefined) {
        return { ...unknownModel(deployment, models), models };
      }
      const learned = found.model === undefined ? {} : { modelAnswered: found.model };
      return { ...passed('settings', 'reach', 'key', 'model'), learned, models };
    }
  }
}

function judgeServer(
  connection: Connection,
  look: Awaited<ReturnType<typeof lookAtServer>>,
  signal: AbortSignal,
): ConnectionLook {
  const name = connection.deployment ?? '';
  switch (look.status) {
    case 'unreachable':
      return unreachable(connection, look.error, signal);
    case 'locked':
      return failed(['settings', 'reach'], 'key', { code: 'provider-unauthorized', details: {} });
    case 'strange':
      return strange(connection, look.httpStatus);
    case 'seen': {
      const { server, models } = look;
      const learned = { server };
      // It serves one model, whatever it is called in a request.
      const model = findModel(models, name) ?? (server === 'llama-cpp' ? models[0] : undefined);
      if (model === undefined) {
        // A gateway need not list all that it passes on; our own server does.
        if (server === 'other' || server === 'openai') {
          return {
            ...passed('settings', 'reach', 'key'),
            learned: { ...learned, vision: 'unknown' },
            models,
          };
        }
        return { ...unknownModel(name, models), learned, models };
      }
      if (model.vision === 'no') {
        const blind = failed(['settings', 'reach', 'key', 'model'], 'vision', {
          code: 'provider-no-vision',
          details: { model: name, ...seeing(models) },
        });
        return { ...blind, learned, models };
      }
      return {
        ...passed(
          'settings',
          'reach',
          'key',
          'model',
          ...(model.vision === 'yes' ? ['vision' as const] : []),
        ),
        learned: {
          ...learned,
          vision: model.vision,
          ...(model.thinks === undefined ? {} : { thinks: model.thinks }),
        },
        models,
      };
    }
  }
}

function passed(...names: readonly CheckName[]): ConnectionLook {
  return { passed: names, error: undefined, learned: {}, models: [] };
}

function failed(before: readonly CheckName[], check: CheckName, info: ErrorInfo): ConnectionLook {
  return { ...passed(...before), error: { check, info } };
}

function unreachable(connection: Connection, error: unknown, signal: AbortSignal): ConnectionLook {
  const { host } = new URL(connection.endpoint ?? '');
  const isTimeout = error instanceof Error && error.name === 'TimeoutError';
  const outcome = toTransportOutcome(error, { host, canceled: signal.aborted, timedOut: isTimeout });
  const code = outcome.status === 'unreachable' ? 'provider-unreachable' : outcome.code;
  return failed(['settings'], 'reach', { code, details: outcome.details });
}

/** Something else than a server of models, or another path of one. */
function strange({ endpoint }: Connection, httpStatus: number): ConnectionLook {
  const { host } = new URL(endpoint ?? '');
  return failed(['settings'], 'reach', { code: 'provider-not-found', details: { host, httpStatus } });
}

function unknownModel(deployment: string | null, models: readonly ServedModel[]): ConnectionLook {
  return failed(['settings', 'reach', 'key'], 'model', {
    code: 'provider-deployment-not-found',
    details: { deployment: deployment ?? undefined, known: nameSome(models) },
  });
}

/** Of a server whose model sees nothing: those of its models that do. */
function seeing(models: readonly ServedModel[]): { readonly instead?: string } {
  const instead = nameSome(models.filter(({ vision }) => vision === 'yes'));
  return instead === undefined ? {} : { instead };
}

function nameSome(models: readonly ServedModel[]): string | undefined {
  if (models.length === 0) return undefined;
  const named = models.slice(0, mostNamed).map(({ id }) => id);
  return models.length > mostNamed ? `${named.join(', ')} …` : named.join(', ');
}
