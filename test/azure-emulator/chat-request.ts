/** @file From a request's body to a request that the model may answer, or a `Refusal`. */

import { checkObject, isObject, type JsonObject } from './checks.ts';
import { contextTooLong, Refusal } from './errors.ts';
import { checkMessages } from './messages.ts';
import { checkParameters, type Sampling } from './parameters.ts';
import type { Deployment } from './personas.ts';
import { readPicture, type Internet, type SentPicture } from './pictures.ts';
import { checkResponseFormat, type ResponseFormat } from './response-format.ts';
import { countTextTokens, tokensPerMessage, tokensPerRequest } from './tokens.ts';

export type ChatRequest = Sampling & {
  readonly deployment: Deployment;
  readonly instructions: string;
  readonly conversation: string;
  readonly pictures: readonly SentPicture[];
  readonly frameTimes: readonly number[];
  readonly format: ResponseFormat;
  /** The model thinks aloud before it answers. */
  readonly isThinking: boolean;
  /** Text by our stated rule, plus the tokens of every picture. */
  readonly promptTokens: number;
};

/** Checks and decodes. Throws `Refusal` with the service's documented error. */
export async function readChatRequest(
  value: unknown,
  {
    deployment,
    apiVersion,
    internet,
  }: {
    readonly deployment: Deployment;
    readonly apiVersion: string | undefined;
    readonly internet?: Internet | undefined;
  },
): Promise<ChatRequest> {
  const body: JsonObject = checkObject(value, 'body');
  const { persona } = deployment;
  const sampling = checkParameters(body, persona);
  const { instructions, conversation, images, frameTimes, messageCount } = checkMessages(
    body['messages'],
    persona,
  );
  const format = checkResponseFormat(body['response_format'], {
    persona,
    allText: `${instructions}\n${conversation}`,
    hasImages: images.length > 0,
    apiVersion,
  });
  const { sizeRule } = persona;
  const pictures =
    sizeRule === undefined
      ? []
      : await Promise.all(
          images.map((image) => readPicture(image, sizeRule, { server: persona.server, internet })),
        );

  const imageTokens = pictures.reduce((sum, { record }) => sum + record.imageTokens, 0);
  const schemaText = format.kind === 'json-schema' ? JSON.stringify(format.schema) : '';
  const promptTokens =
    tokensPerRequest +
    tokensPerMessage * messageCount +
    countTextTokens(instructions) +
    countTextTokens(conversation) +
    countTextTokens(schemaText) +
    imageTokens;
  const outputTokens = sampling.maxOutputTokens ?? 0;
  if (promptTokens + outputTokens > persona.contextTokens) {
    throw new Refusal(contextTooLong(persona.contextTokens, promptTokens, outputTokens));
  }
  const isThinking = persona.thinks === true && persona.server?.isToldNotToThink?.(body) !== true;
  return {
    ...sampling,
    deployment,
    instructions,
    conversation,
    pictures,
    frameTimes,
    format,
    promptTokens,
    isThinking,
  };
}

/** The body for the journal: each picture's URL is replaced by what is known of it. */
export function withoutPictures(value: unknown, pictures: readonly SentPicture[]): unknown {
  const left = [...pictures];
  const walk = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(walk);
    if (typeof part === 'string') {
      return part.startsWith('data:') ? `data URL, ${part.length} characters` : part;
    }
    if (!isObject(part)) return part;
    if (part['type'] === 'image_url' && left.length > 0) {
      return { type: 'image_url', image_url: left.shift()?.record };
    }
    return Object.fromEntries(
      // Of a data source: a key of another resource is a key as well.
      Object.entries(part).map(([key, inner]) => [key, key === 'key' ? '[key]' : walk(inner)]),
    );
  };
  return walk(value);
}
