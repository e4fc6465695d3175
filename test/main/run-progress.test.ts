import { describe, expect, it } from 'vitest';
import type { RunId } from '../../app/contract/ids.ts';
import { finishedRuns, progressOf, sentenceFor } from '../../main/run-progress.ts';

const none = { ready: 0, held: 0, running: 0, finished: 0, skipped: 0, failed: 0, canceled: 0 };
const run = (
  id: number,
  state: 'running' | 'paused' | 'finished' | 'canceled',
  jobs: Partial<typeof none>,
) => ({
  id: id as RunId,
  state,
  connection: 'eyes',
  jobs: { ...none, ...jobs },
});

describe('the bar on the dock', () => {
  it('is the share of photos that are over, of all runs that go on', () => {
    const runs = [
      run(1, 'running', { finished: 20, failed: 3, skipped: 2, ready: 20, running: 5 }),
      run(2, 'running', { held: 50 }),
      run(3, 'paused', { ready: 1000 }),
      run(4, 'finished', { finished: 9000 }),
    ];
    expect(progressOf(runs)).toBe(0.25);
  });

  it('is gone when nothing goes on', () => {
    expect(progressOf([run(1, 'paused', { ready: 3 }), run(2, 'finished', { finished: 3 })])).toBe(-1);
  });
});

describe('a notification', () => {
  it('tells of a run that ended, once, also when it went on for a moment only, and of no other', () => {
    const before = [
      run(1, 'running', {}),
      run(2, 'running', {}),
      run(3, 'paused', { finished: 7 }),
      run(4, 'finished', { finished: 2 }),
      run(6, 'paused', { finished: 7 }),
    ];
    const now = [
      run(1, 'finished', { finished: 1 }),
      run(2, 'canceled', {}),
      // What it had left has moved into another one.
      run(3, 'finished', { finished: 7 }),
      run(4, 'finished', { finished: 2 }),
      // Begun since.
      run(5, 'finished', { finished: 3 }),
      run(6, 'finished', { finished: 9 }),
    ];
    expect(finishedRuns(before, now).map(({ id }) => id)).toEqual([1, 5, 6]);
    expect(finishedRuns(now, now)).toEqual([]);
  });

  it('says how many, and what failed, in the language of the window', () => {
    const [one, many] = [
      run(1, 'finished', { finished: 1 }),
      run(1, 'finished', { finished: 1200, failed: 3 }),
    ];
    expect(sentenceFor(one, 'en')).toBe('1 photo described with eyes.');
    expect(sentenceFor(many, 'en')).toBe('1,200 photos described with eyes. 3 failed.');
    expect(sentenceFor(many, 'de')).toBe('1.200 Fotos mit eyes beschrieben. 3 gingen nicht.');
  });
});
