import type { AskedField } from '../contract/models/description.ts';
import type { KeywordRules } from '../contract/models/prompt.ts';
import { asksForTextPlaces } from './response-schema.ts';

/**
 * Text tokens, estimated from above: English runs at about four characters a token, other scripts at one to two, JSON in
 * between. Bytes ÷ 3 is above every text that was measured against a tokenizer's published averages.
 */
export function estimateTextTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text, 'utf8') / 3) + messageOverheadTokens;
}

/** Roles, separators and the response schema around each message. */
const messageOverheadTokens = 12;

/** What an answer usually needs, by field, and the most that we allow. Reasoning models think inside the limit (AZURE §1.5). */
const usualTokens: Readonly<Record<AskedField, number>> = {
  title: 12,
  caption: 60,
  altText: 30,
  keywords: 60,
  recognizedText: 30,
  // About six of them, each with the four edges of its box.
  objects: 240,
  // About six, each a sentence with two times.
  moments: 210,
};

/** About three lines, each with the four edges of its box. */
const textPlacesTokens = 110;

const envelopeTokens = 30;

/** Beyond the usual fifteen, each keyword takes about four more. */
const usualKeywords = 15;
const tokensPerKeyword = 4;

/** What an answer with these fields usually takes, for the plan; the most that it may take is `maxOutputTokens`. */
export function usualOutputTokens(fields: readonly AskedField[], { max }: KeywordRules): number {
  const more = fields.includes('keywords') ? Math.max(0, max - usualKeywords) * tokensPerKeyword : 0;
  const places = asksForTextPlaces(fields) ? textPlacesTokens : 0;
  return fields.reduce((sum, field) => sum + usualTokens[field], envelopeTokens + more + places);
}

/** An oversized limit burns the tokens-per-minute quota (AZURE §4, quota facts), so it is four times the usual answer. */
export function maxOutputTokens(
  fields: readonly AskedField[],
  keywords: KeywordRules,
  thinks: boolean,
): number {
  const answer = usualOutputTokens(fields, keywords) * 4;
  return thinks ? answer + 2_000 : answer;
}
