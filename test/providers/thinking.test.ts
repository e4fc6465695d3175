import { describe, expect, it } from 'vitest';
import { AnswerStream } from '../../app/providers/stream.ts';
import { withoutThinking } from '../../app/providers/thinking.ts';

const answer = '{"caption": "A dog."}';

const leaks = [
  ['between tags', `<think>\nHm, {"caption": "a draft"}.\n</think>\n\n${answer}`],
  ['by another name', `<thinking>Hm.</thinking>${answer}`],
  ['in brackets', `[THINK]Hm.[/THINK]${answer}`],
  ['without its beginning, which stands in the prompt', `Hm, let me see.\n</think>\n${answer}`],
  ['that quote the tag', `<think>I close with </think> soon.</think>${answer}`],
  ['empty', `<think>\n\n</think>\n\n${answer}`],
] as const;

const event = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`;

describe('thoughts in an answer', () => {
  it.each(leaks)('%s are taken out', (_, text) => {
    expect(withoutThinking(text)).toBe(answer);
  });

  it('that never end leave nothing', () => {
    expect(withoutThinking('<think>And then again, and then again')).toBe('');
  });

  it.each([answer, 'I think <b>this</b> is a dog.', '[A dog] on a beach', '', '<thin ice> on a lake'])(
    'leave %j as it is',
    (text) => {
      expect(withoutThinking(text)).toBe(text);
    },
  );
});

describe('a stream', () => {
  it.each(leaks.filter(([, text]) => /^[<[]/.test(text) && !text.includes('soon')))(
    'tells nothing of thoughts %s, and all of the answer',
    (_, text) => {
      let told = '';
      const stream = new AnswerStream((piece) => {
        told += piece;
      });
      for (const character of text) stream.push(event(character));
      expect(told).toBe(answer);
    },
  );

  it('tells an answer without thoughts piece by piece', () => {
    const told: string[] = [];
    const stream = new AnswerStream((piece) => told.push(piece));
    for (const piece of ['A dog', ' on a', ' beach.']) stream.push(event(piece));
    expect(told).toEqual(['A dog', ' on a', ' beach.']);
  });

  it('tells an answer that begins like a tag as soon as it is none', () => {
    const told: string[] = [];
    const stream = new AnswerStream((piece) => told.push(piece));
    for (const piece of ['<b', '>bold</b> and more']) stream.push(event(piece));
    expect(told.join('')).toBe('<b>bold</b> and more');
  });
});
