import { assert, constantFrom, integer, oneof, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countImageTokens, planImageSize, type PixelSize } from '../../app/imaging/image-size.ts';
import { findSizeRule, type SizeRule } from '../../app/imaging/size-rules.ts';
import { sizeRules } from '../azure-emulator/size-rules.ts';
import { countImageTokens as countByEmulator } from '../azure-emulator/tokens.ts';

const size = (widthPx: number, heightPx: number): PixelSize => ({ widthPx, heightPx });
const details = ['low', 'high'] as const;

/** The newest rules' predecessors, as users of older deployments set them (AZURE §2.2, older copy). */
const olderPatchRule: SizeRule = {
  kind: 'patch',
  multiplier: 1.62,
  low: { maxPatches: 1536 },
  high: { maxPatches: 1536 },
};

/** How far the planned size is from the original's shape, in pixels of its shorter error. */
function shapeErrorPx(original: PixelSize, planned: PixelSize): number {
  const heightError = Math.abs(planned.heightPx - (original.heightPx * planned.widthPx) / original.widthPx);
  const widthError = Math.abs(planned.widthPx - (original.widthPx * planned.heightPx) / original.heightPx);
  return Math.min(heightError, widthError);
}

/** The next larger size of the same shape. */
function grownByOnePx(original: PixelSize, planned: PixelSize): PixelSize {
  const longPx = Math.max(planned.widthPx, planned.heightPx) + 1;
  const factor = longPx / Math.max(original.widthPx, original.heightPx);
  const grow = (sidePx: number) => Math.max(1, Math.floor(sidePx * factor + 1e-9));
  return size(grow(original.widthPx), grow(original.heightPx));
}

/** Plans a large photo when called. */
const planFor = (model: string, maxImageTokens: number) => () =>
  planImageSize(size(6000, 4000), findSizeRule(model), 'high', { maxImageTokens });

describe('countImageTokens, by the vectors of AZURE §2.1', () => {
  const models = ['gpt-4.1', 'gpt-4o-mini', 'gpt-5', 'o1'];
  test.each([
    [4096, 8192, 'low', [85, 2833, 70, 75]],
    [2048, 4096, 'high', [1105, 36_835, 910, 975]],
    [1024, 1024, 'high', [765, 25_501, 630, 675]],
    [512, 512, 'high', [255, 8500, 210, 225]],
    [513, 512, 'high', [425, 14_167, 350, 375]],
    [100, 100, 'high', [255, 8500, 210, 225]],
    [768, 768, 'high', [765, 25_501, 630, 675]],
    [800, 600, 'high', [765, 25_501, 630, 675]],
    [1920, 1080, 'high', [1105, 36_835, 910, 975]],
    [1536, 1024, 'high', [1105, 36_835, 910, 975]],
    [6000, 4000, 'high', [1105, 36_835, 910, 975]],
    [3024, 4032, 'high', [765, 25_501, 630, 675]],
    [8192, 1024, 'high', [765, 25_501, 630, 675]],
    [2500, 800, 'high', [1445, 48_169, 1190, 1275]],
  ] as const)('%i×%i at %s', (widthPx, heightPx, detail, tokens) => {
    const counted = models.map((model) =>
      countImageTokens(size(widthPx, heightPx), findSizeRule(model), detail),
    );
    expect(counted).toEqual(tokens);
  });
});

describe('countImageTokens, by the vectors of AZURE §2.2', () => {
  test.each([
    [olderPatchRule, 1024, 1024, 'high', 1659],
    [olderPatchRule, 1800, 2400, 'high', 2353],
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
    ['gpt-5.6-sol', 4032, 3024, 'high', 2942],
    ['gpt-5.4', 6000, 4000, 'high', 2880],
    ['gpt-4.1-mini', 1024, 1024, 'low', 1659],
    ['gpt-4.1-mini', 1920, 1080, 'high', 3305],
    ['gpt-4.1-mini', 1800, 2400, 'high', 4977],
    ['gpt-5.5', 4032, 3024, 'original', 11_868],
    ['gpt-5.6-luna', 4032, 3024, 'original', 14_364],
    ['gpt-5.6-luna', 4800, 6400, 'original', 36_000],
    ['gpt-5.5', 1024, 1024, 'low', 308],
    ['gpt-5.5', 1280, 720, 'low', 173],
    ['gpt-6-astra', 640, 480, 'low', 231],
  ] as const)('%s: %i×%i at %s', (model, widthPx, heightPx, detail, tokens) => {
    const rule = typeof model === 'string' ? findSizeRule(model) : model;
    expect(countImageTokens(size(widthPx, heightPx), rule, detail)).toBe(tokens);
  });

  // By hand: 1024 patches, 2752 of 2048 × 1365, 9890 and 11 970 as above, times the multiplier of the newest copy.
  test.each([
    ['gpt-4.1-nano', 1024, 1024, 'high', 2520],
    ['o4-mini', 1024, 1024, 'low', 1762],
    ['gpt-5-nano', 1024, 1024, 'high', 1536],
    ['gpt-5.2', 1024, 1024, 'low', 1229],
    ['gpt-5.4-mini', 6000, 4000, 'low', 3303],
    ['gpt-5.4-nano', 4032, 3024, 'original', 11_868],
    ['gpt-6-sol', 4032, 3024, 'original', 14_364],
    ['computer-use-preview', 1024, 1024, 'low', 65],
    ['computer-use-preview', 1024, 1024, 'high', 581],
  ] as const)(
    '%s, of which no example is published: %i×%i at %s',
    (model, widthPx, heightPx, detail, tokens) => {
      expect(countImageTokens(size(widthPx, heightPx), findSizeRule(model), detail)).toBe(tokens);
    },
  );

  test('refuses what the service would refuse', () => {
    expect(() => countImageTokens(size(4832, 6400), findSizeRule('gpt-5.6-sol'), 'original')).toThrow(
      expect.objectContaining({ code: 'image-too-large' }),
    );
  });
});

