import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { Interrupts } from '../../app/cli/interrupts.ts';

function pressed(...signals: readonly (readonly ['SIGINT' | 'SIGTERM', atMs: number])[]): string[] {
  const source = new EventEmitter();
  let nowMs = 0;
  const interrupts = new Interrupts(source, () => nowMs);
  const done: string[] = [];
  interrupts.handle({ drain: () => done.push('drain'), abort: () => done.push('abort') });
  for (const [signal, atMs] of signals) {
    nowMs = atMs;
    source.emit(signal);
  }
  return done;
}

test.each([
  ['one Ctrl-C drains', [['SIGINT', 0]], ['drain']],
  [
    'one that npm and the shell both pass on is one',
    [
      ['SIGINT', 0],
      ['SIGINT', 250],
    ],
    ['drain'],
  ],
  [
    'a second one stops at once',
    [
      ['SIGINT', 0],
      ['SIGINT', 900],
    ],
    ['drain', 'abort'],
  ],
  [
    'another signal is never the same one',
    [
      ['SIGINT', 0],
      ['SIGTERM', 1],
    ],
    ['drain', 'abort'],
  ],
] as const)('%s', (_, signals, done) => {
  expect(pressed(...signals)).toEqual(done);
});
