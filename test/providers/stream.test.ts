import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerStream, readStream } from '../../app/providers/stream.ts';
import { readFixture } from './replay-server.ts';

const recorded = readFixture('azure-stream.txt');
const expected = {
  text: 'Hafen in der Dämmerung 🌆',
  finishReason: 'stop',
  usage: { inputTokens: 790, outputTokens: 12 },
  modelAnswered: 'gpt-4o-mini-2024-07-18',
};

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const piece = (content: string): string => event({ choices: [{ index: 0, delta: { content } }] });
const finish = (reason: string, rest: object = {}): string =>
  event({ choices: [{ index: 0, delta: {}, finish_reason: reason }], ...rest });
const refusal = (text: string): string => event({ choices: [{ index: 0, delta: { refusal: text } }] });
const usage = { prompt_tokens: 790, completion_tokens: 12, total_tokens: 802 };

describe('AnswerStream', () => {
  it('puts an answer of Azure together', () => {
    const pieces: string[] = [];
    const stream = new AnswerStream((text) => pieces.push(text));
    stream.push(recorded);
    expect(stream.isDone).toBe(true);
    expect(pieces).toEqual(['Hafen in ', 'der Dämmerung 🌆']);
    expect(stream.toCompletion()).toMatchObject(expected);
    expect(stream.toCompletion()?.contentFilter).toEqual({
      prompt: [{ prompt_index: 0, content_filter_results: { hate: { filtered: false, severity: 'safe' } } }],
      completion: {
        hate: { filtered: false, severity: 'safe' },
        protected_material_text: { detected: false, filtered: false },
      },
    });
  });

  it('keeps the data lines as they came, and reads the same answer from them again', () => {
    const stream = readStream(recorded);
    expect(stream.raw.split('\n')).toEqual(recorded.split('\n').filter((line) => line.startsWith('data:')));
    expect(readStream(stream.raw).toCompletion()).toEqual(stream.toCompletion());
  });

  it('reads the same however the bytes are cut, with any kind of line end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 }),
        (lineEnd, lengths) => {
          const bytes = new TextEncoder().encode(recorded.replaceAll('\n', lineEnd));
          const decoder = new TextDecoder();
          const stream = new AnswerStream();
          let start = 0;
          for (let turn = 0; start < bytes.length; turn += 1) {
            const length = lengths[turn % lengths.length] ?? 1;
            stream.push(decoder.decode(bytes.subarray(start, start + length), { stream: true }));
            start += length;
          }
          stream.end();
          expect(stream.toCompletion()).toMatchObject(expected);
        },
      ),
    );
  });

  it('takes an end without [DONE] for an end when a finish reason came', () => {
    const stream = readStream(piece('A heron.') + finish('stop').trimEnd());
    expect(stream.isDone).toBe(false);
    expect(stream.toCompletion()).toEqual({ text: 'A heron.', finishReason: 'stop' });
  });

  it('does not take a stream for finished that nobody finished', () => {
    expect(readStream(piece('A her')).toCompletion()).toBeUndefined();
    expect(readStream('').toCompletion()).toBeUndefined();
    expect(readStream('data: [DONE]\n\n').toCompletion()).toBeUndefined();
  });

  it('believes [DONE] where a server gives no finish reason', () => {
    expect(readStream(`${piece('A heron.')}data: [DONE]\n\n`).toCompletion()).toEqual({
      text: 'A heron.',
      finishReason: 'unknown',
    });
  });

  it.each([
    ['on the finish event', piece('x') + finish('stop', { usage })],
    ['on an event of its own', piece('x') + finish('stop') + event({ choices: [], usage })],
    [
      'on every event, of which the last counts',
      event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } }) +
        piece('x') +
        finish('stop', { usage }),
    ],
  ])('reads usage %s', (_, text) => {
    expect(readStream(text).toCompletion()?.usage).toEqual({ inputTokens: 790, outputTokens: 12 });
  });

  it('leaves usage unknown when it never came', () => {
    expect(readStream(piece('x') + finish('stop')).toCompletion()).not.toHaveProperty('usage');
  });

  it('flags text that the asynchronous filter blocked after it was delivered', () => {
    const late = event({
      choices: [
        {
          index: 0,
          finish_reason: 'content_filter',
          content_filter_results: { violence: { filtered: true, severity: 'high' } },
          content_filter_offsets: { check_offset: 0, start_offset: 0, end_offset: 9 },
        },
      ],
    });
    const safe = event({
      choices: [
        { index: 0, delta: {}, content_filter_results: { violence: { filtered: false, severity: 'safe' } } },
      ],
    });
    expect(readStream(piece('A battle.') + finish('stop') + late + safe).toCompletion()).toMatchObject({
      text: 'A battle.',
      finishReason: 'content-filter',
      blockedCategory: 'violence/high',
    });
  });

  it('reads a filter that was down', () => {
    const text = event({
      choices: [
        {
          index: 0,
          delta: { content: 'x' },
          content_filter_result: { error: { code: 'content_filter_error' } },
        },
      ],
    });
    expect(readStream(text + finish('stop')).toCompletion()).toMatchObject({
      text: 'x',
      contentFilter: { completion: { error: { code: 'content_filter_error' } } },
    });
  });

  it('keeps the error of an event in the middle', () => {
    const stream = readStream(
      piece('A her') + event({ error: { message: 'The server had an error', code: null } }),
    );
    expect(stream.error).toEqual({ message: 'The server had an error', code: null });
    expect(stream.toCompletion()).toBeUndefined();
  });

  it('puts a refusal together', () => {
    expect(readStream(refusal('I can') + refusal('not.') + finish('stop')).toCompletion()?.refusal).toBe(
      'I cannot.',
    );
  });

  it('skips events that are broken, and other choices', () => {
    const text = `data: {"choices":[\n\n: comment\nevent: ping\nid: 7\n\n${event({ choices: [{ index: 1, delta: { content: 'no' } }] })}`;
    expect(readStream(text + piece('yes') + finish('stop')).toCompletion()?.text).toBe('yes');
  });

  it('never throws, whatever came', () => {
    const oddPiece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json().map((json) => `data: ${json}\n\n`),
      fc.jsonValue().map((choice) => event({ choices: [choice] })),
    );
    fc.assert(
      fc.property(fc.array(oddPiece), (pieces) => {
        const text = pieces.join('');
        expect(() => readStream(text).toCompletion()).not.toThrow();
      }),
    );
  });
});
