import { expect, it } from 'vitest';
import { useBench } from '../helpers/engine.ts';

const parts = {
  about: 'For the family',
  fields: ['title', 'caption', 'keywords'],
  keywords: { min: 4, max: 9, form: 'words' },
  style: 'warm',
  instructions: 'Say which season it is.',
  language: 'de',
} as const;

const file = `---
about: For the family
fields: title, caption, keywords
keywords: 4-9
keyword-form: words
style: warm
language: de
---
Say which season it is.`;

it('a prompt that was put together part by part is the same as the file that says the same', async () => {
  const bench = await useBench();
  const { engine } = await bench.open();
  const typed = await engine.call('prompt.save', {
    name: 'family',
    spec: { ...parts, fields: [...parts.fields] },
  });
  const read = await engine.call('prompt.save', { name: 'family', source: file });
  expect(typed).toEqual(read);
  expect((await engine.call('prompt.list', {})).filter(({ name }) => name === 'family')).toEqual([read]);
  await expect(engine.call('prompt.save', { name: 'stock', source: file })).rejects.toMatchObject({
    code: 'conflict',
  });
});

it('a prompt that is taken out is no longer asked with, and what it asked for stays', async () => {
  const bench = await useBench();
  const opened = await bench.openWith(1);
  const call = opened.engine.call.bind(opened.engine);
  const { custom } = await call('prompt.save', { name: 'family', source: file });
  if (custom === null) throw new Error('it is one of ours');
  await call('setting.set', { prompt: 'family' });
  const run = await opened.describe({ options: { prompt: 'family', custom } });
  await call('prompt.remove', { name: 'family' });
  expect((await call('prompt.list', {})).map(({ name }) => name)).not.toContain('family');
  expect((await call('setting.get', {})).prompt).toBe('general');
  expect((await call('run.get', { id: run.id })).options.custom).toEqual(custom);
  expect((await call('search.query', { query: 'prompt:family' })).total).toBe(1);
  await expect(call('prompt.remove', { name: 'family' })).rejects.toMatchObject({ code: 'not-found' });
});

it('keywords that a person listed are told to the model, counted in the plan, and kept as they write them', async () => {
  const bench = await useBench();
  const opened = await bench.openWith(1);
  const before = await opened.plan({});
  await opened.engine.call('setting.set', { vocabulary: ['Grauwert', 'Lake Garda'] });
  expect((await opened.plan({})).inputTokens).toBeGreaterThan(before.inputTokens);
  await opened.describe();
  const [request] = bench.emulator.requests.filter(({ body }) => JSON.stringify(body).includes('image_url'));
  expect(JSON.stringify(request?.body)).toContain('Grauwert');
});
