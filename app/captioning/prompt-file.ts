import { z } from 'zod';
import { descriptionField, type DescriptionField } from '../contract/models/description.ts';
import type { CustomPrompt, KeywordRules, PromptSpec } from '../contract/models/prompt.ts';
import { AppError } from '../platform/errors.ts';
import { presets } from './presets.ts';
import { hashOf } from './prompt.ts';

/** A prompt of one's own that no longer fits on two pages costs more than it says, with every photo. */
const longestInstructions = 4_000;

/**
 * Reads a prompt file: lines `name: value` between two lines `---`, then instructions in plain words. Every line may be
 * left out; what is not said is as in the preset `general`.
 *
 *     ---
 *     fields: title, caption, keywords
 *     keywords: 10-20
 *     keyword-form: words
 *     language: de
 *     style: warm, for a family album
 *     ---
 *     Say what season it is, if it can be seen.
 *
 * @param name what the prompt is called: its file's name without its ending
 * @throws {AppError} `invalid-input`, naming the line
 */
export function parsePromptFile(name: string, source: string): CustomPrompt {
  const { head, body } = split(source);
  const general = presets['general'];
  if (general === undefined) throw new AppError('internal', { reason: 'no preset general' });
  const settings = new Map(head.map((line) => [readName(line), line]));
  const style = settings.get('style')?.value ?? '';
  if (body === '' && settings.size === 0) throw invalid('The prompt file is empty.');
  if (body.length > longestInstructions || style.length > 300) {
    throw invalid(
      `A prompt file takes at most ${String(longestInstructions)} characters, and 300 for its style.`,
    );
  }
  return toCustomPrompt({
    label: name,
    about: settings.get('about')?.value.slice(0, 200) ?? '',
    fields: readFields(settings.get('fields'), general.fields),
    keywords: readKeywords(settings, general.keywords),
    style,
    instructions: body,
    language: settings.get('language')?.value,
  });
}

/** A prompt as it is kept. The same words are the same version, whichever way they were given. */
export function toCustomPrompt({
  label,
  about,
  fields,
  keywords: { min, max, form: keywordForm },
  style,
  instructions,
  language,
}: PromptSpec): CustomPrompt {
  const spec: PromptSpec = {
    label,
    about: about.trim(),
    fields: descriptionField.options.filter((field) => fields.includes(field)),
    keywords: { min, max, form: keywordForm },
    style: style.trim(),
    instructions: instructions.trim(),
    ...(language === undefined || language.trim() === '' ? {} : { language: language.trim() }),
  };
  return { hash: hashOf(spec, 8), spec };
}

const settingNames = new Set(['about', 'fields', 'keywords', 'keyword-form', 'language', 'style']);

/** A line of the head, and what stands behind its colon. */
type Line = { readonly number: number; readonly text: string; readonly value: string };

function split(source: string): { head: Line[]; body: string } {
  const text = source
    .toWellFormed()
    .replace(/^\uFEFF/u, '')
    .replaceAll(/\r\n?/gu, '\n');
  const match = /^---\n(?<head>[\s\S]*?)(?:^|\n)---[ \t]*(?:\n|$)(?<body>[\s\S]*)$/u.exec(text);
  if (match?.groups === undefined) return { head: [], body: text.trim() };
  const { head = '', body = '' } = match.groups;
  const lines = head.split('\n').map((line, index) => ({
    // The marks above it are the first line.
    number: index + 2,
    text: line.trim(),
    value: line.slice(line.indexOf(':') + 1).trim(),
  }));
  return { head: lines.filter((line) => line.text !== ''), body: body.trim() };
}

function readName(line: Line): string {
  const name = /^([a-z-]+):/iu.exec(line.text)?.[1]?.toLowerCase();
  if (name === undefined || !settingNames.has(name)) {
    throw invalidAt(
      line,
      `“${line.text.slice(0, 60)}” is no setting; there are ${[...settingNames].join(', ')}.`,
    );
  }
  return name;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]/g, '');

function readFields(line: Line | undefined, usual: readonly DescriptionField[]): DescriptionField[] {
  if (line === undefined) return [...usual];
  const fields = line.value.split(',').map((name) => {
    const field = descriptionField.options.find((known) => plain(known) === plain(name));
    if (field === undefined) {
      throw invalidAt(
        line,
        `There is no field “${name.trim()}”; there are ${descriptionField.options.join(', ')}.`,
      );
    }
    return field;
  });
  return descriptionField.options.filter((field) => fields.includes(field));
}

const form = z.enum(['words', 'phrases']);

function readKeywords(settings: ReadonlyMap<string, Line>, usual: KeywordRules): KeywordRules {
  const [count, asked] = [settings.get('keywords'), settings.get('keyword-form')];
  const range = count === undefined ? usual : parseKeywordCount(count.value);
  if (range === undefined) {
    throw invalidAt(count, 'keywords is a number such as 20, or a range such as 10-20, up to 100.');
  }
  const read = form.safeParse(asked?.value ?? usual.form);
  if (!read.success) throw invalidAt(asked, 'keyword-form is words or phrases.');
  return { min: range.min, max: range.max, form: read.data };
}

/** `20` or `10-20`; `undefined` for anything else. */
export function parseKeywordCount(text: string): { min: number; max: number } | undefined {
  const match = /^(\d{1,3})(?:\s*(?:-|–|\.\.)\s*(\d{1,3}))?$/u.exec(text.trim());
  if (match === null) return undefined;
  const first = Number(match[1]);
  const max = match[2] === undefined ? first : Number(match[2]);
  const min = match[2] === undefined ? Math.min(first, Math.ceil(first * 0.7)) : first;
  return max >= 1 && max <= 100 && min <= max ? { min, max } : undefined;
}

function invalid(reason: string): AppError {
  return new AppError('invalid-input', { reason });
}

function invalidAt(line: Line | undefined, reason: string): AppError {
  return invalid(line === undefined ? reason : `Line ${String(line.number)}: ${reason}`);
}
