import type { DescriptionField, DescriptionFields, Doubt } from '../contract/models/description.ts';
import type { KeywordRules } from '../contract/models/prompt.ts';
import type { KnownFacts } from '../providers/provider.ts';
import { toldFacts } from './context-text.ts';
import { isInOtherLanguage } from './other-language.ts';
import { namesPlace } from './place-names.ts';

/** What a description was asked for. */
export type Asked = {
  readonly fields: readonly DescriptionField[];
  readonly keywords: KeywordRules;
  /** As a BCP 47 tag, or whatever else the person wrote. */
  readonly language: string;
};

/**
 * What of an answer a person may want to look at. It is kept all the same: it was paid for, most of it is right, and whether
 * to pay for another is theirs to say. Pure, and cheap: no model is asked.
 */
export function findDoubts(
  fields: DescriptionFields,
  asked: Asked,
  known: KnownFacts,
  nowMs: number,
): Doubt[] {
  const { title = '', caption = '', altText = '', keywords = [], recognizedText = '' } = fields;
  const sentences = [title, caption, altText].filter((text) => text !== '').join('. ');
  const doubts: Doubt[] = [];
  if (asked.fields.includes('keywords') && keywords.length < asked.keywords.min) doubts.push('few-keywords');
  // Keywords beside sentences often have words of another language that are right.
  const text = sentences === '' ? keywords.join(', ') : sentences;
  if (isInOtherLanguage(text, asked.language)) doubts.push('other-language');
  const isPlaceKnown = known.facts.place !== undefined;
  // What stands on a sign, or was told, may be said again.
  const given = `${JSON.stringify(toldFacts(known, nowMs))} ${recognizedText}`;
  if (!isPlaceKnown && namesPlace({ sentences, keywords, given, language: asked.language })) {
    doubts.push('unknown-place');
  }
  return doubts;
}
