import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findByModel, normalizeModelName } from '../../app/contract/model-name.ts';

const families = {
  'gpt-4': 'turbo',
  'gpt-4o': '4o',
  'gpt-4o-mini': '4o mini',
  'gpt-4.1': '4.1',
  'gpt-4.1-mini': '4.1 mini',
};

describe('a model is found by its name', () => {
  it.each([
    ['gpt-4.1', '4.1'],
    ['gpt-4.1-2025-04-14', '4.1'],
    ['gpt-4.1-mini-2025-04-14', '4.1 mini'],
    ['openai/gpt-4o', '4o'],
    ['GPT-4 Turbo with Vision', 'turbo'],
    ['gpt_4o_mini', '4o mini'],
    ['gpt-4', 'turbo'],
    ['gpt-4.2', undefined],
    ['gpt-45', undefined],
    ['my-gpt-4o', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s: %s', (name, found) => {
    expect(findByModel(families, name)).toBe(found);
  });

  it('however it is written, and whoever serves it', () => {
    const dressings = [
      (name: string) => name.toUpperCase(),
      (name: string) => `  ${name} `,
      (name: string) => `vendor/region/${name}`,
      (name: string) => name.replaceAll('-', ' '),
      (name: string) => `${name}-2026-01-01`,
    ];
    assert(
      property(constantFrom(...Object.keys(families)), constantFrom(...dressings), (name, dress) => {
        expect(findByModel(families, dress(name))).toBe(findByModel(families, name));
      }),
    );
  });

  it('and any text at all is only a name', () => {
    assert(
      property(string({ unit: 'binary' }), (name) => {
        expect(normalizeModelName(normalizeModelName(name))).toBe(normalizeModelName(name));
        expect(['turbo', '4o', '4o mini', '4.1', '4.1 mini', undefined]).toContain(
          findByModel(families, name),
        );
      }),
    );
  });
});
