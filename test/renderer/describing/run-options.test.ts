import { expect, it } from 'vitest';
import { runOptions } from '../../../app/contract/models/run.ts';
import { usualSettings } from '../../../app/contract/settings.ts';
import { runOptionsBy, type Prompt } from '../../../renderer/describing/run-options.ts';

const spec = {
  label: 'family',
  about: '',
  fields: ['caption' as const],
  keywords: { min: 4, max: 9, form: 'words' as const },
  style: 'warm',
  instructions: 'Say which season it is.',
};
const family: Prompt = { name: 'family', custom: { hash: 'abc', spec }, ...spec };

it('a run is asked in the words of the own prompt that the settings name, as it was saved last', () => {
  const options = runOptionsBy({ ...usualSettings, prompt: 'family' }, [family]);
  expect(runOptions.parse(options)).toEqual({
    detail: 'auto',
    maxImageTokens: null,
    prompt: 'family',
    custom: family.custom,
    language: 'en',
    fields: usualSettings.fields,
  });
});

it('a prompt that is gone gives way to the usual one, and keyword rules go along when they were set', () => {
  const keywords = { min: 1, max: 3, form: 'words' as const };
  const options = runOptionsBy({ ...usualSettings, prompt: 'gone', keywords }, [family]);
  expect(options).toMatchObject({ prompt: 'general', keywords });
  expect(options.custom).toBeUndefined();
});
