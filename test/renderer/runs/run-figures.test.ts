import { describe, expect, it } from 'vitest';
import type { ConnectionId } from '../../../app/contract/ids.ts';
import { againstPlan, phaseOf, progressOf, type RunProgress } from '../../../renderer/runs/run-figures.ts';

const id = 3 as ConnectionId;
const noJobs = { ready: 0, held: 0, running: 0, finished: 0, skipped: 0, failed: 0, canceled: 0 };

function runOf(jobs: Partial<RunProgress['jobs']>, more: Partial<RunProgress> = {}): RunProgress {
  const plan = { photos: 11, copies: 1 } as RunProgress['plan'];
  return { state: 'running', connectionId: id, plan, jobs: { ...noJobs, ...jobs }, ...more } as RunProgress;
}

describe('how far a run is', () => {
  it('counts photos that are work, and copies beside them', () => {
    expect(progressOf(runOf({ finished: 4, ready: 6 }))).toMatchObject({ done: 4, total: 10, copies: 1 });
    expect(progressOf(runOf({ finished: 10 }))).toMatchObject({ done: 10, left: 0, total: 10 });
    // While it starts, and of runs of earlier releases, which did not count copies.
    expect(progressOf(runOf({ ready: 2 }))).toMatchObject({ total: 10 });
    const earlier = runOf({ finished: 10 }, { plan: { photos: 11 } as RunProgress['plan'] });
    expect(progressOf(earlier)).toMatchObject({ total: 11, copies: 0 });
  });

  it('compares with the plan of as many photos as were work', () => {
    // All ten that were to be sent: exactly what was planned.
    expect(againstPlan(500, 500, runOf({ finished: 10 }))).toBe(1);
    expect(againstPlan(300, 500, runOf({ finished: 5 }))).toBeCloseTo(1.2);
  });
});

describe('what a run does now', () => {
  const error = { code: 'provider-unauthorized', details: {} } as const;
  const is = (state: 'ready' | 'offline' | 'blocked', restsUntilMs: number | null = null) => [
    { id, state, error: state === 'blocked' ? error : null, restsUntilMs },
  ];
  const waiting = runOf({ ready: 5 });

  it('is that it waits, and for what, while nothing of it is in hand', () => {
    expect(phaseOf(waiting, is('blocked'))).toEqual({ kind: 'blocked', error });
    expect(phaseOf(waiting, is('offline'))).toEqual({ kind: 'offline' });
    expect(phaseOf(waiting, is('ready', 90))).toEqual({ kind: 'rests', untilMs: 90 });
    expect(phaseOf(waiting, is('ready'))).toEqual({ kind: 'running' });
    expect(phaseOf(runOf({ ready: 5, running: 1 }), is('blocked'))).toEqual({ kind: 'running' });
    expect(phaseOf(runOf({ finished: 10 }), is('blocked'))).toEqual({ kind: 'running' });
  });

  it('is its own state when it is over or was stopped, whatever its connection is', () => {
    expect(phaseOf(runOf({ held: 5 }, { state: 'paused' }), is('blocked'))).toEqual({ kind: 'paused' });
    expect(phaseOf(runOf({}, { state: 'finished' }), is('blocked'))).toEqual({ kind: 'finished' });
    // Of one that was taken out of the list nothing is known.
    expect(phaseOf(waiting, [])).toEqual({ kind: 'running' });
  });
});
