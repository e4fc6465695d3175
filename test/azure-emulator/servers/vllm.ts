/** @file vLLM (AZURE §8, source VLLM). Its errors stand at the top level, and it does not say which models see. */

import { isObject } from '../checks.ts';
import type { ErrorAnswer } from '../errors.ts';
import { localModel, type PlayedServer } from './models.ts';
import { createdAtSeconds, messageOf } from './traits.ts';

function error(httpStatus: number, message: string, type = 'BadRequestError'): ErrorAnswer {
  return { httpStatus, body: { object: 'error', message, type, param: null, code: httpStatus }, isOwn: true };
}

export const vllm: PlayedServer = {
  name: 'vllm',
  usualPort: 8_000,
  deployments: [localModel('Qwen/Qwen2.5-VL-7B-Instruct', { vision: true })],
  reads: new Set([
    'model',
    'messages',
    'max_tokens',
    'max_completion_tokens',
    'temperature',
    'top_p',
    'frequency_penalty',
    'presence_penalty',
    'logit_bias',
    'logprobs',
    'top_logprobs',
    'seed',
    'stop',
    'stream',
    'stream_options',
    'response_format',
    'user',
    'chat_template_kwargs',
  ]),
  pictureFormats: ['jpeg', 'png', 'webp', 'gif'],
  takesBareUrl: false,
  refusesWebUrl: undefined,
  refusesPicture: error(400, 'cannot identify image file'),
  refusesBlind: error(400, 'At most 0 image(s) may be provided in one request.'),
  servesAnyName: false,
  isToldNotToThink: ({ chat_template_kwargs: given }) =>
    isObject(given) && given['enable_thinking'] === false,
  thoughts: 'in-text',
  fingerprint: undefined,
  idOf: (requestNumber) => `chatcmpl-${String(requestNumber).padStart(32, '0')}`,
  toError: (answer) => error(answer.httpStatus, messageOf(answer)),
  unknownModel: (name) => error(404, `The model \`${name}\` does not exist.`, 'NotFoundError'),
  unauthorized: { httpStatus: 401, body: { error: 'Unauthorized' }, isOwn: true },
  listModels: (deployments) => ({
    object: 'list',
    data: deployments.map(({ name, persona }) => ({
      id: name,
      object: 'model',
      created: createdAtSeconds,
      owned_by: 'vllm',
      root: name,
      parent: null,
      max_model_len: persona.contextTokens,
    })),
  }),
  native: ({ method, path }) =>
    method === 'GET' && path === '/version' ? { httpStatus: 200, body: { version: '0.19.0' } } : undefined,
};
