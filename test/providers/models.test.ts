import { describe, expect, it } from 'vitest';
import { findModelAbilities } from '../../app/providers/models.ts';

describe('findModelAbilities', () => {
  it.each([
    ['gpt-4.1-mini-2025-04-14', 'yes', 'json_schema', 'max_tokens', 50],
    ['gpt-4-turbo-2024-04-09', 'yes', 'none', 'max_tokens', 10],
    ['GPT-4 Turbo with Vision', 'yes', 'none', 'max_tokens', 10],
    ['gpt-4', 'unknown', 'none', 'max_tokens', 10],
    ['gpt-4o-2024-05-13', 'yes', 'json_object', 'max_tokens', 50],
    ['gpt-4o-2024-11-20', 'yes', 'json_schema', 'max_tokens', 50],
    ['openai/gpt-5.6-terra', 'yes', 'json_schema', 'max_completion_tokens', 50],
    ['o3-mini', 'no', 'json_schema', 'max_completion_tokens', 50],
    ['gpt-35-turbo', 'no', 'json_schema', 'max_tokens', 10],
    ['qwen2.5vl:7b', 'yes', 'json_schema', 'max_tokens', 10],
    ['gpt-3.5-turbo-0125', 'no', 'json_schema', 'max_tokens', 10],
    ['ft:gpt-3.5-turbo-0125:me::abc', 'no', 'json_schema', 'max_tokens', 10],
    ['gpt-4-0613', 'no', 'json_schema', 'max_tokens', 10],
    ['gpt-4-turbo-preview', 'no', 'json_schema', 'max_tokens', 10],
    ['text-embedding-3-large', 'no', 'json_schema', 'max_tokens', 10],
    ['o1-mini-2024-09-12', 'no', 'json_schema', 'max_completion_tokens', 50],
    ['o1-2024-12-17', 'yes', 'json_schema', 'max_completion_tokens', 50],
    ['my-own-model', 'unknown', 'json_schema', 'max_tokens', 10],
    [null, 'unknown', 'json_schema', 'max_tokens', 10],
  ])('knows %s', (modelId, vision, structuredOutput, tokenLimitParameter, maxImagesPerRequest) => {
    expect(findModelAbilities(modelId)).toMatchObject({
      vision,
      structuredOutput,
      tokenLimitParameter,
      maxImagesPerRequest,
    });
  });
});
