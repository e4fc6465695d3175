import { describe, expect, it } from 'vitest';
import type { ConnectionId } from '../../app/contract/ids.ts';
import type { Connection } from '../../app/contract/models/connection.ts';
import type { Price } from '../../app/contract/models/usage.ts';
import { costMicroUsd } from '../../app/usage/cost.ts';
import { findPrice, listedPrice, modelOf } from '../../app/usage/prices.ts';

type Priced = Parameters<typeof findPrice>[0];

const azure: Priced = {
  kind: 'azure-openai',
  endpoint: 'https://example.openai.azure.com',
  modelId: null,
  deployment: 'gpt-4o',
  ownPrice: null,
  learned: {},
};
const local: Priced = {
  ...azure,
  kind: 'openai-compatible',
  endpoint: 'http://localhost:11434/v1',
  deployment: 'llava',
};
const own: Price = { inputMicroUsdPerMillion: 7, outputMicroUsdPerMillion: 8, source: 'own' };

describe('the list of prices', () => {
  it('knows a model by its name, its dated name, and its name at another service', () => {
    const price = listedPrice('gpt-4.1');
    expect(price).toMatchObject({ inputMicroUsdPerMillion: 2_000_000, outputMicroUsdPerMillion: 8_000_000 });
    for (const name of ['gpt-4.1-2025-04-14', 'GPT-4.1', 'openai/gpt-4.1', ' gpt-4.1-latest ']) {
      expect({ name, price: listedPrice(name) }).toEqual({ name, price });
    }
    expect(listedPrice('GPT-4 Turbo with Vision')).toEqual(listedPrice('gpt-4-turbo'));
    expect(listedPrice('gpt-4-turbo-2024-04-09')).toEqual(listedPrice('gpt-4-turbo'));
  });

  it('takes the model that was named, not one whose name begins alike', () => {
    const names = ['gpt-4', 'gpt-4o', 'gpt-4o-mini', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4.1-nano', 'gpt-5'];
    const input = names.map((name) => listedPrice(`${name}-2025-01-01`)?.inputMicroUsdPerMillion);
    expect(input).toEqual([10_000_000, 2_500_000, 150_000, 2_000_000, 400_000, 100_000, 1_250_000]);
  });

  it.each(['gpt-5-pro', 'gpt-4o-realtime-preview', 'gpt-4.2', 'gpt-4-32k', 'llava', 'constructor', '', 'o3'])(
    'does not guess the price of %j',
    (name) => {
      expect(listedPrice(name)).toBeUndefined();
    },
  );
});

describe('what a connection costs', () => {
  it('is nothing for the built-in describer and for a model on one’s own machine', () => {
    const builtIn = { ...azure, kind: 'built-in', endpoint: null, deployment: null } as const;
    for (const connection of [builtIn, local]) {
      expect(findPrice(connection)).toMatchObject({
        inputMicroUsdPerMillion: 0,
        outputMicroUsdPerMillion: 0,
      });
    }
  });

  it('is what the user set, wherever the model runs', () => {
    for (const connection of [azure, local]) expect(findPrice({ ...connection, ownPrice: own })).toEqual(own);
  });

  it('is the price of the model behind an Azure deployment, not of the deployment’s name', () => {
    expect(findPrice(azure)).toBeUndefined();
    expect(findPrice({ ...azure, modelId: 'gpt-4.1' })).toEqual(listedPrice('gpt-4.1'));
    expect(findPrice({ ...azure, learned: { modelAnswered: 'gpt-4o-mini-2024-07-18' } })).toEqual(
      listedPrice('gpt-4o-mini'),
    );
  });

  it('of a request with enhancements is what Microsoft’s own sample bill adds up to', () => {
    const price = findPrice({
      ...azure,
      modelId: 'gpt-4-vision-preview',
      enhancements: { features: ['ocr', 'grounding'], visionConnectionId: 2 as ConnectionId }, // why: any id will do
    });
    if (price === undefined) throw new Error('the model is listed');
    // 100 tokens of text and 255 of a picture, 100 of the answer: 0.001 + 0.00255 + 0.0015 + 0.0015 + 0.003 USD.
    expect(costMicroUsd({ inputTokens: 100 + 255, outputTokens: 100 }, price)).toBe(9_550);
  });

  it('is not free only because Azure is spoken to through this machine', () => {
    expect(findPrice({ ...azure, endpoint: 'http://127.0.0.1:8080', modelId: 'gpt-4.1' })).toEqual(
      listedPrice('gpt-4.1'),
    );
  });
});

it('the model is as the user said, else as the name or the service says', () => {
  const learned: Connection['learned'] = { modelAnswered: 'gpt-4o-2024-11-20' };
  expect(modelOf({ ...azure, modelId: 'gpt-4.1', learned })).toBe('gpt-4.1');
  expect(modelOf({ ...azure, learned })).toBe('gpt-4o-2024-11-20');
  expect(modelOf({ ...local, learned })).toBe('llava');
  expect(modelOf(azure)).toBeUndefined();
});
