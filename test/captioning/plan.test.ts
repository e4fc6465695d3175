import {
  array,
  assert,
  asyncProperty,
  constantFrom,
  integer,
  property,
  record,
  string,
  subarray,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPlans, estimateRequest, PlanBuilder, type ModelTerms } from '../../app/captioning/plan.ts';
import { userText } from '../../app/captioning/context-text.ts';
import { instructions } from '../../app/captioning/prompt.ts';
import { responseSchema } from '../../app/captioning/response-schema.ts';
import { descriptionField } from '../../app/contract/models/description.ts';
import type { CaptionPlan, RunOptions } from '../../app/contract/models/run.ts';
import { findSizeRule } from '../../app/imaging/size-rules.ts';
import { toChatCompletionBody } from '../../app/providers/request-body.ts';
import type { KnownFacts } from '../../app/providers/provider.ts';
import { upperCostMicroUsd } from '../../app/usage/cost.ts';
import { batchPrice, listedPrice } from '../../app/usage/prices.ts';
import { readChatRequest } from '../azure-emulator/chat-request.ts';
import { personas } from '../azure-emulator/personas.ts';
import { allFields } from '../helpers/records.ts';
import { sampleKnownFacts } from '../providers/samples.ts';

const gpt41: ModelTerms = {
  isBuiltIn: false,
  sizeRule: findSizeRule('gpt-4.1'),
  price: listedPrice('gpt-4.1'),
  isBatch: false,
  thinks: false,
  maxPictures: 10,
};

const anyText = string({ unit: 'grapheme', maxLength: 300 });
const anyKnown = record({
  folders: array(anyText, { maxLength: 4 }),
  notes: array(anyText, { maxLength: 4 }),
  facts: record(
    { title: anyText, caption: anyText, keywords: array(anyText, { maxLength: 60 }) },
    { requiredKeys: [] },
  ),
  widthPx: integer({ min: 1, max: 12_000 }),
  heightPx: integer({ min: 1, max: 12_000 }),
}).map((known): KnownFacts => ({
  ...known,
  fileName: 'a.jpg',
  frameCount: 1,
  colors: [],
  isMonochrome: false,
}));

const anyOptions = record({
  detail: constantFrom('low', 'high', 'auto'),
  language: constantFrom('en', 'de', 'ja', 'Swiss German'),
  fields: subarray([...descriptionField.options], { minLength: 1 }),
}).map((chosen): RunOptions => ({ ...allFields, ...chosen }));

function planOf(photos: readonly KnownFacts[]): CaptionPlan {
  const builder = new PlanBuilder(gpt41, allFields);
  for (const known of photos) builder.add({ known });
  return builder.build();
}

describe('a plan', () => {
  it('reads what is the same in every request once, however many photos there are', () => {
    let readings = 0;
    const options: RunOptions = {
      ...allFields,
      get language() {
        readings += 1;
        return 'de';
      },
    };
    const known: KnownFacts = {
      facts: {},
      fileName: 'a.jpg',
      folders: [],
      notes: [],
      widthPx: 4_000,
      heightPx: 3_000,
      frameCount: 1,
      colors: [],
      isMonochrome: false,
    };
    const builder = new PlanBuilder(gpt41, options);
    builder.add({ known });
    const forOne = readings;
    for (let photo = 0; photo < 10; photo += 1) builder.add({ known });
    expect(readings).toBe(forOne);
  });

  it('is the sum of its requests, which are what is reserved when they are sent', () => {
    const { price } = gpt41;
    if (price === undefined) throw new Error('gpt-4.1 is listed');
    assert(
      property(array(anyKnown, { maxLength: 6 }), anyOptions, (photos, options) => {
        const builder = new PlanBuilder(gpt41, options);
        for (const known of photos) builder.add({ known });
        const estimates = photos.map((known) => estimateRequest({ known }, gpt41, options));
        const sum = (value: (estimate: (typeof estimates)[number]) => number) =>
          estimates.reduce((total, estimate) => total + value(estimate), 0);
        expect(builder.build()).toEqual({
          photos: photos.length,
          requests: photos.length,
          ...(options.detail === 'auto' && photos.length > 0 ? { unmeasured: photos.length } : {}),
          imageTokens: sum(({ imageTokens }) => imageTokens),
          inputTokens: sum(({ inputTokens }) => inputTokens),
          outputTokens: sum((estimate) => estimate.usualOutputTokens),
          maxOutputTokens: sum((estimate) => estimate.maxOutputTokens),
          costMicroUsd: sum(({ inputTokens, usualOutputTokens }) =>
            upperCostMicroUsd({ inputTokens, outputTokens: usualOutputTokens }, price),
          ),
          maxCostMicroUsd: sum(({ inputTokens, maxOutputTokens }) =>
            upperCostMicroUsd({ inputTokens, outputTokens: maxOutputTokens }, price),
          ),
        });
      }),
      { numRuns: 50 },
    );
  });

  it('of two parts is the plan of both', () => {
    assert(
      property(array(anyKnown, { maxLength: 4 }), array(anyKnown, { maxLength: 4 }), (some, others) => {
        expect(addPlans(planOf(some), planOf(others))).toEqual(planOf([...some, ...others]));
      }),
      { numRuns: 20 },
    );
  });

  it('costs nothing where nothing is sent, and says so where the price is not known', () => {
    const known: KnownFacts = {
      facts: {},
      fileName: 'a.jpg',
      folders: [],
      notes: [],
      widthPx: 4_000,
      heightPx: 3_000,
      frameCount: 1,
      colors: [],
      isMonochrome: false,
    };
    const free = { inputMicroUsdPerMillion: 0, outputMicroUsdPerMillion: 0, source: 'free' };
    const builtIn = new PlanBuilder({ ...gpt41, isBuiltIn: true, price: free }, allFields);
    builtIn.add({ known });
    expect(builtIn.build()).toMatchObject({ photos: 1, requests: 0, inputTokens: 0, costMicroUsd: 0 });

    const twin = new PlanBuilder(gpt41, allFields);
    twin.addWithoutRequest();
    expect(twin.build()).toMatchObject({ photos: 1, requests: 0, inputTokens: 0, costMicroUsd: 0 });

    const unpriced = new PlanBuilder({ ...gpt41, price: undefined }, allFields);
    unpriced.add({ known });
    expect(unpriced.build()).toMatchObject({ requests: 1, costMicroUsd: null, maxCostMicroUsd: null });
    expect(addPlans(unpriced.build(), twin.build())).toMatchObject({ photos: 2, costMicroUsd: null });
  });

  it('says where pictures are counted from above, as nobody knows how the model counts', () => {
    const known = sampleKnownFacts({ widthPx: 4_000, heightPx: 3_000 });
    const planWith = (model: string): CaptionPlan => {
      const builder = new PlanBuilder({ ...gpt41, sizeRule: findSizeRule(model) }, allFields);
      builder.add({ known });
      return builder.build();
    };
    const unknown = planWith('my-own-model');
    expect(unknown.isCountedFromAbove).toBe(true);
    expect(addPlans(planOf([]), unknown).isCountedFromAbove).toBe(true);
    expect(planWith('gpt-4.1').isCountedFromAbove).toBeUndefined();
  });

  it('never says `auto` to a service', () => {
    const known = sampleKnownFacts({ widthPx: 4_000, heightPx: 3_000 });
    const { size } = estimateRequest({ known }, gpt41, { ...allFields, detail: 'auto' });
    expect(size?.detail).toBe('high');
  });
});

