import { z } from 'zod';
import { settings } from '../settings.ts';

const { shape } = settings;

/** Some settings, none of which has to be there; without the usual values, so that what is left out stays as it is. */
const settingChanges = z
  .object({
    theme: shape.theme.unwrap(),
    contrast: shape.contrast.unwrap(),
    language: shape.language.unwrap(),
    textScale: shape.textScale.unwrap(),
    defaultConnectionId: shape.defaultConnectionId.unwrap(),
    detail: shape.detail.unwrap(),
    prompt: shape.prompt.unwrap(),
    descriptionLanguage: shape.descriptionLanguage.unwrap(),
    fields: shape.fields.unwrap(),
    keywords: shape.keywords.unwrap(),
    vocabulary: shape.vocabulary.unwrap(),
    monthlyBudgetMicroUsd: shape.monthlyBudgetMicroUsd.unwrap(),
    ffmpegPath: shape.ffmpegPath.unwrap(),
    pauseOnBattery: shape.pauseOnBattery.unwrap(),
    notifications: shape.notifications.unwrap(),
    previewCacheBytes: shape.previewCacheBytes.unwrap(),
  } satisfies Record<keyof typeof shape, z.ZodType>)
  .partial();

/** What a person set for the whole app. */
export const settingProcedures = {
  'setting.get': { reads: true, input: z.object({}), output: settings },
  /** Sets what is given and leaves the rest as it is. */
  'setting.set': { reads: false, input: settingChanges, output: settings },
} as const;
