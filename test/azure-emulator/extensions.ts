/**
 * @file The retired route of enhancements (AZURE §5.1): what a request must have beside a chat completion, and the places that
 * its answer gets.
 */

import type { ChatRequest } from './chat-request.ts';
import {
  checkKeys,
  checkObject,
  checkString,
  isArray,
  refuseType,
  refuseValue,
  type JsonObject,
} from './checks.ts';
import type { PictureDescription } from './describe-picture.ts';
import { modelError, Refusal } from './errors.ts';
import type { Persona } from './personas.ts';

export type Enhancements = { readonly grounding: boolean; readonly ocr: boolean };

const notSupported = modelError(
  'The deployed GPT model does not support Vision Enhancement and On Your Data (OYD) with images',
  {},
);

/** Takes the enhancements out of a body, and leaves a chat completion. Throws `Refusal`. */
export function readEnhancements(
  body: unknown,
  persona: Persona,
  visionKey: string,
): { readonly chat: JsonObject; readonly enhancements: Enhancements } {
  const { enhancements: wish, dataSources, ...chat } = checkObject(body, 'body');
  if (persona.hasEnhancements !== true) throw new Refusal(notSupported);
  const given = checkObject(wish, 'enhancements');
  checkKeys(given, 'enhancements', ['ocr', 'grounding']);
  const isOn = (name: 'ocr' | 'grounding'): boolean => {
    if (given[name] === undefined) return false;
    const one = checkObject(given[name], `enhancements.${name}`);
    checkKeys(one, `enhancements.${name}`, ['enabled']);
    if (typeof one['enabled'] !== 'boolean') {
      refuseType(`enhancements.${name}.enabled`, 'a boolean', one['enabled']);
    }
    return one['enabled'];
  };
  const enhancements = { grounding: isOn('grounding'), ocr: isOn('ocr') };
  checkSources(dataSources, visionKey);
  // None of the samples streams, and JSON mode never was there beside pictures.
  if (chat['stream'] === true) refuseValue('stream', 'The emulator does not play streams of enhancements.');
  if (chat['response_format'] !== undefined) {
    refuseValue('response_format', "Unknown parameter: 'response_format'.");
  }
  return { chat, enhancements };
}

/** One source, which is an Azure AI Vision resource with its own key. */
function checkSources(value: unknown, visionKey: string): void {
  if (!isArray(value) || value.length !== 1) refuseType('dataSources', 'an array with one object', value);
  const source = checkObject(value[0], 'dataSources[0]');
  checkKeys(source, 'dataSources[0]', ['type', 'parameters']);
  if (source['type'] !== 'AzureComputerVision') {
    refuseValue('dataSources[0].type', `Unsupported data source type '${String(source['type'])}'.`);
  }
  const parameters = checkObject(source['parameters'], 'dataSources[0].parameters');
  checkKeys(parameters, 'dataSources[0].parameters', ['endpoint', 'key']);
  const endpoint = URL.parse(checkString(parameters['endpoint'], 'dataSources[0].parameters.endpoint'));
  if (endpoint === null || !/^https?:$/.test(endpoint.protocol)) {
    refuseValue('dataSources[0].parameters.endpoint', 'The endpoint is no address.');
  }
  if (checkString(parameters['key'], 'dataSources[0].parameters.key') !== visionKey) {
    throw new Refusal(
      modelError('Access to the Computer Vision resource was denied: check its key.', {
        httpStatus: 401,
        code: 'Unauthorized',
        param: 'dataSources',
      }),
    );
  }
}

/** It looked at one picture at a time. */
export function checkOnePicture({ pictures }: ChatRequest): void {
  if (pictures.length === 1) return;
  throw new Refusal(
    modelError('Vision enhancements take exactly one image in a request.', { param: 'messages' }),
  );
}

/** A line for the text, with a span for each thing of the picture that the text names; offsets count code points. */
export function groundingOf(text: string, picture: PictureDescription | undefined): JsonObject {
  const spans = (picture?.objects ?? []).flatMap(({ label, box }) => {
    const at = text.toLowerCase().indexOf(label.toLowerCase());
    if (at === -1) return [];
    const { x, y, width, height } = box;
    const polygon = [
      { x, y },
      { x: x + width, y },
      { x: x + width, y: y + height },
      { x, y: y + height },
    ];
    const offset = Array.from(text.slice(0, at)).length;
    return [{ text: text.slice(at, at + label.length), offset, length: Array.from(label).length, polygon }];
  });
  return { grounding: { status: 'Success', lines: [{ text, spans }] } };
}
