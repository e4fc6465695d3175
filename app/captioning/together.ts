import type { Connection } from '../contract/models/connection.ts';
import type { RunOptions } from '../contract/models/run.ts';
import { isOwnServer } from '../providers/endpoint.ts';
import { findModelAbilities } from '../providers/models.ts';
import type { KnownFacts } from '../providers/provider.ts';
import { modelOf } from '../usage/prices.ts';
import { asData, toBoundedJson, toldFacts } from './context-text.ts';
import { usualOutputTokens } from './estimate.ts';
import { instructions, keywordRulesOf, type PromptOptions } from './prompt.ts';
import { objectOf, responseSchema } from './response-schema.ts';

/**
 * [Note: Together] Photos of one burst, and near-duplicates, may be described in one request: instructions and vocabulary are
 * paid once, and the words agree. Each photo stands behind its number, has an entry of its own in the answer, and is parsed,
 * stored and ended by itself. One that is left out, or whose entry says nothing, is asked for alone; so is each when the
 * service refuses them together.
 */

/** An answer with one entry for each photo. */
export const togetherSchemaName = 'photo_descriptions';

/**
 * How many photos the connection takes in one request: as many pictures as it takes, and no more than it can write about.
 * 1 where photos go alone: to the built-in describer, to Image Analysis, which takes one picture, and to a server at home, whose
 * model may lose all but the last picture without a word (AZURE §8) and costs nothing.
 */
export function mostTogether(connection: Connection, options: Pick<RunOptions, PromptKey>): number {
  const { kind, enhancements } = connection;
  const isAlone = enhancements !== undefined || kind === 'built-in' || kind === 'azure-vision';
  if (isAlone || isOwnServer(connection)) return 1;
  const { maxImagesPerRequest, maxAnswerTokens } = findModelAbilities(modelOf(connection));
  const perPhoto = togetherSpare * usualOutputTokens(options.fields, keywordRulesOf(options));
  return Math.max(1, Math.min(maxImagesPerRequest, Math.floor(maxAnswerTokens / perPhoto) - 1));
}

type PromptKey = 'fields' | 'prompt' | 'custom' | 'keywords';

/** Answers of several photos are not all long: each may be so many times as long as usual, and one of them twice that. */
const togetherSpare = 2;

/** The most tokens that an answer about so many photos may take. Of one photo it is what a photo that goes alone may take. */
export function maxTogetherTokens(usualTokens: number, photos: number, thinks: boolean): number {
  return togetherSpare * usualTokens * (photos + 1) + (thinks ? 2_000 : 0);
}

/** The system message for several photos. */
export function togetherInstructions(options: PromptOptions): string {
  return [
    instructions(options),
    `There are several photos, taken together or nearly alike. Each stands behind its name: “${photoName(1)}”, “${photoName(2)}” and so on.`,
    'Answer with {"photos": […]}: one entry for each photo, in the same order, with its number as “number” and all of the fields above.',
    'Describe each photo from its own picture. For what is the same in several, use the same words and the same keywords; let the captions say in what they differ.',
  ].join('\n');
}

export function togetherSchema(options: Pick<RunOptions, 'fields'>): ReturnType<typeof responseSchema> {
  const { properties } = responseSchema(options.fields).schema;
  const members = properties as Readonly<Record<string, unknown>>; // why: responseSchema makes an object of them
  return {
    name: togetherSchemaName,
    schema: objectOf({
      photos: { type: 'array', items: objectOf({ number: { type: 'integer' }, ...members }) },
    }),
  };
}

export function photoName(number: number): string {
  return `Photo ${String(number)}`;
}

/** What is said before all photos. */
export function togetherText(photos: number, vocabulary: readonly string[]): string {
  const lead = `Describe each of these ${String(photos)} photos.`;
  const json = toBoundedJson({ vocabulary });
  return json === '{}' ? lead : `${lead} ${asData('all of them', json)}`;
}

/** What stands right before a photo: its name, and what is known of it. */
export function labelText(number: number, known: KnownFacts, nowMs: number): string {
  const json = toBoundedJson(toldFacts(known, nowMs));
  const name = photoName(number);
  return json === '{}' ? name : `${name}\n${asData('it', json)}`;
}
