import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCompletion } from '../../app/providers/answer.ts';
import { parseObject } from './matchers.ts';
import { readFixture } from './replay-server.ts';

const recorded = () => parseObject(readFixture('azure-completion.json'));

/** A completion with one choice, changed as the test says. */
const withChoice = (choice: object, rest: object = {}) => readCompletion({ choices: [choice], ...rest });
const withUsage = (usage: unknown) => withChoice({ message: { content: 'x' } }, { usage })?.usage;

describe('readCompletion', () => {
  it('keeps everything that an answer of Azure says', () => {
    const answer = recorded();
    expect(readCompletion(answer)).toEqual({
      text: 'A harbour at dusk.',
      finishReason: 'stop',
      usage: { inputTokens: 1156, outputTokens: 80, cachedInputTokens: 1024, reasoningTokens: 12 },
      modelAnswered: 'gpt-4.1-2025-04-14',
      contentFilter: {
        prompt: answer['prompt_filter_results'],
        completion: {
          hate: { filtered: false, severity: 'safe' },
          violence: { filtered: false, severity: 'safe' },
        },
      },
    });
  });

  it.each([
    ['a word', { finish_reason: 'stop' }, 'stop'],
    ['the how-to’s object', { finish_reason: { type: 'stop', stop: '<|fim_suffix|>' } }, 'stop'],
    ['finish_details of vision-preview', { finish_details: { type: 'max_tokens' } }, 'length'],
    ['max_tokens as a word', { finish_reason: 'max_tokens' }, 'length'],
    ['length', { finish_reason: 'length' }, 'length'],
    ['content_filter', { finish_reason: 'content_filter' }, 'content-filter'],
    ['content_filter in finish_details', { finish_details: { type: 'content_filter' } }, 'content-filter'],
    ['tool_calls', { finish_reason: 'tool_calls' }, 'tool-calls'],
    ['null', { finish_reason: null }, 'unknown'],
    ['nothing', {}, 'unknown'],
    ['a new word', { finish_reason: 'toString' }, 'unknown'],
  ])('reads a finish reason given as %s', (_, choice, finishReason) => {
    expect(withChoice(choice)?.finishReason).toBe(finishReason);
  });

  it.each([
    ['text', 'A heron.', 'A heron.'],
    [
      'parts',
      [{ type: 'text', text: 'A ' }, { type: 'image' }, { type: 'text', text: 'heron.' }],
      'A heron.',
    ],
    ['null', null, ''],
    ['thinking that leaked', '<think>Is it a crane?</think>\n\nA heron.', 'A heron.'],
  ])('reads content given as %s', (_, content, text) => {
    expect(withChoice({ message: { content } })?.text).toBe(text);
  });

  it('keeps a refusal apart from text', () => {
    expect(withChoice({ message: { content: null, refusal: 'I cannot help with that.' } })).toMatchObject({
      text: '',
      refusal: 'I cannot help with that.',
    });
    const parts = [{ type: 'refusal', refusal: 'No.' }];
    expect(withChoice({ message: { content: parts } })?.refusal).toBe('No.');
  });

  it.each([
    ['nothing', undefined, undefined],
    ['zeros that a server filled in', { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 }, undefined],
    ['negative numbers', { prompt_tokens: -1, completion_tokens: 5 }, undefined],
    ['only a total', { total_tokens: 50 }, undefined],
    ['a filtered answer', { prompt_tokens: 9, completion_tokens: 0 }, { inputTokens: 9, outputTokens: 0 }],
    ['input and total', { prompt_tokens: 9, total_tokens: 12 }, { inputTokens: 9, outputTokens: 3 }],
    ['the newer names', { input_tokens: 9, output_tokens: 3 }, { inputTokens: 9, outputTokens: 3 }],
    [
      'image tokens',
      { prompt_tokens: 90, completion_tokens: 3, prompt_tokens_details: { image_tokens: 85 } },
      { inputTokens: 90, outputTokens: 3, imageTokens: 85 },
    ],
    [
      'parts larger than their whole',
      { prompt_tokens: 90, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 91 } },
      { inputTokens: 90, outputTokens: 3 },
    ],
  ])('reads usage with %s', (_, usage, expected) => {
    expect(withUsage(usage)).toEqual(expected);
  });

  it.each([
    ['a severity', { sexual: { filtered: true, severity: 'medium' } }, 'sexual/medium'],
    ['old spelling', { 'self-harm': { filtered: true, severity: 'high' } }, 'self-harm/high'],
    ['new spelling', { self_harm: { filtered: true, severity: 'high' } }, 'self-harm/high'],
    [
      'a detection',
      { protected_material_text: { filtered: true, detected: true } },
      'protected-material-text',
    ],
    ['only annotations', { profanity: { filtered: false, detected: true } }, undefined],
    ['a filter that is down', { error: { code: 'content_filter_error', message: '…' } }, undefined],
  ])('names what was blocked by %s', (_, content_filter_results, category) => {
    const answer = withChoice({ finish_reason: 'content_filter', content_filter_results });
    expect(answer?.blockedCategory).toBe(category);
    expect(answer?.contentFilter).toEqual({ completion: content_filter_results });
  });

  it('reads what was blocked in the prompt from the older prompt_annotations', () => {
    const prompt_annotations = [
      { prompt_index: 0, content_filter_results: { hate: { filtered: true, severity: 'high' } } },
    ];
    expect(withChoice({ message: {} }, { prompt_annotations })?.blockedCategory).toBe('hate/high');
  });

  it.each([undefined, null, 'text', [], {}, { choices: [] }, { choices: [null] }, { error: {} }])(
    'does not take %j for a completion',
    (body) => {
      expect(readCompletion(body)).toBeUndefined();
    },
  );

  it('never throws, whatever JSON came', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (message, usage, results) => {
        const choice = { message, finish_reason: usage, content_filter_results: results };
        const parts = { message: { content: message, refusal: usage } };
        for (const body of [
          message,
          { choices: message, usage },
          { choices: [choice], usage },
          { choices: [parts], prompt_filter_results: results },
        ]) {
          expect(() => readCompletion(body)).not.toThrow();
        }
      }),
    );
  });
});
