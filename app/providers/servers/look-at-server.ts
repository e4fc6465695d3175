import type { ServerKind } from '../../contract/models/connection.ts';
import { objectOf } from '../wire.ts';
import { askServer, type AskOptions, type JsonReply } from './get-json.ts';
import { readLmStudioModels, readOldLmStudioModels } from './lm-studio.ts';
import { readOllamaModels } from './ollama.ts';
import { readOpenAiList } from './openai-list.ts';
import type { ServedModel } from './served-model.ts';

/** What a server says of itself. */
export type ServerLook =
  | { readonly status: 'seen'; readonly server: ServerKind; readonly models: readonly ServedModel[] }
  /** It wants a key, or another one. `isLikely`: it says so as a server of models does, and not as any other would. */
  | { readonly status: 'locked'; readonly isLikely: boolean }
  /** Something answers, but lists no models as a server of models does. */
  | { readonly status: 'strange'; readonly httpStatus: number }
  | { readonly status: 'unreachable'; readonly error: unknown };

export type LookOptions = AskOptions & {
  /** Asks at the native addresses of local servers too. A cloud service has none, and is not troubled with them. */
  readonly isLocal: boolean;
};

/**
 * Asks a server which software it is, what it serves, and which of that sees pictures (AZURE §8). Sends no picture, and a
 * key only if it is given one.
 *
 * @param baseUrl to which `/chat/completions` is added
 */
export async function lookAtServer(baseUrl: string, options: LookOptions): Promise<ServerLook> {
  const root = baseUrl.replace(/\/v1\/?$/, '');
  const ask = (url: string): Promise<JsonReply> => askServer(url, options);
  const native = (path: string): Promise<JsonReply | undefined> =>
    options.isLocal ? ask(root + path) : Promise.resolve(undefined);
  const [list, tags, studio, oldStudio, props] = await Promise.all([
    ask(`${baseUrl}/models`),
    native('/api/tags'),
    native('/api/v1/models'),
    native('/api/v0/models'),
    native('/props'),
  ]);
  if (list.status === 'unreachable') return { status: 'unreachable', error: list.error };

  const ollama = await readOllamaModels(jsonOf(tags), root, options);
  if (ollama !== undefined) return seen('ollama', ollama);
  const lmStudio = readLmStudioModels(jsonOf(studio)) ?? readOldLmStudioModels(jsonOf(oldStudio));
  if (lmStudio !== undefined) return seen('lm-studio', lmStudio);
  const openAi = readOpenAiList(jsonOf(list));
  if (openAi !== undefined) {
    const llama = readLlamaProps(jsonOf(props));
    if (llama === undefined) return seen(openAi.isVllm ? 'vllm' : kindOfHost(baseUrl), openAi.models);
    // It serves one model, whatever a request calls it.
    return seen(
      'llama-cpp',
      openAi.models.map((model) => ({ ...model, vision: llama.vision ?? model.vision })),
    );
  }
  const httpStatus = list.status === 'other' ? list.httpStatus : 200;
  if (![401, 403].includes(httpStatus)) return { status: 'strange', httpStatus };
  return { status: 'locked', isLikely: 'value' in list && objectOf(list.value)?.['error'] !== undefined };
}

function seen(server: ServerKind, models: readonly ServedModel[]): ServerLook {
  return { status: 'seen', server, models };
}

function jsonOf(reply: JsonReply | undefined): unknown {
  return reply?.status === 'json' ? reply.value : undefined;
}

/** `GET /props` of the llama.cpp server. Builds before pictures do not say what they see. */
function readLlamaProps(value: unknown): { readonly vision: 'yes' | 'no' | undefined } | undefined {
  const props = objectOf(value);
  if (props === undefined || !('default_generation_settings' in props)) return undefined;
  const vision = objectOf(props['modalities'])?.['vision'];
  return { vision: vision === undefined ? undefined : vision === true ? 'yes' : 'no' };
}

function kindOfHost(baseUrl: string): ServerKind {
  return new URL(baseUrl).hostname === 'api.openai.com' ? 'openai' : 'other';
}
