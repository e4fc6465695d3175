/** @file The server of llama.cpp (AZURE §8, source LCPP): one model, whatever a request calls it. */

import { isObject } from '../checks.ts';
import type { ErrorAnswer } from '../errors.ts';
import { localModel, seesPictures, type PlayedServer } from './models.ts';
import { createdAtSeconds, messageOf } from './traits.ts';

const types: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  404: 'not_found_error',
  503: 'unavailable_error',
};

function error(httpStatus: number, message: string): ErrorAnswer {
  const type = types[httpStatus] ?? 'server_error';
  return { httpStatus, body: { error: { code: httpStatus, message, type } }, isOwn: true };
}

export const llamaCpp: PlayedServer = {
  name: 'llama-cpp',
  usualPort: 8_080,
  deployments: [localModel('gemma-3-4b-it-Q4_K_M.gguf', { vision: true })],
  // It reads more than OpenAI has; these are those of OpenAI's, and the one that reaches the chat template.
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
    'chat_template_kwargs',
  ]),
  // stb_image reads no webp.
  pictureFormats: ['jpeg', 'png', 'gif'],
  takesBareUrl: false,
  refusesWebUrl: undefined,
  refusesPicture: error(400, 'Failed to load image or audio file'),
  refusesBlind: error(
    500,
    'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
  ),
  servesAnyName: true,
  isToldNotToThink: ({ chat_template_kwargs: given }) =>
    isObject(given) && given['enable_thinking'] === false,
  thoughts: 'reasoning_content',
  fingerprint: 'b9876-emulator',
  idOf: (requestNumber) => `chatcmpl-llama${requestNumber}`,
  toError: (answer) => error(answer.httpStatus, messageOf(answer)),
  unknownModel: (name) => error(404, `model ${name} not found`),
  unauthorized: error(401, 'Invalid API Key'),
  listModels: (deployments, isOld) => ({
    ...(isOld && {
      models: deployments.map((one) => ({
        name: one.name,
        model: one.name,
        capabilities: seesPictures(one) ? ['completion', 'multimodal'] : ['completion'],
      })),
    }),
    object: 'list',
    data: deployments.map((one) => ({
      id: one.name,
      object: 'model',
      created: createdAtSeconds,
      owned_by: 'llamacpp',
      ...(!isOld && {
        architecture: { input_modalities: seesPictures(one) ? ['text', 'image'] : ['text'] },
      }),
      meta: { n_ctx: one.persona.contextTokens, n_params: 3_880_099_328 },
    })),
  }),
  native: ({ method, path }, [served], isOld) => {
    if (method !== 'GET' || served === undefined) return undefined;
    if (path === '/health') return { httpStatus: 200, body: { status: 'ok' } };
    if (path !== '/props') return undefined;
    return {
      httpStatus: 200,
      body: {
        default_generation_settings: { n_ctx: served.persona.contextTokens },
        total_slots: 1,
        model_path: `/models/${served.name}`,
        ...(!isOld && { modalities: { vision: seesPictures(served), audio: false } }),
      },
    };
  },
};
