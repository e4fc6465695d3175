/**
 * @file What the emulator's "model" says: computed from the pictures, in the form that the request asks for.
 *
 * It follows instructions about the form only. Text among the data, even if it is phrased as an order, changes nothing:
 * a test that plants such text sees that its answer is the picture's.
 */

import type { ChatRequest } from './chat-request.ts';
import { isArray, isObject, type JsonObject } from './checks.ts';
import type { PictureDescription, SeenObject } from './describe-picture.ts';
import { findReference, typesOf } from './response-format.ts';

/** The whole answer, before any limit on its length. */
export function composeAnswer(request: ChatRequest): string {
  const pictures = request.pictures.map(({ description }) => description);
  if (request.format.kind === 'json-schema') {
    const numbers = request.pictures.map(({ number }) => number);
    const filler = new SchemaFiller(request.format.schema, pictures, numbers);
    const filled = filler.fill(request.format.schema, '', 0);
    if (!isObject(filled)) return JSON.stringify(filled);
    const moments = composeMoments(request, pictures);
    return JSON.stringify({
      ...filled,
      ...(moments !== undefined && 'moments' in filled && { moments }),
      // Text is read only where its places are asked for: the word that the caption says it reads.
      ...('textLines' in filled && { recognizedText: pictures[0]?.fingerprint ?? null }),
    });
  }
  if (request.format.kind === 'json-object' || asksForJson(request)) {
    const text = request.instructions + request.conversation;
    const numbered = request.pictures.flatMap(({ number, description }) =>
      number === undefined ? [] : [{ number, ...composeJson(text, [description]) }],
    );
    if (numbered.length > 1 && /"photos"/.test(text)) return JSON.stringify({ photos: numbered });
    // Such a model names things; where they are, the enhancements say.
    const isWithout = request.deployment.persona.hasEnhancements === true;
    return JSON.stringify(composeJson(text, pictures), (key, value: unknown) =>
      isWithout && key === 'box' ? undefined : value,
    );
  }
  if (asksForList(request)) return composeList(pictures);
  return composeProse(pictures, request.frameTimes);
}

/** What each frame shows, from its time to the next; the last one to the end, where the request says when that is. */
function composeMoments({ frameTimes, conversation }: ChatRequest, pictures: readonly PictureDescription[]) {
  if (frameTimes.length === 0) return undefined;
  const [, length] = /"lengthSeconds":\s*([\d.]+)/.exec(conversation) ?? [];
  return frameTimes.map((start, index) => ({
    start,
    end: frameTimes[index + 1] ?? Math.max(start, Number(length ?? start + 1)),
    text: pictures[index]?.caption ?? '',
  }));
}

/** A person who asks for words with commas between gets no sentences. */
function asksForList({ conversation }: ChatRequest): boolean {
  return /\bcommas?\b/i.test(conversation);
}

function composeList(pictures: readonly PictureDescription[]): string {
  return [...new Set(pictures.flatMap(({ keywords }) => keywords))].join(', ');
}

/** Only instructions count; where there are none, the person's own text is the instruction. */
function asksForJson({ instructions, conversation }: ChatRequest): boolean {
  return /\bJSON\b/.test(instructions === '' ? conversation : instructions);
}

/** @param frameTimes in seconds: of frames, each sentence says when. */
export function composeProse(
  pictures: readonly PictureDescription[],
  frameTimes: readonly number[] = [],
): string {
  if (pictures.length === 0) return 'There is no picture to look at.';
  const sentences = pictures.map(({ caption, widthPx, heightPx }, index) => {
    const seconds = frameTimes[index];
    const when = seconds === undefined ? '' : `At ${toClock(seconds)}: `;
    return `${when}${caption} It is ${widthPx} × ${heightPx} pixels.`;
  });
  if (sentences.length === 1) return sentences.join('');
  return sentences.map((sentence, index) => `${index + 1}. ${sentence}`).join('\n');
}