/** Pixtral, the finest that is known: 16 × 16 pixels are a token, and a row of them ends with one more. */
function countAsPixtral({ widthPx, heightPx }: PixelSize): number {
  return (Math.ceil(widthPx / 16) + 1) * Math.ceil(heightPx / 16);
}

describe('a model that nobody knows', () => {
  const unknown = findSizeRule('my-own-model');
  const emulated = Object.values(sizeRules).filter((rule) => rule.kind === 'patch');

  test('is sent what one of tiles is sent, and counted no lower than any model by patches counts that', () => {
    const wide = integer({ min: 256, max: 9000 });
    assert(
      property(wide, wide, constantFrom(...details), (widthPx, heightPx, detail) => {
        const planned = planImageSize(size(widthPx, heightPx), unknown, detail);
        const asTiles = planImageSize(size(widthPx, heightPx), findSizeRule('gpt-4o'), detail);
        expect(planned).toEqual({ ...asTiles, imageTokens: planned.imageTokens });
        expect(planned.imageTokens).toBeGreaterThanOrEqual(asTiles.imageTokens);
        // A server of one's own knows no detail: what is sent is what it looks at.
        for (const rule of emulated) {
          const counted = countByEmulator(rule, planned, 'high');
          expect(planned.imageTokens).toBeGreaterThanOrEqual(counted ?? Number.NaN);
        }
        // Of narrower ones the rows weigh more.
        const finest = planned.widthPx >= 256 ? countAsPixtral(planned) : 0;
        expect(planned.imageTokens).toBeGreaterThanOrEqual(finest);
      }),
      { numRuns: 500 },
    );
  });

  test('of 1536 × 1024 takes 4.25 tokens for each of 36 × 24 patches of what is sent', () => {
    expect(planImageSize(size(1536, 1024), unknown, 'high')).toEqual({
      ...size(1152, 768),
      detail: 'high',
      imageTokens: 3672,
    });
  });
});

