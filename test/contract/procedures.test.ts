import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { procedures } from '../../app/contract/procedures.ts';

const names = Object.keys(procedures) as (keyof typeof procedures)[];

describe('every procedure', () => {
  it('is called noun.verb', () => {
    expect(names.filter((name) => !/^[a-z][a-zA-Z]+\.[a-z][a-zA-Z]+$/.test(name))).toEqual([]);
  });

  it.each(names)('%s has shapes that can be told to a program in another language', (name) => {
    const { input, output } = procedures[name];
    for (const schema of [input, output]) {
      expect(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })).toMatchObject({
        $schema: expect.any(String) as string,
      });
    }
  });

  it.each(names)('%s refuses nonsense instead of passing it on', (name) => {
    const { input } = procedures[name];
    const accepted = [null, 7, 'text', [], undefined].filter((nonsense) => input.safeParse(nonsense).success);
    expect(accepted).toEqual([]);
  });
});

describe('what goes in', () => {
  const options = {
    detail: 'high',
    maxImageTokens: null,
    prompt: 'general',
    language: 'en',
    fields: ['caption'],
  };
  const start = { connectionId: 1, options, budgetMicroUsd: null };
  const { input } = procedures['description.start'];

  it('is taken as it is when it is right', () => {
    expect(input.parse({ ...start, folders: ['/photos'], limit: 10, query: 'rating:>=3' })).toEqual({
      ...start,
      folders: ['/photos'],
      limit: 10,
      query: 'rating:>=3',
    });
  });

  it.each([
    ['no field', { options: { ...options, fields: [] } }],
    ['a field that there is not', { options: { ...options, fields: ['mood'] } }],
    ['a detail that is never sent', { options: { ...options, detail: 'original' } }],
    ['a budget of nothing', { budgetMicroUsd: 0 }],
    ['a budget in parts of a millionth', { budgetMicroUsd: 0.5 }],
    ['a limit below one', { limit: 0 }],
    ['an id that cannot be', { connectionId: -1 }],
    ['an empty folder name', { folders: [''] }],
  ])('is refused with %s', (_name, wrong) => {
    expect(input.safeParse({ ...start, ...wrong }).success).toBe(false);
  });

  it('asks for pages of at most 500', () => {
    const search = procedures['search.query'].input;
    expect(search.safeParse({ query: '', limit: 500 }).success).toBe(true);
    expect(search.safeParse({ query: '', limit: 501 }).success).toBe(false);
  });
});
