import { expect, it } from 'vitest';
import { sureText } from '../../app/imaging/sure-text.ts';

const word = (text: string, confidence: number) => ({ text, confidence });

it('what is sure is kept line by line, short words beside it too', () => {
  expect(
    sureText([
      [word('NO', 95), word('ENTRY', 96)],
      [word('Platform', 88), word('2', 92), word('x', 60)],
    ]),
  ).toBe('NO ENTRY\nPlatform 2');
});

it.each([
  ['a fence', [word('IIIII', 91), word('||||', 95)]],
  ['leaves', [word('NN', 79), word('=:', 85), word('wr', 74)]],
  ['something that may be a word', [word('weg', 73)]],
  ['lone letters', [word('I', 96), word('=', 95), word('4', 99)]],
  ['nothing', []],
])('%s is no text', (_name, line) => {
  expect(sureText([line])).toBeUndefined();
});
