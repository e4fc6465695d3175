import type { Connection } from '../../contract/models/connection.ts';
import { listOf, objectOf, omitUndefined, textOf } from '../wire.ts';
import { askServer, type AskOptions } from './get-json.ts';

/** What an Azure OpenAI resource says of itself without being paid. */
export type AzureLook =
  | {
      readonly status: 'seen';
      /** Names and models of its deployments; `undefined` when it does not tell. */
      readonly deployments: readonly { readonly name: string; readonly model?: string }[] | undefined;
    }
  | { readonly status: 'locked'; readonly httpStatus: 401 | 403 }
  /** It knows the address in another API version. */
  | { readonly status: 'version-unknown' }
  | { readonly status: 'strange'; readonly httpStatus: number }
  | { readonly status: 'unreachable'; readonly error: unknown };

/** The dated version that every resource knows (AZURE §1.1). */
const knownVersion = '2024-10-21';
/** The list of deployments is undocumented today, but still served (AZURE §1.10): a help, never relied upon. */
const deploymentsVersion = '2023-03-15-preview';

/** Asks a resource whether it takes the key and the API version, and, as far as it tells, which deployments it has. */
export async function lookAtAzure(
  { endpoint, form, apiVersion }: Pick<Connection, 'endpoint' | 'form' | 'apiVersion'>,
  options: AskOptions,
): Promise<AzureLook> {
  const base = `${(endpoint ?? '').replace(/\/+$/, '')}/openai`;
  const dated = (version: string): string => `${base}/models?api-version=${encodeURIComponent(version)}`;
  const address = form === 'dated' ? dated(apiVersion ?? knownVersion) : `${base}/v1/models`;
  const reply = await askServer(address, options);
  if (reply.status === 'unreachable') return reply;
  if (reply.status === 'other') {
    const { httpStatus } = reply;
    if (httpStatus === 401 || httpStatus === 403) return { status: 'locked', httpStatus };
    if (httpStatus !== 404 || form !== 'dated') return { status: 'strange', httpStatus };
    const again = await askServer(dated(knownVersion), options);
    return again.status === 'json' ? { status: 'version-unknown' } : { status: 'strange', httpStatus };
  }
  const list = await askServer(`${base}/deployments?api-version=${deploymentsVersion}`, options);
  return { status: 'seen', deployments: list.status === 'json' ? readDeployments(list.value) : undefined };
}

function readDeployments(value: unknown): { name: string; model?: string }[] | undefined {
  const entries = listOf(objectOf(value)?.['data'])?.map(objectOf);
  return entries?.flatMap((entry) => {
    const name = textOf(entry?.['id']);
    return name === undefined ? [] : [omitUndefined({ name, model: textOf(entry?.['model']) })];
  });
}
