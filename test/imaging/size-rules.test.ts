import { describe, expect, test } from 'vitest';
import { findSizeRule, sizeRulesVersion } from '../../app/imaging/size-rules.ts';

const base = (modelId: string | undefined) => {
  const rule = findSizeRule(modelId);
  return rule.kind === 'tile' ? rule.baseTokens : rule.multiplier;
};

describe('findSizeRule', () => {
  test.each([
    ['gpt-4o', 85],
    ['gpt-4o-2024-11-20', 85],
    ['gpt-4o-mini-2024-07-18', 2833],
    ['GPT-4 Turbo with Vision', 85],
    ['gpt-4-vision-preview', 85],
    ['gpt-4.1', 85],
    ['openai/gpt-4.1-mini', 1.62],
    ['gpt-4.1-nano', 2.46],
    ['gpt-4.5-preview', 85],
    ['gpt-5', 70],
    ['gpt-5-2025-08-07', 70],
    ['gpt-5.1', 70],
    ['gpt-5-mini', 1.2],
    ['gpt-5-nano', 1.5],
    ['gpt-5.2', 1.2],
    ['gpt-5.4-nano', 1.2],
    ['o1-pro', 75],
    ['o3', 75],
    ['o4-mini', 1.72],
    ['computer-use-preview', 65],
  ] as const)('knows %s', (modelId, expected) => {
    expect(findSizeRule(modelId).known).toBe(true);
    expect(base(modelId)).toBe(expected);
  });

  test.each(['llava:13b', 'my-deployment', undefined])(
    'takes the oldest rule for the unknown %s, and counts what a model by patches may take',
    (modelId) => {
      expect(findSizeRule(modelId)).toEqual({
        kind: 'tile',
        baseTokens: 85,
        tokensPerTile: 170,
        tokensPerPatch: 4.25,
        known: false,
      });
    },
  );

  test("a person's own rule wins, for the family that it names", () => {
    const own = { kind: 'tile', baseTokens: 1, tokensPerTile: 2 } as const;
    expect(findSizeRule('llava:13b', { 'llava:13b': own })).toEqual({ ...own, known: true });
    expect(findSizeRule('gpt-4o-mini', { 'gpt-4o': own })).toMatchObject({ baseTokens: 2833 });
  });

  test('says how old its numbers are', () => {
    expect(sizeRulesVersion).toMatch(/^20\d\d-\d\d$/);
  });
});
