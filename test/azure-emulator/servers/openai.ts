/** @file OpenAI itself: the plain `/v1` base with a key, and with models by their own names. */

import { modelError, unsupportedImage, type ErrorAnswer } from '../errors.ts';
import { personas, type Persona } from '../personas.ts';
import type { PlayedServer } from './models.ts';
import { createdAtSeconds } from './traits.ts';

const served: Readonly<Record<string, Persona>> = {
  'gpt-4.1': personas.gpt41,
  'gpt-4.1-mini': personas.gpt41Mini,
  'gpt-4o-mini': personas.gpt4oMini,
  'gpt-5-mini': personas.gpt5Mini,
  'gpt-5.5': personas.gpt55,
  'gpt-3.5-turbo': { ...personas.gpt35, model: 'gpt-3.5-turbo-0125' },
};

const badKey: ErrorAnswer = modelError(
  'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
  { httpStatus: 401, code: 'invalid_api_key' },
);

export const openAi: PlayedServer = {
  name: 'openai',
  usualPort: 0,
  deployments: Object.entries(served).map(([name, persona]) => ({ name, persona })),
  reads: undefined,
  pictureFormats: ['jpeg', 'png', 'webp', 'gif'],
  takesBareUrl: false,
  refusesWebUrl: undefined,
  refusesPicture: unsupportedImage,
  refusesBlind: modelError('Invalid content type. image_url is only supported by certain models.', {
    param: 'messages.[1].content.[1].type',
  }),
  servesAnyName: false,
  isToldNotToThink: undefined,
  thoughts: 'in-text',
  fingerprint: 'fp_emulator',
  idOf: (requestNumber) => `chatcmpl-openai${requestNumber}`,
  toError: (answer) => answer,
  unknownModel: (name) =>
    modelError(`The model \`${name}\` does not exist or you do not have access to it.`, {
      httpStatus: 404,
      code: 'model_not_found',
    }),
  unauthorized: badKey,
  listModels: (deployments) => ({
    object: 'list',
    data: deployments.map(({ name }) => ({
      id: name,
      object: 'model',
      created: createdAtSeconds,
      owned_by: 'system',
    })),
  }),
  native: () => undefined,
};