describe('planImageSize', () => {
  test.each([
    ['gpt-4.1', 6000, 4000, 'high', 1152, 768],
    ['gpt-4.1', 2048, 4096, 'high', 768, 1536],
    ['gpt-4.1', 1920, 1080, 'high', 1365, 768],
    ['gpt-4.1', 2500, 800, 'high', 2048, 655],
    ['gpt-4.1', 800, 600, 'high', 800, 600],
    ['gpt-4.1', 4096, 8192, 'low', 256, 512],
    ['gpt-4.1', 1, 20_000, 'high', 1, 2048],
    ['gpt-6-astra', 2048, 2048, 'high', 1600, 1600],
    ['gpt-5.5', 1800, 2400, 'high', 1368, 1824],
    ['gpt-5.5', 4032, 3024, 'high', 1824, 1368],
    ['gpt-5.5', 6000, 4000, 'high', 1920, 1280],
    ['gpt-5.5', 6000, 4000, 'low', 512, 341],
    [olderPatchRule, 1800, 2400, 'high', 1056, 1408],
    [olderPatchRule, 1, 200_000, 'high', 1, 49_152],
  ] as const)(
    'sends what the model looks at: %s, %i×%i at %s',
    (model, widthPx, heightPx, detail, ...expected) => {
      const rule = typeof model === 'string' ? findSizeRule(model) : model;
      const planned = planImageSize(size(widthPx, heightPx), rule, detail);
      expect([planned.widthPx, planned.heightPx, planned.detail]).toEqual([...expected, detail]);
    },
  );

  test('asks for high where low would cost more', () => {
    const rule = findSizeRule('gpt-5.4');
    const photo = size(6000, 4000);
    expect(countImageTokens(photo, rule, 'low')).toBeGreaterThan(countImageTokens(photo, rule, 'high'));
    expect(planImageSize(photo, rule, 'low')).toEqual(planImageSize(photo, rule, 'high'));
    expect(planImageSize(size(640, 480), rule, 'low').detail).toBe('low');
  });

  test('takes the tiles that the budget buys, and low when it buys none', () => {
    const rule = findSizeRule('gpt-4.1');
    const photo = size(6000, 4000);
    expect(planImageSize(photo, rule, 'high', { maxImageTokens: 1104 })).toEqual({
      ...size(1024, 682),
      detail: 'high',
      imageTokens: 765,
    });
    expect(planImageSize(photo, rule, 'high', { maxImageTokens: 254 })).toEqual({
      ...size(512, 341),
      detail: 'low',
      imageTokens: 85,
    });
  });

  test('says the least that a picture takes when the budget is below it', () => {
    expect(planFor('gpt-4.1', 84)).toThrow(/"leastImageTokens":85,/);
    expect(planFor('gpt-5-mini', 1)).toThrow(/"leastImageTokens":2,/);
    expect(planFor('gpt-5-mini', 1)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  /** Models whose low and high are never exchanged; gpt-5.4, whose are, has tests of its own. */
  const plainRules = [
    olderPatchRule,
    ...['gpt-4.1', 'gpt-4o-mini', 'gpt-5-nano', 'gpt-5.5', 'gpt-5.6', 'gpt-6-astra'].map((model) =>
      findSizeRule(model),
    ),
  ];
  const somePlainRule = constantFrom<SizeRule>(...plainRules);
  const someRule = constantFrom<SizeRule>(...plainRules, findSizeRule('gpt-5.4'));
  const someSide = oneof(
    integer({ min: 1, max: 9000 }),
    constantFrom(1, 31, 32, 33, 511, 512, 513, 20_000, 100_000),
  );
  const someDetail = constantFrom(...details);
  const someBudget = integer({ min: 1, max: 6000 });

  test('never enlarges, keeps the shape, and costs what the original would', () => {
    assert(
      property(someSide, someSide, someRule, someDetail, (widthPx, heightPx, rule, wish) => {
        const original = size(widthPx, heightPx);
        const planned = planImageSize(original, rule, wish);
        expect(planned.widthPx).toBeGreaterThanOrEqual(1);
        expect(planned.heightPx).toBeGreaterThanOrEqual(1);
        expect(planned.widthPx).toBeLessThanOrEqual(widthPx);
        expect(planned.heightPx).toBeLessThanOrEqual(heightPx);
        expect(shapeErrorPx(original, planned)).toBeLessThanOrEqual(1);
        expect(countImageTokens(planned, rule, planned.detail)).toBe(planned.imageTokens);
        expect(countImageTokens(original, rule, planned.detail)).toBe(planned.imageTokens);
        expect(planned.imageTokens).toBeLessThanOrEqual(countImageTokens(original, rule, wish));
        // What is sent needs no further step at the service.
        expect(planImageSize(planned, rule, planned.detail)).toEqual(planned);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps to the budget with the largest size that does', () => {
    assert(
      property(
        someSide,
        someSide,
        somePlainRule,
        someDetail,
        someBudget,
        (widthPx, heightPx, rule, wish, more) => {
          const original = size(widthPx, heightPx);
          const maxImageTokens = countImageTokens(size(1, 1), rule, 'low') + more;
          const planned = planImageSize(original, rule, wish, { maxImageTokens });
          const full = planImageSize(original, rule, planned.detail);
          expect(planned.imageTokens).toBeLessThanOrEqual(maxImageTokens);
          expect(countImageTokens(planned, rule, planned.detail)).toBe(planned.imageTokens);
          expect(planned.widthPx).toBeLessThanOrEqual(full.widthPx);
          expect(planned.heightPx).toBeLessThanOrEqual(full.heightPx);
          expect(shapeErrorPx(original, planned)).toBeLessThanOrEqual(1);
          // Either nothing was taken away, or one pixel more would be too much.
          const larger = grownByOnePx(original, planned);
          const tokensOfLarger = countImageTokens(larger, rule, planned.detail);
          const isFull = planned.imageTokens === full.imageTokens || larger.widthPx > full.widthPx;
          expect(isFull || larger.heightPx > full.heightPx || tokensOfLarger > maxImageTokens).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a larger budget never buys a smaller picture', () => {
    assert(
      property(
        someSide,
        someSide,
        someRule,
        integer({ min: 85, max: 6000 }),
        (widthPx, heightPx, rule, budget) => {
          const plan = (maxImageTokens: number) =>
            planImageSize(size(widthPx, heightPx), rule, 'high', { maxImageTokens });
          // gpt-4o-mini's low takes 2833.
          const least = Math.max(budget, countImageTokens(size(1, 1), rule, 'low'));
          expect(plan(least + 200).widthPx).toBeGreaterThanOrEqual(plan(least).widthPx);
          expect(plan(least + 200).heightPx).toBeGreaterThanOrEqual(plan(least).heightPx);
        },
      ),
    );
  });
});
