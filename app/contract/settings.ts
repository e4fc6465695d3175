import { z } from 'zod';
import { connectionId } from './ids.ts';
import { descriptionField } from './models/description.ts';
import { detailChoice } from './models/detail.ts';
import { keywordRules } from './models/prompt.ts';

/** What a person set for the whole app, with what holds until they do. Each connection and folder has its own beside it. */
export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  contrast: z.enum(['system', 'more']).default('system'),
  language: z.enum(['system', 'en', 'de']).default('system'),
  /** Of the window's text, in percent. */
  textScale: z.number().int().min(90).max(150).default(100),
  /** Who is asked unless a person says otherwise; `null`: built-in. */
  defaultConnectionId: connectionId.nullable().default(null),
  detail: detailChoice.default('auto'),
  prompt: z.string().min(1).max(200).default('general'),
  /** Of what is written, as a BCP 47 tag. */
  descriptionLanguage: z.string().min(2).max(35).default('en'),
  fields: z.array(descriptionField).min(1).default(['title', 'caption', 'altText', 'keywords']),
  /** How many keywords and of what form, instead of what the prompt says; `null`: as it says. */
  keywords: keywordRules.nullable().default(null),
  /** Keywords that a person wants to be preferred, as they write them; told to a model beside those that are used most. */
  vocabulary: z.array(z.string().trim().min(1).max(64)).max(40).default([]),
  /** For everything that is sent in one calendar month (local time), beside the budgets of runs and folders. */
  monthlyBudgetMicroUsd: z.number().int().positive().nullable().default(null),
  /** The ffmpeg that frames of videos are taken with; `null`: the one that is in PATH. */
  ffmpegPath: z.string().trim().min(1).max(1_000).nullable().default(null),
  pauseOnBattery: z.boolean().default(false),
  notifications: z.boolean().default(true),
  /** Of the large renditions that are kept; those that were looked at longest ago go first. */
  previewCacheBytes: z.number().int().min(100_000_000).default(2_000_000_000),
});
export type Settings = z.infer<typeof settings>;
export type SettingName = keyof Settings;

/** What holds until a person sets something. */
export const usualSettings: Settings = settings.parse({});
