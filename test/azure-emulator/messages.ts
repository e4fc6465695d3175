/** @file `messages`: roles, parts, and how many pictures they may carry (AZURE §1.3, §1.4). */

import {
  checkKeys,
  checkObject,
  checkOneOf,
  checkString,
  isArray,
  isObject,
  refuseMissing,
  refuseType,
  refuseValue,
  type JsonObject,
} from './checks.ts';
import { modelError, noVision, Refusal } from './errors.ts';
import type { Persona } from './personas.ts';
import type { Detail } from './tokens.ts';

export type ImagePart = {
  readonly url: string;
  /** As it stood in the request. The app must never send `auto` or nothing. */
  readonly detailSent: Detail | 'missing';
  /** Such as `messages[1].content[0].image_url`. */
  readonly path: string;
  /** The N of “Photo N” in the text part right before it; `undefined`: it has no name. */
  readonly number: number | undefined;
};

export type Messages = {
  /** What system and developer say. */
  readonly instructions: string;
  /** What everybody else says, in order. */
  readonly conversation: string;
  readonly images: readonly ImagePart[];
  /** Of frames of a video, in seconds: what stands before each picture (AZURE §6, Replacement). Empty for photos. */
  readonly frameTimes: readonly number[];
  readonly messageCount: number;
};

const roles = ['developer', 'system', 'user', 'assistant'] as const;
const mostMessages = 2048;
const mostCharacters = 1_048_576;

/** Checks every message. Throws `Refusal`. */
export function checkMessages(value: unknown, persona: Persona): Messages {
  if (value === undefined) refuseMissing('messages');
  if (!isArray(value)) refuseType('messages', 'an array of objects', value);
  if (value.length === 0) {
    refuseValue(
      'messages',
      "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an empty array instead.",
      'empty_array',
    );
  }
  if (value.length > mostMessages) {
    refuseValue(
      'messages',
      `Invalid 'messages': array too long. Expected an array with maximum length ${mostMessages}, but got an array with length ${value.length} instead.`,
      'array_above_max_length',
    );
  }
  const reader = new MessageReader(persona);
  for (const [index, message] of value.entries()) reader.read(message, index);
  return reader.finish(value.length);
}

/** What a picture is called by the text before it. */
function numberIn(part: unknown): number | undefined {
  const text = isObject(part) && part['type'] === 'text' ? part['text'] : undefined;
  const digits = typeof text === 'string' ? /^Photo (\d+)\b/.exec(text)?.[1] : undefined;
  return digits === undefined ? undefined : Number(digits);
}

class MessageReader {
  readonly #persona: Persona;
  readonly #instructions: string[] = [];
  readonly #conversation: string[] = [];
  readonly #images: ImagePart[] = [];
  readonly #frameTimes: number[] = [];
  readonly #roles = new Set<string>();

  constructor(persona: Persona) {
    this.#persona = persona;
  }

  read(value: unknown, index: number): void {
    const path = `messages[${index}]`;
    const message = checkObject(value, path);
    checkKeys(message, path, ['role', 'content', 'name', 'refusal']);
    const role = checkOneOf(message['role'], `${path}.role`, roles);
    this.#roles.add(role);
    if (message['name'] !== undefined) checkString(message['name'], `${path}.name`);
    const { content } = message;
    if (content === undefined || content === null) {
      if (role === 'assistant' && typeof message['refusal'] === 'string') return;
      refuseType(`${path}.content`, 'one of a string or array of objects', content ?? null);
    }
    if (typeof content === 'string') {
      this.#keepText(content, `${path}.content`, role);
    } else if (isArray(content)) {
      if (content.length === 0) {
        refuseValue(
          `${path}.content`,
          `Invalid '${path}.content': empty array. Expected an array with minimum length 1, but got an empty array instead.`,
          'empty_array',
        );
      }
      let before: unknown;
      for (const [partIndex, part] of content.entries()) {
        this.#readPart(part, role, index, { partIndex, number: numberIn(before) });
        before = part;
      }
    } else {
      refuseType(`${path}.content`, 'one of a string or array of objects', content);
    }
  }