function toClock(seconds: number): string {
  return `${String(Math.floor(seconds / 60))}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
}

const jsonNames = [
  'title',
  'caption',
  'altText',
  'alt_text',
  'keywords',
  'recognizedText',
  'visible_text',
  'objects',
];

/** The known names that the text mentions as names; all when it mentions none. */
function composeJson(text: string, pictures: readonly PictureDescription[]): JsonObject {
  const asked = jsonNames.filter((name) => new RegExp(`["'\`]${name}["'\`]`).test(text));
  const names =
    asked.length > 0 ? asked : ['title', 'caption', 'alt_text', 'keywords', 'visible_text', 'objects'];
  const picture = pictures[0];
  return Object.fromEntries(
    names.map((name) => [name, picture === undefined ? null : knownValue(name, picture)]),
  );
}

/** What a property of this name means; `undefined` when the emulator knows nothing of it. */
function knownValue(name: string, picture: PictureDescription): unknown {
  switch (name.toLowerCase().replaceAll(/[^a-z]/g, '')) {
    case 'title':
    case 'headline':
      return picture.title;
    case 'caption':
    case 'description':
      return picture.caption;
    case 'extendeddescription':
    case 'answer':
      return composeProse([picture]);
    case 'alttext':
    case 'alt':
      return picture.altText;
    case 'keywords':
    case 'tags':
      return picture.keywords;
    case 'recognizedtext':
    case 'visibletext':
    case 'text':
      return picture.recognizedText;
    case 'textlines':
      // Across the middle.
      return [{ text: picture.fingerprint, box: { left: 100, top: 400, right: 900, bottom: 600 } }];
    case 'objects':
      return picture.objects;
    default:
      return undefined;
  }
}

const deepest = 12;

/** Fills a schema with what the pictures show; where it knows nothing, with a plausible empty value. */
class SchemaFiller {
  readonly #root: JsonObject;
  readonly #pictures: readonly PictureDescription[];
  readonly #numbers: readonly (number | undefined)[];

  constructor(
    root: JsonObject,
    pictures: readonly PictureDescription[],
    numbers: readonly (number | undefined)[],
  ) {
    this.#root = root;
    this.#pictures = pictures;
    this.#numbers = numbers;
  }

  fill(schema: unknown, name: string, depth: number, picture = this.#pictures[0]): unknown {
    const known = picture === undefined ? undefined : knownValue(name, picture);
    return this.#fill(schema, known, depth, picture);
  }

  #fill(schema: unknown, value: unknown, depth: number, picture: PictureDescription | undefined): unknown {
    if (!isObject(schema) || depth > deepest) return null;
    if (typeof schema['$ref'] === 'string') {
      return this.#fill(findReference(this.#root, schema['$ref']), value, depth + 1, picture);
    }
    if ('const' in schema) return schema['const'];
    if (isArray(schema['enum'])) return schema['enum'].includes(value) ? value : schema['enum'][0];
    if (isArray(schema['anyOf'])) {
      return this.#fill(chooseVariant(schema['anyOf'], value), value, depth + 1, picture);
    }
    const types = typesOf(schema);
    if (types.includes('null') && (value === null || value === undefined)) return null;
    if (types.includes('object')) return this.#fillObject(schema, value, depth, picture);
    if (types.includes('array')) return this.#fillArray(schema, value, depth, picture);
    if (types.includes('string')) return typeof value === 'string' ? value : '';
    if (types.includes('number') || types.includes('integer')) return typeof value === 'number' ? value : 0;
    return types.includes('boolean') ? value === true : null;
  }

  #fillObject(
    schema: JsonObject,
    value: unknown,
    depth: number,
    picture: PictureDescription | undefined,
  ): JsonObject {
    const properties = isObject(schema['properties']) ? schema['properties'] : {};
    const facts = isObject(value) ? value : {};
    const entries = Object.entries(properties).map(([name, part]): [string, unknown] => {
      const fact = facts[name] ?? facts[name.toLowerCase()];
      if (fact !== undefined) return [name, this.#fill(part, fact, depth + 1, picture)];
      return [name, this.fill(part, name, depth + 1, picture)];
    });
    return Object.fromEntries(entries);
  }

  #fillArray(
    schema: JsonObject,
    value: unknown,
    depth: number,
    picture: PictureDescription | undefined,
  ): unknown[] {
    const items = this.#resolve(schema['items']);
    if (isArray(value)) {
      return value.map((one) => this.#fill(items, itemFacts(one, items), depth + 1, picture));
    }
    if (!isDescriptionSchema(items)) return [];
    // One description for each picture, in the order in which they were sent.
    return this.#pictures.map((one, index) =>
      // A model knows the number of a picture by what the request calls it, and by nothing else.
      this.#fill(items, { index: index + 1, number: this.#numbers[index] ?? 0 }, depth + 1, one),
    );
  }

  #resolve(schema: unknown): unknown {
    if (!isObject(schema) || typeof schema['$ref'] !== 'string') return schema;
    return findReference(this.#root, schema['$ref']);
  }
}

/** A keyword, or an object seen, under the names that schemas give to its parts. */
function itemFacts(item: unknown, items: unknown): unknown {
  const wantsObject = isObject(items) && typesOf(items).includes('object');
  if (typeof item === 'string' && wantsObject) {
    return {
      keyword: item,
      name: item,
      label: item,
      term: item,
      value: item,
      text: item,
      confidence: 0.9,
      path: [item],
    };
  }
  if (isSeenObject(item)) {
    if (!wantsObject) return item.label;
    const { x, y, width, height } = item.box;
    const edges = {
      left: thousandths(x),
      top: thousandths(y),
      right: thousandths(x + width),
      bottom: thousandths(y + height),
    };
    return {
      ...item,
      box: { ...item.box, ...edges },
      name: item.label,
      score: item.confidence,
      ...item.box,
      w: width,
      h: height,
      bbox: [x, y, width, height],
    };
  }
  return item;
}

function thousandths(fraction: number): number {
  return Math.round(fraction * 1000);
}

function isSeenObject(value: unknown): value is SeenObject {
  return isObject(value) && typeof value['label'] === 'string' && isObject(value['box']);
}

function isDescriptionSchema(schema: unknown): boolean {
  if (!isObject(schema) || !isObject(schema['properties'])) return false;
  const names = Object.keys(schema['properties']).map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, ''));
  return ['caption', 'alttext', 'keywords', 'title', 'description'].some((name) => names.includes(name));
}

function chooseVariant(variants: readonly unknown[], value: unknown): unknown {
  if (value === null || value === undefined) return variants.find(isNull) ?? variants[0];
  return variants.find((variant) => !isNull(variant)) ?? variants[0];
}

function isNull(schema: unknown): boolean {
  return isObject(schema) && typesOf(schema).includes('null');
}
