import type { DescriptionField } from '../contract/models/description.ts';
import type { KeywordRules, PromptSpec } from '../contract/models/prompt.ts';

/** Objects are left out unless asked for: without places in the picture they say what the keywords say, and cost tokens. */
const usualFields: readonly DescriptionField[] = [
  'title',
  'caption',
  'altText',
  'keywords',
  'recognizedText',
];

const usualKeywords: KeywordRules = { min: 5, max: 15, form: 'phrases' };

/** The prompts that Cutline brings along, each for one use of the words. */
export const presets: Readonly<Record<string, PromptSpec>> = {
  general: {
    label: 'General',
    about: 'Caption, alt text and a few keywords, for finding photos again.',
    fields: [...usualFields],
    keywords: usualKeywords,
    style: '',
    instructions: '',
  },
  stock: {
    label: 'Stock',
    about: 'A title and about 30 keywords, each a single concept, as picture agencies want them.',
    fields: ['title', 'caption', 'keywords'],
    keywords: { min: 25, max: 35, form: 'phrases' },
    style: 'plain and factual; the title says subject and action as a buyer would search for it',
    instructions:
      'Each keyword is one concept, of one or two words: subject, number and age of people, action, setting, time of day, season, light, mood, composition, and ideas that the photo can stand for. No brand names.',
  },
  archive: {
    label: 'Archive',
    about: 'Sober: who, what, where and when, from what is known; nothing is interpreted.',
    fields: [...usualFields],
    keywords: { min: 5, max: 12, form: 'phrases' },
    style: 'sober, as in the catalogue of an archive; no mood, no praise, no interpretation',
    instructions:
      'The caption says who, what, where and when, in this order. Who, where and when only from the known facts; what is not known is left out, without saying so.',
  },
  'alt-text': {
    label: 'Alt text',
    about: 'Only what a person needs who cannot see the photo, in at most 125 characters.',
    fields: ['altText'],
    keywords: usualKeywords,
    style: '',
    instructions: '',
  },
};