  finish(messageCount: number): Messages {
    if (this.#persona.isReasoning && this.#roles.has('developer') && this.#roles.has('system')) {
      refuseValue(
        'messages',
        "Invalid 'messages': use either a 'developer' or a 'system' message with this model, not both.",
      );
    }
    this.#checkImageCount();
    return {
      instructions: this.#instructions.join('\n'),
      conversation: this.#conversation.join('\n'),
      images: this.#images,
      frameTimes: this.#checkFrames(),
      messageCount,
    };
  }

  #readPart(
    value: unknown,
    role: string,
    messageIndex: number,
    { partIndex, number }: { readonly partIndex: number; readonly number: number | undefined },
  ): void {
    const path = `messages[${messageIndex}].content[${partIndex}]`;
    const part = checkObject(value, path);
    const type = checkOneOf(part['type'], `${path}.type`, ['text', 'image_url']);
    checkKeys(part, path, ['type', type]);
    if (type === 'text') {
      const [, seconds] = /^Frame at time (\d+(?:\.\d+)?) seconds:$/.exec(String(part['text'])) ?? [];
      if (seconds !== undefined) this.#frameTimes.push(Number(seconds));
      this.#keepText(checkString(part['text'], `${path}.text`), `${path}.text`, role);
      return;
    }
    if (role !== 'user') {
      refuseValue(
        path,
        `Invalid '${path}'. Image URLs are only allowed for messages with role 'user', but this message with role '${role}' contains an image URL.`,
      );
    }
    const { server, sizeRule } = this.#persona;
    if (sizeRule === undefined) {
      if (server !== undefined && server.refusesBlind === undefined) return;
      throw new Refusal(server?.refusesBlind ?? noVision(messageIndex, partIndex));
    }
    const given = part['image_url'];
    const isBare = server?.takesBareUrl === true && typeof given === 'string';
    const image = isBare ? { url: given } : checkObject(given, `${path}.image_url`);
    this.#readImage(image, `${path}.image_url`, number);
  }

  #readImage(image: JsonObject, path: string, number: number | undefined): void {
    checkKeys(image, path, ['url', 'detail']);
    const url = checkString(image['url'], `${path}.url`);
    const details: readonly Detail[] = this.#persona.takesDetailOriginal
      ? ['low', 'high', 'auto', 'original']
      : ['low', 'high', 'auto'];
    const { detail } = image;
    const detailSent = detail === undefined ? 'missing' : checkOneOf(detail, `${path}.detail`, details);
    this.#images.push({ url, detailSent, path, number });
  }

  #keepText(text: string, path: string, role: string): void {
    if (text.length > mostCharacters) {
      refuseValue(
        path,
        `Invalid '${path}': string too long. Expected a string with maximum length ${mostCharacters}, but got a string with length ${text.length} instead.`,
        'string_above_max_length',
      );
    }
    const texts = role === 'system' || role === 'developer' ? this.#instructions : this.#conversation;
    texts.push(text);
  }

  /** Each frame has its time, and they come in order: a model would tell another story. */
  #checkFrames(): readonly number[] {
    const times = this.#frameTimes;
    if (times.length === 0) return times;
    const isInOrder = times.every((time, index) => index === 0 || time > (times[index - 1] ?? 0));
    const areAllCoarse = this.#images.every(({ detailSent }) => detailSent !== 'missing');
    if (times.length !== this.#images.length || !isInOrder || !areAllCoarse) {
      throw new Refusal(
        modelError('The emulator wants a time before each frame, in order, and its detail.', {}),
      );
    }
    return times;
  }

  #checkImageCount(): void {
    const { maxImages } = this.#persona;
    if (this.#images.length <= maxImages) return;
    throw new Refusal(
      maxImages === 10
        ? modelError('Too many images in request. Max is 10.', {})
        : modelError(`Exceeded maximum number of images (${maxImages}) allowed in the request.`, {
            param: 'input',
          }),
    );
  }
}
