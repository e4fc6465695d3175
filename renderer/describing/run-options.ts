import type { RunOptions } from '../../app/contract/models/run.ts';
import type { Output } from '../../app/contract/procedures.ts';
import type { Settings } from '../../app/contract/settings.ts';

export type Prompt = Output<'prompt.list'>[number];

/** What a run is asked for unless a person says otherwise there: as the settings say, in the words of the prompt that they name. Pure. */
export function runOptionsBy(settings: Settings, prompts: readonly Prompt[]): RunOptions {
  const { detail, descriptionLanguage, fields, keywords } = settings;
  const prompt = promptOf(settings, prompts);
  return {
    detail,
    maxImageTokens: null,
    // One of their own that is gone gives way to the usual one.
    prompt: prompt?.name ?? 'general',
    ...(prompt === undefined || prompt.custom === null ? {} : { custom: prompt.custom }),
    language: descriptionLanguage,
    fields,
    ...(keywords === null ? {} : { keywords }),
  };
}

/** The prompt that the settings name; `undefined` while it is not known, or when it is gone. Pure. */
export function promptOf({ prompt }: Settings, prompts: readonly Prompt[]): Prompt | undefined {
  return prompts.find(({ name }) => name === prompt);
}