describe('a plan of a batch', () => {
  const live = { ...gpt41, otherPrice: batchPrice(listedPrice('gpt-4.1')!) }; // why: it is listed
  const batch: ModelTerms = { ...live, isBatch: true, price: live.otherPrice, otherPrice: gpt41.price };

  it('is half of what the same photos cost at once, a micro-dollar for each photo aside, and each is a request', () => {
    assert(
      property(array(anyKnown, { minLength: 1, maxLength: 12 }), (photos) => {
        const planBy = (terms: ModelTerms): CaptionPlan => {
          const builder = new PlanBuilder(terms, { ...allFields, bursts: 'together' });
          for (const known of photos) builder.add({ known });
          return builder.build();
        };
        const [atOnce, overnight] = [planBy(live), planBy(batch)];
        expect(overnight).toMatchObject({ photos: photos.length, requests: photos.length });
        const half = (atOnce.maxCostMicroUsd ?? Number.NaN) / 2;
        const cost = overnight.maxCostMicroUsd ?? Number.NaN;
        expect(cost).toBeGreaterThanOrEqual(half - photos.length);
        expect(cost).toBeLessThanOrEqual(half + photos.length);
        // Each names the price of the other.
        expect(atOnce.otherWay).toEqual({
          isBatch: true,
          costMicroUsd: overnight.costMicroUsd,
          maxCostMicroUsd: overnight.maxCostMicroUsd,
        });
        expect(overnight.otherWay).toEqual({
          isBatch: false,
          costMicroUsd: atOnce.costMicroUsd,
          maxCostMicroUsd: atOnce.maxCostMicroUsd,
        });
      }),
    );
  });
});

describe('an estimate', () => {
  it.each(['json_schema', 'json_object', 'none'] as const)(
    'is never below what the service counts for the same text (%s)',
    async (structuredOutput) => {
      await assert(
        asyncProperty(anyKnown, anyOptions, async (known, options) => {
          const estimate = estimateRequest({ known }, gpt41, options);
          const body = toChatCompletionBody(
            {
              instructions: instructions(options),
              text: userText(known),
              pictures: [],
              responseSchema: responseSchema(options.fields),
              maxOutputTokens: estimate.maxOutputTokens,
              known,
            },
            { deployment: 'gpt-41', modelId: 'gpt-4.1', learned: { structuredOutput } },
            { stream: false },
          );
          const counted = await readChatRequest(body, {
            deployment: { name: 'gpt-41', persona: personas.gpt41 },
            apiVersion: undefined,
          });
          expect(estimate.inputTokens - estimate.imageTokens).toBeGreaterThanOrEqual(counted.promptTokens);
        }),
        { numRuns: 60 },
      );
    },
  );

  it('leaves a model that thinks room to think', () => {
    const known = sampleKnownFacts({ widthPx: 400, heightPx: 300 });
    const plain = estimateRequest({ known }, gpt41, allFields).maxOutputTokens;
    expect(estimateRequest({ known }, { ...gpt41, thinks: true }, allFields).maxOutputTokens).toBeGreaterThan(
      plain,
    );
  });
});
