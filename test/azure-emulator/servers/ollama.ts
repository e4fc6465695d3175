/** @file Ollama (AZURE §8, source OLL). */

import { isObject, type JsonObject } from '../checks.ts';
import type { ErrorAnswer } from '../errors.ts';
import { localModel, type PlayedServer } from './models.ts';
import { createdAtSeconds, messageOf, type ServedModel } from './traits.ts';

function error(httpStatus: number, message: string, type = 'invalid_request_error'): ErrorAnswer {
  return { httpStatus, body: { error: { message, type, param: null, code: null } }, isOwn: true };
}

function capabilitiesOf({ persona }: ServedModel): string[] {
  if (persona.isEmbedding === true) return ['embedding'];
  return [
    'completion',
    ...(persona.sizeRule === undefined ? [] : ['vision']),
    ...(persona.thinks === true ? ['thinking'] : []),
  ];
}

function tag(deployment: ServedModel, isOld: boolean): JsonObject {
  const { name } = deployment;
  return {
    name,
    model: name,
    modified_at: '2026-08-21T10:00:00Z',
    size: 3_338_801_804,
    digest: 'a2af6cc3eb7f',
    details: {
      format: 'gguf',
      family: name.split(':')[0],
      parameter_size: '4.3B',
      quantization_level: 'Q4_K_M',
    },
    ...(!isOld && { capabilities: capabilitiesOf(deployment) }),
  };
}

export const ollama: PlayedServer = {
  name: 'ollama',
  usualPort: 11_434,
  deployments: [
    localModel('llama3.2:latest', { vision: false }),
    localModel('gemma3:4b', { vision: true }),
    localModel('qwen3-vl:8b', { vision: true, thinks: true }),
    localModel('llava:latest', { vision: true }),
    localModel('nomic-embed-text:latest', { vision: false, isEmbedding: true }),
  ],
  reads: new Set([
    'model',
    'messages',
    'max_tokens',
    'temperature',
    'top_p',
    'frequency_penalty',
    'presence_penalty',
    'seed',
    'stop',
    'stream',
    'stream_options',
    'response_format',
    'reasoning_effort',
  ]),
  pictureFormats: ['jpeg', 'png', 'webp'],
  takesBareUrl: true,
  refusesWebUrl: error(400, 'image URLs are not currently supported, please use base64 encoded data instead'),
  refusesPicture: error(400, 'invalid image input'),
  // The chat handler asks for completion, tools and thinking only: a text model answers without the picture.
  refusesBlind: undefined,
  servesAnyName: false,
  isToldNotToThink: (body) => body['reasoning_effort'] === 'none',
  thoughts: 'reasoning',
  fingerprint: 'fp_ollama',
  // Not unique, as documented: a number below 999.
  idOf: (requestNumber) => `chatcmpl-${(requestNumber * 7) % 5}`,
  toError: (answer) => error(answer.httpStatus, messageOf(answer)),
  unknownModel: (name) => error(404, `model "${name}" not found, try pulling it first`, 'not_found_error'),
  unauthorized: error(401, 'unauthorized', 'authentication_error'),
  listModels: (deployments) => ({
    object: 'list',
    data: deployments.map(({ name }) => ({
      id: name,
      object: 'model',
      created: createdAtSeconds,
      owned_by: 'library',
    })),
  }),
  native: ({ method, path, body }, deployments, isOld) => {
    if (method === 'GET' && path === '/api/tags') {
      return { httpStatus: 200, body: { models: deployments.map((one) => tag(one, isOld)) } };
    }
    if (method === 'GET' && path === '/api/version') return { httpStatus: 200, body: { version: '0.21.0' } };
    if (method !== 'POST' || path !== '/api/show') return undefined;
    const name = isObject(body) ? (body['model'] ?? body['name']) : undefined;
    const shown = deployments.find((one) => one.name === name);
    if (shown === undefined) return { httpStatus: 404, body: { error: `model '${String(name)}' not found` } };
    return {
      httpStatus: 200,
      body: {
        details: { family: 'gemma3' },
        model_info: {
          'general.architecture': 'gemma3',
          'gemma3.context_length': shown.persona.contextTokens,
        },
        capabilities: capabilitiesOf(shown),
      },
    };
  },
};
