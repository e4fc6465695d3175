import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import type { AskedField, DescriptionFields } from '../contract/models/description.ts';
import type { KeywordRules } from '../contract/models/prompt.ts';
import type { DetectedObject } from '../contract/places.ts';
import { findField } from './field-names.ts';
import { findJsonObject, type JsonRecord } from './find-json.ts';
import { applyKeywordRules, type KeywordContext } from './keyword-rules.ts';
import { readMoments } from './moments.ts';
import { readBoxes, type SeenSize } from './object-boxes.ts';
import { maxAltTextLength } from './prompt.ts';
import { readCrops, readTextLines } from './text-places.ts';

export type ParsedDescription =
  | { readonly status: 'parsed'; readonly fields: DescriptionFields }
  | { readonly status: 'empty' }
  /** The model declined in prose. */
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'unreadable'; readonly reason: string };

/**
 * Turns a model's text into fields: finds the JSON in it, takes what was asked for, and enforces the counts and lengths
 * that schemas cannot (AZURE §1.8). Never throws. What a model returns is data: nothing in it is run or rendered.
 *
 * @param asked fields that the run asked for; others are left out
 * @param rules what keywords are held to, what the photo's own data say, and how large the picture was that was sent
 */
export function parseDescription(
  text: string,
  asked: readonly AskedField[],
  rules: ParseRules = usualRules,
): ParsedDescription {
  const trimmed = text.trim();
  if (trimmed === '') return { status: 'empty' };
  const found = findJsonObject(trimmed, (object) => hasAll(object, asked));
  return found === undefined ? parseProse(trimmed, asked) : parseFields(found, asked, rules);
}

/** An answer that was cut off is an answer all the same when everything that was asked for is in it. */
function hasAll(object: JsonRecord, asked: readonly AskedField[]): boolean {
  return findValues(object, asked).size === asked.length;
}

export type ParseRules = {
  readonly rules: KeywordRules;
  readonly context: KeywordContext;
  /** Of the picture that was sent; without it, boxes in pixels are dropped. */
  readonly seen?: SeenSize | undefined;
  /** Of a video: its moments are inside it. */
  readonly durationMs?: number | undefined;
};

const usualRules: ParseRules = {
  rules: { min: 0, max: 15, form: 'phrases' },
  context: { own: [], camera: {} },
};

