import { z } from 'zod';
import { descriptionField, type DescriptionField, type DescriptionFields, type DetectedObject } from '../contract/models.ts';
import { keywordKey } from './merge.ts';
import { maxAltTextLength, maxKeywords } from './prompt.ts';

export type ParsedDescription =
  | { readonly status: 'parsed'; readonly fields: DescriptionFields }
  | { readonly status: 'empty' }
  | { readonly status: 'unreadable'; readonly reason: string };

/**
 * Turns a model's text into fields: finds the JSON in it, takes what was asked for, and enforces the counts and lengths
 * that schemas cannot (AZURE §1.8). Never throws. What a model returns is data: nothing in it is run or rendered.
 *
 * @param asked fields that the run asked for; others are left out
 */
export function parseDescription(text: string, asked: readonly DescriptionField[]): ParsedDescription {
  const trimmed = text.trim();
  if (trimmed === '') return { status: 'empty' };
  const found = findJson(trimmed);
  if (found === undefined) {
    // A model without structured output may answer in prose: that is a caption, and it was paid for.
    if (/[{}]/.test(trimmed) || !asked.includes('caption')) return { status: 'unreadable', reason: 'no JSON in it' };
    return { status: 'parsed', fields: { caption: cleanText(trimmed) } };
  }
  const fields = takeFields(found, asked);
  return Object.keys(fields).length === 0 ? { status: 'empty' } : { status: 'parsed', fields };
}

/** Other names under which models give the same field. */
const aliases: Readonly<Record<string, DescriptionField>> = {
  alt_text: 'altText',
  alttext: 'altText',
  alt: 'altText',
  description: 'caption',
  tags: 'keywords',
  recognized_text: 'recognizedText',
  recognizedtext: 'recognizedText',
  visible_text: 'recognizedText',
  ocr: 'recognizedText',
};

const looseText = z.union([z.string(), z.number()]).transform(String);
const looseKeywords = z.union([
  z.array(z.union([looseText, z.object({ keyword: looseText }).transform((item) => item.keyword)]).catch('')),
  z.string().transform((list) => list.split(/[,;\n]/)),
]);
const looseObjects = z.array(
  z.union([z.object({ label: looseText }), looseText.transform((label) => ({ label }))]).catch({ label: '' }),
);

function takeFields(found: Readonly<Record<string, unknown>>, asked: readonly DescriptionField[]): DescriptionFields {
  const values = new Map<DescriptionField, unknown>();
  for (const [name, value] of Object.entries(found)) {
    const field = descriptionField.safeParse(name).data ?? aliases[name.toLowerCase()];
    if (field !== undefined && asked.includes(field) && !values.has(field)) values.set(field, value);
  }
  const fields: DescriptionFields = {};
  for (const field of ['title', 'caption', 'recognizedText'] as const) {
    const value = looseText.safeParse(values.get(field));
    const cleaned = value.success ? cleanText(value.data, field === 'recognizedText') : '';
    if (cleaned !== '' && !isNothing(cleaned)) fields[field] = cleaned;
  }
  const altText = looseText.safeParse(values.get('altText'));
  if (altText.success && cleanText(altText.data) !== '') fields.altText = shorten(cleanAltText(altText.data), maxAltTextLength);
  const keywords = looseKeywords.safeParse(values.get('keywords'));
  if (keywords.success) fields.keywords = cleanKeywords(keywords.data);
  const objects = looseObjects.safeParse(values.get('objects'));
  if (objects.success) fields.objects = objects.data.map(cleanObject).filter(({ label }) => label !== '');
  return fields;
}

/** Whole text, or what stands in a Markdown fence, or from the first brace to the last. */
function findJson(text: string): Readonly<Record<string, unknown>> | undefined {
  const fenced = /```(?:json)?\s*\n?([\s\S]*?)```/i.exec(text)?.[1];
  const start = text.indexOf('{');
  const end = text.lastIndexOf('}');
  const braced = start >= 0 && end > start ? text.slice(start, end + 1) : undefined;
  for (const candidate of [text, fenced, braced]) {
    const value = candidate === undefined ? undefined : tryJson(candidate);
    if (value !== undefined) return value;
  }
  return undefined;
}

const jsonObject = z.record(z.string(), z.unknown());

function tryJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    // Some models wrap the object in a list of one.
    return jsonObject.safeParse(Array.isArray(value) && value.length === 1 ? value[0] : value).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Control characters out (a caption goes to terminals and files), spaces folded, quotes around the whole text dropped. */
function cleanText(text: string, keepLines = false): string {
  const visible = text.normalize('NFC').replaceAll(/\r\n?/g, '\n').replaceAll(/[\p{Cc}--[\n]]/gv, ' ');
  const folded = keepLines ? visible.replaceAll(/[^\S\n]+/g, ' ') : visible.replaceAll(/\s+/g, ' ');
  return folded.trim().replace(/^"(.*)"$/s, '$1').trim();
}

function cleanAltText(text: string): string {
  const bare = cleanText(text).replace(/^(?:alt(?:ernative)? text:\s*|(?:an? )?(?:image|picture|photo(?:graph)?) (?:of|showing)\s+)/i, '');
  return bare.charAt(0).toLocaleUpperCase('en') + bare.slice(1);
}

/** Cut at a word, with an ellipsis; never in the middle of a character. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '');
  const atWord = cut.replace(/\s+\S*$/, '');
  return `${atWord.length > length / 2 ? atWord : cut}…`;
}

function cleanKeywords(keywords: readonly string[]): string[] {
  const seen = new Set<string>();
  return keywords
    .map((keyword) => cleanText(keyword).replace(/^[#\-*•\s]+/, '').replace(/[.,;:\s]+$/, ''))
    .filter((keyword) => {
      const key = keywordKey(keyword);
      // Numbers alone are a list's numbering (USERS §2.7), long ones are sentences; 64 is IPTC IIM's limit.
      if (key === '' || keyword.length > 64 || /^\d{1,3}$/.test(keyword) || seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .slice(0, maxKeywords);
}

function cleanObject({ label }: { label: string }): DetectedObject {
  return { label: cleanText(label) };
}

/** Words with which models say that there is nothing, in a text field. */
function isNothing(text: string): boolean {
  return /^(?:null|none|n\/a|no (?:visible )?text\.?)$/i.test(text);
}
