import { z } from 'zod';
import { descriptionField } from './description.ts';

/** How many keywords a model is asked for, and of what form. `max` is enforced; `min` is asked for. */
export const keywordRules = z
  .object({
    min: z.number().int().min(0).max(100),
    max: z.number().int().min(1).max(100),
    /** `words`: single words only. `phrases`: a keyword may have several words. */
    form: z.enum(['words', 'phrases']),
  })
  .refine(({ min, max }) => min <= max, 'min is larger than max');
export type KeywordRules = z.infer<typeof keywordRules>;

/** A prompt: a preset, or one of the person's own. `instructions` and `style` are sent as they are; '' is none. */
export const promptSpec = z.object({
  label: z.string(),
  about: z.string(),
  fields: z.array(descriptionField).min(1),
  keywords: keywordRules,
  style: z.string().max(300),
  instructions: z.string().max(4_000),
  language: z.string().optional(),
});
export type PromptSpec = z.infer<typeof promptSpec>;

/** A person's own prompt as it was when it was asked for; its hash changes with every change of it. */
export const customPrompt = z.object({ hash: z.string(), spec: promptSpec });
export type CustomPrompt = z.infer<typeof customPrompt>;