/** How models begin when they decline: no caption of a photo begins so. */
const refusal =
  /^(?:(?:i(?:'|’)?m|i am) (?:really |very )?sorry|sorry,|i (?:can(?:'|’)?t|cannot|am (?:not able|unable) to|won(?:'|’)?t)\b|i(?:'|’)m (?:not able|unable) to\b|(?:unfortunately,? )?i(?:'|’)m unable)/iu;

/** A model without structured output may answer in prose: that is a caption, and it was paid for. */
function parseProse(text: string, asked: readonly AskedField[]): ParsedDescription {
  if (/^\[|[{}]/.test(text) || !asked.includes('caption')) {
    return { status: 'unreadable', reason: 'There is no JSON in it.' };
  }
  const caption = cleanText(text);
  if (refusal.test(caption)) return { status: 'refused', reason: caption };
  return isNothing(caption) ? { status: 'empty' } : { status: 'parsed', fields: { caption } };
}

/** Every photo has something to say in these; a photo without text, keywords or objects is an answer too. */
const alwaysSaid: readonly AskedField[] = ['title', 'caption', 'altText'];

function parseFields(
  found: Readonly<Record<string, unknown>>,
  asked: readonly AskedField[],
  rules: ParseRules,
): ParsedDescription {
  const values = findValues(found, asked);
  const fields = takeFields(values, rules);
  Object.assign(fields, takePlaces(found, asked, rules.seen));
  const saysSomething = Object.values(fields).some((value) => value !== undefined && value.length > 0);
  const maySayNothing = values.size > 0 && !asked.some((field) => alwaysSaid.includes(field));
  return saysSomething || maySayNothing ? { status: 'parsed', fields } : { status: 'empty' };
}

/** What is given for each field that was asked for. A field's own name goes before its other names. */
function findValues(
  found: Readonly<Record<string, unknown>>,
  asked: readonly AskedField[],
): Map<AskedField, unknown> {
  const values = new Map<AskedField, unknown>();
  for (const [name, value] of Object.entries(found)) {
    const field = findField(name);
    if (field === undefined || !asked.includes(field)) continue;
    if (name === field || !values.has(field)) values.set(field, value);
  }
  return values;
}

/** Of a keyword that is an object, the part that names it. */
function nameIn(item: JsonRecord): string {
  const names = ['keyword', 'name', 'term', 'label', 'tag', 'text', 'value'];
  const named = names.map((name) => item[name]).find((value) => typeof value === 'string');
  return typeof named === 'string' ? named : '';
}

const looseText = z.union([z.string(), z.number()]).transform(String);
const looseKeywords = z.union([
  z.array(z.union([looseText, z.record(z.string(), z.unknown()).transform(nameIn)]).catch('')),
  z.string().transform((list) => list.split(/[,;\n]/)),
]);

function takeFields(
  values: ReadonlyMap<AskedField, unknown>,
  { rules, context, seen, durationMs }: ParseRules,
): DescriptionFields {
  const fields: DescriptionFields = {};
  for (const field of ['title', 'caption', 'recognizedText'] as const) {
    const value = looseText.safeParse(values.get(field));
    const cleaned = value.success ? cleanText(value.data, field === 'recognizedText') : '';
    if (!isNothing(cleaned)) fields[field] = cleaned;
  }
  const givenAltText = looseText.safeParse(values.get('altText'));
  const altText = givenAltText.success ? cleanAltText(givenAltText.data) : '';
  if (!isNothing(altText)) fields.altText = shorten(altText, maxAltTextLength);
  const keywords = looseKeywords.safeParse(values.get('keywords'));
  if (keywords.success) {
    const terms = keywords.data.map((keyword) => cleanText(keyword));
    fields.keywords = applyKeywordRules(terms, rules, context);
  }
  const objects = values.get('objects');
  if (Array.isArray(objects)) fields.objects = takeObjects(objects.slice(0, maxObjects), seen);
  if (durationMs !== undefined && values.has('moments')) {
    fields.moments = readMoments(values.get('moments'), durationMs, (text) => cleanText(text));
  }
  return fields;
}

/** What comes with a field that was asked for: where the text stands, and what to show of the picture. */
function takePlaces(
  found: JsonRecord,
  asked: readonly AskedField[],
  seen: SeenSize | undefined,
): Pick<DescriptionFields, 'textLines' | 'crops'> {
  const textLines = asked.includes('recognizedText') ? readTextLines(found['textLines'], seen) : [];
  const crops = asked.includes('objects') ? readCrops(found['crops']) : [];
  return { ...(textLines.length > 0 && { textLines }), ...(crops.length > 0 && { crops }) };
}

/** A model that repeats itself until its limit may name the same thing a thousand times. */
const maxObjects = 100;

const looseObject = z.union([
  z
    .record(z.string(), z.unknown())
    .transform((item) => ({ label: nameIn(item), confidence: item['confidence'] })),
  looseText.transform((label) => ({ label, confidence: undefined })),
]);

/** The same thing at the same place counts once; two of a kind at two places are two. */
function takeObjects(items: readonly unknown[], seen: SeenSize | undefined): DetectedObject[] {
  const boxes = readBoxes(items, seen);
  const objects = items.flatMap((item, index) => {
    const named = looseObject.safeParse(item);
    const label = named.success ? cleanText(named.data.label) : '';
    if (label === '') return [];
    const object: DetectedObject = { label };
    const box = boxes[index];
    if (box !== undefined) object.box = box;
    const confidence = z.number().min(0).max(1).safeParse(named.data?.confidence);
    if (confidence.success) object.confidence = confidence.data;
    return [object];
  });
  return [...new Map(objects.map((object) => [JSON.stringify([object.label, object.box]), object])).values()];
}

/** They make text show in another order than it is read. */
const directionControls = /[\u202A-\u202E\u2066-\u2069]/g;

/**
 * Control characters and terminal escapes out (a caption goes to terminals and files), spaces folded, quotes around the
 * whole text dropped.
 */
function cleanText(text: string, keepLines = false): string {
  const visible = stripVTControlCharacters(text.toWellFormed().replaceAll(/\r\n?/g, '\n'))
    .normalize('NFC')
    .replaceAll(directionControls, '')
    .replaceAll(/[\p{Cc}--[\n]]/gv, ' ');
  const folded = keepLines ? visible.replaceAll(/[^\S\n]+/g, ' ') : visible.replaceAll(/\s+/g, ' ');
  return folded
    .trim()
    .replace(/^"([^"]*)"$/, '$1')
    .trim();
}

function cleanAltText(text: string): string {
  const bare = cleanText(text).replace(
    /^(?:alt(?:ernative)? text:\s*|(?:an? )?(?:image|picture|photo(?:graph)?) (?:of|showing)\s+)/i,
    '',
  );
  return bare.charAt(0).toLocaleUpperCase('en') + bare.slice(1);
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Cut at a word, with an ellipsis; never in the middle of a character, also of one that is put together. */
function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  let cut = '';
  for (const { segment } of characters.segment(text.slice(0, length * 2))) {
    if (cut.length + segment.length > length - 1) break;
    cut += segment;
  }
  const atWord = cut.replace(/\s+\S*$/, '');
  return `${(atWord.length > length / 2 ? atWord : cut).trimEnd()}…`;
}

/** Nothing, or words with which models say so. */
function isNothing(text: string): boolean {
  return /^(?:(?:null|none|n\/a|no (?:visible )?text)\.?)?$/i.test(text);
}
