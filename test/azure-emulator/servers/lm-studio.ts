/** @file LM Studio (AZURE §8, source LMS). Its errors are strings. */

import type { JsonObject } from '../checks.ts';
import type { ErrorAnswer } from '../errors.ts';
import { localModel, seesPictures, type PlayedServer } from './models.ts';
import { createdAtSeconds, messageOf, type ServedModel } from './traits.ts';

function error(httpStatus: number, message: string): ErrorAnswer {
  return { httpStatus, body: { error: message }, isOwn: true };
}

const notBase64 = error(400, "'url' field must be a base64 encoded image.");

function entry(deployment: ServedModel): JsonObject {
  const { name, persona } = deployment;
  const isEmbedding = persona.isEmbedding === true;
  return {
    type: isEmbedding ? 'embedding' : 'llm',
    publisher: 'lmstudio-community',
    key: name,
    display_name: name,
    quantization: { name: 'Q4_K_M', bits_per_weight: 4 },
    size_bytes: 3_338_801_804,
    params_string: '4B',
    loaded_instances: [],
    max_context_length: persona.contextTokens,
    format: 'gguf',
    ...(!isEmbedding && { capabilities: { vision: seesPictures(deployment), trained_for_tool_use: false } }),
  };
}

function oldEntry(deployment: ServedModel): JsonObject {
  const { name, persona } = deployment;
  const type = persona.isEmbedding === true ? 'embeddings' : seesPictures(deployment) ? 'vlm' : 'llm';
  return { id: name, object: 'model', type, state: 'loaded', max_context_length: persona.contextTokens };
}

export const lmStudio: PlayedServer = {
  name: 'lm-studio',
  usualPort: 1_234,
  deployments: [
    localModel('llama-3.2-3b-instruct', { vision: false }),
    localModel('google/gemma-3-4b', { vision: true }),
    localModel('qwen/qwen3-vl-8b', { vision: true, thinks: true }),
    localModel('text-embedding-nomic-embed-text-v1.5', { vision: false, isEmbedding: true }),
  ],
  reads: new Set([
    'model',
    'messages',
    'max_tokens',
    'temperature',
    'top_p',
    'frequency_penalty',
    'presence_penalty',
    'logit_bias',
    'seed',
    'stop',
    'stream',
    'stream_options',
    'response_format',
  ]),
  // Many report that it refuses webp.
  pictureFormats: ['jpeg', 'png'],
  takesBareUrl: false,
  refusesWebUrl: notBase64,
  refusesPicture: notBase64,
  refusesBlind: error(400, 'Model does not support images. Please use a model that does.'),
  servesAnyName: false,
  isToldNotToThink: undefined,
  thoughts: 'in-text',
  fingerprint: undefined,
  idOf: (requestNumber) => `chatcmpl-lmstudio${requestNumber}`,
  toError: (answer) => error(answer.httpStatus, messageOf(answer)),
  unknownModel: (name) =>
    error(404, `Model "${name}" not found. Load it first, or turn on just-in-time loading.`),
  unauthorized: error(401, 'An LM Studio API token is required to make requests to this server.'),
  listModels: (deployments) => ({
    object: 'list',
    data: deployments.map(({ name }) => ({
      id: name,
      object: 'model',
      created: createdAtSeconds,
      owned_by: 'organization_owner',
    })),
  }),
  native: ({ method, path }, deployments, isOld) => {
    if (method !== 'GET') return undefined;
    if (path === '/api/v1/models' && !isOld) {
      return { httpStatus: 200, body: { models: deployments.map(entry) } };
    }
    if (path === '/api/v0/models') {
      return { httpStatus: 200, body: { object: 'list', data: deployments.map(oldEntry) } };
    }
    return undefined;
  },
};
