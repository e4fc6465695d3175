import { describe, expect, test } from 'vitest';
import { sizeRules } from './size-rules.ts';
import { countImageTokens, countTextTokens, cutToTokens, type Detail } from './tokens.ts';

function count(model: keyof typeof sizeRules, widthPx: number, heightPx: number, detail: Detail = 'high') {
  return countImageTokens(sizeRules[model], { widthPx, heightPx }, detail);
}

describe('image tokens › the vectors of AZURE §2.1', () => {
  const families = ['gpt-4.1', 'gpt-4o-mini', 'gpt-5', 'o1'] as const;
  test.each([
    [4096, 8192, 'low', [85, 2833, 70, 75]],
    [2048, 4096, 'high', [1105, 36835, 910, 975]],
    [1024, 1024, 'high', [765, 25501, 630, 675]],
    [512, 512, 'high', [255, 8500, 210, 225]],
    [513, 512, 'high', [425, 14167, 350, 375]],
    [100, 100, 'high', [255, 8500, 210, 225]],
    [768, 768, 'high', [765, 25501, 630, 675]],
    [800, 600, 'high', [765, 25501, 630, 675]],
    [1920, 1080, 'high', [1105, 36835, 910, 975]],
    [1536, 1024, 'high', [1105, 36835, 910, 975]],
    [6000, 4000, 'high', [1105, 36835, 910, 975]],
    [3024, 4032, 'high', [765, 25501, 630, 675]],
    [8192, 1024, 'high', [765, 25501, 630, 675]],
    [2500, 800, 'high', [1445, 48169, 1190, 1275]],
  ] as const)('%i × %i, %s', (widthPx, heightPx, detail, tokens) => {
    expect(families.map((family) => count(family, widthPx, heightPx, detail))).toEqual(tokens);
  });

  test('auto counts as high on tile models', () => {
    expect(count('gpt-4.1', 1920, 1080, 'auto')).toBe(count('gpt-4.1', 1920, 1080, 'high'));
  });
});

describe('image tokens › the vectors of AZURE §2.2', () => {
  test.each([
    ['gpt-5-mini', 256, 256, 'high', 77],
    ['gpt-5-mini', 512, 512, 'high', 308],
    ['gpt-5-mini', 768, 1024, 'high', 922],
    ['gpt-5-mini', 1280, 720, 'high', 1104],
    ['gpt-5-mini', 1024, 1024, 'high', 1229],
    ['gpt-5-mini', 2048, 768, 'high', 1844],
    ['gpt-6-astra', 1024, 1024, 'high', 1229],
    ['gpt-6-astra', 2048, 2048, 'high', 3000],
    ['gpt-6-astra', 4096, 512, 'high', 2458],
    ['gpt-5.5', 1920, 1080, 'high', 2448],
    ['gpt-5.5', 1800, 2400, 'high', 2942],
    ['gpt-5.5', 4032, 3024, 'high', 2942],
    ['gpt-5.5', 6000, 4000, 'high', 2880],
    ['gpt-4.1-mini', 1024, 1024, 'high', 1659],
    ['gpt-4.1-mini', 1920, 1080, 'high', 3305],
    ['gpt-4.1-mini', 1800, 2400, 'high', 4977],
    ['gpt-5.5', 4032, 3024, 'original', 11868],
    ['gpt-5.6-terra', 4032, 3024, 'original', 14364],
    ['gpt-5.6-terra', 4800, 6400, 'original', 36000],
    ['gpt-5.5', 1024, 1024, 'low', 308],
    ['gpt-5.5', 1280, 720, 'low', 173],
    ['gpt-5.5', 640, 480, 'low', 231],
  ] as const)('%s, %i × %i, %s', (model, widthPx, heightPx, detail, tokens) => {
    expect(count(model, widthPx, heightPx, detail)).toBe(tokens);
  });

  test('the older budget of 1,536 patches shrinks 1800 × 2400 to 1,452 of them', () => {
    const limits = { maxPatches: 1536 };
    const rule = { kind: 'patch', multiplier: 1.62, low: limits, high: limits, auto: 'high' } as const;
    expect(countImageTokens(rule, { widthPx: 1800, heightPx: 2400 }, 'high')).toBe(2353);
  });

  test('a picture of more than 30,000 patches is refused', () => {
    expect(count('gpt-5.6-terra', 4832, 6400, 'original')).toBeUndefined();
  });

  test('auto means original from gpt-5.5 on, which is the cost trap', () => {
    expect(count('gpt-5.5', 4032, 3024, 'auto')).toBe(11868);
    expect(count('gpt-4.1-mini', 1024, 1024, 'auto')).toBe(1659);
  });
});

describe('text tokens', () => {
  test('are one for every four bytes begun', () => {
    expect([
      countTextTokens(''),
      countTextTokens('abcd'),
      countTextTokens('abcde'),
      countTextTokens('ééé'),
    ]).toEqual([0, 1, 2, 2]);
  });

  test('cutting keeps whole characters within the limit', () => {
    expect(cutToTokens('abé€', 1)).toBe('abé');
    expect(cutToTokens('ab€€', 1)).toBe('ab');
    expect(cutToTokens('short', 10)).toBe('short');
  });
});
