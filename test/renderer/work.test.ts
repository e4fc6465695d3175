import { describe, expect, it } from 'vitest';
import { procedures } from '../../app/contract/procedures.ts';
import { budgetShare, troubleOf, workOf, type Summary } from '../../renderer/status-bar/work.ts';
import { formatDuration } from '../../renderer/texts/format.ts';

function summaryWith(change: Partial<Summary>): Summary {
  return {
    ...procedures['library.summary'].output.parse({
      photos: 100,
      described: 0,
      said: 0,
      baseline: 0,
      problems: 0,
      failed: 0,
      unsupported: 0,
      unread: 0,
      away: 0,
      excluded: 0,
      needsReview: 0,
      doubtful: 0,
      waiting: { files: 0, thumbnails: 0, photos: 0, overnight: 0, held: 0 },
      pace: null,
      scanning: [],
      pausedRuns: 0,
      runningRuns: 0,
      spentTodayMicroUsd: 0,
      spentThisMonthMicroUsd: 0,
      unpricedToday: 0,
      unpricedThisMonth: 0,
      monthlyBudgetMicroUsd: null,
      connections: [],
    }),
    ...change,
  };
}

describe('what the engine is said to do', () => {
  const busy = { files: 7, thumbnails: 3, photos: 40, overnight: 0, held: 0 };

  it('is what costs money before what does not', () => {
    expect(workOf(summaryWith({ runningRuns: 1, waiting: busy })).kind).toBe('describing');
    expect(workOf(summaryWith({ waiting: { ...busy, photos: 0 } }))).toEqual({ kind: 'reading', files: 7 });
  });

  it('is that it waits for a person, with what waits', () => {
    const held = { ...busy, photos: 0, held: 40 };
    expect(workOf(summaryWith({ pausedRuns: 1, waiting: held }))).toEqual({ kind: 'paused', photosLeft: 40 });
  });

  it('is what a service has overnight, behind all that goes on here', () => {
    const overnight = { ...busy, photos: 0, overnight: 900 };
    const idle = { ...overnight, files: 0, thumbnails: 0 };
    expect(workOf(summaryWith({ runningRuns: 1, waiting: overnight })).kind).toBe('reading');
    expect(workOf(summaryWith({ runningRuns: 1, waiting: idle }))).toEqual({
      kind: 'overnight',
      photos: 900,
    });
  });

  it('is nothing when nothing waits, also while a run is about to end', () => {
    expect(workOf(summaryWith({ runningRuns: 1 }))).toEqual({ kind: 'idle' });
  });
});

function connection(id: number, state: 'ready' | 'offline' | 'blocked', restsUntilMs: number | null) {
  const { element } = procedures['library.summary'].output.shape.connections;
  return element.parse({ id, name: String(id), state, error: null, restsUntilMs });
}

describe('a connection that does not answer', () => {
  it('leaves no time to be told while it waits for a person', () => {
    const waiting = { files: 0, thumbnails: 0, photos: 40, overnight: 0, held: 0 };
    const pace = { photosPerMinute: 48, msLeft: 50_000 };
    const going = summaryWith({ runningRuns: 1, waiting, pace, connections: [connection(1, 'ready', null)] });
    const blocked = { ...going, connections: [connection(1, 'blocked', null)] };
    expect(workOf(going)).toMatchObject({ kind: 'describing', pace });
    expect(workOf(blocked)).toMatchObject({ kind: 'describing', photosLeft: 40, pace: null });
  });

  it('is the one that waits for a person, then one without a network, then one that was asked to wait', () => {
    const ready = connection(1, 'ready', null);
    const resting = connection(2, 'ready', 5);
    const offline = connection(3, 'offline', 9);
    const blocked = connection(4, 'blocked', null);
    expect(troubleOf(summaryWith({ connections: [ready, resting, offline, blocked] }))).toBe(blocked);
    expect(troubleOf(summaryWith({ connections: [ready, resting, offline] }))).toBe(offline);
    expect(troubleOf(summaryWith({ connections: [ready, resting] }))).toBe(resting);
    expect(troubleOf(summaryWith({ connections: [ready] }))).toBeUndefined();
  });
});

describe('the month’s budget', () => {
  it('is shown as a share that never passes the whole, and not at all without a budget', () => {
    expect(budgetShare({ spentThisMonthMicroUsd: 1, monthlyBudgetMicroUsd: null })).toBeUndefined();
    expect(budgetShare({ spentThisMonthMicroUsd: 25, monthlyBudgetMicroUsd: 100 })).toBe(0.25);
    expect(budgetShare({ spentThisMonthMicroUsd: 130, monthlyBudgetMicroUsd: 100 })).toBe(1);
  });
});

describe('a time that is left', () => {
  it('is told in the two largest units, rounded up, and never as nothing', () => {
    expect(formatDuration(1, 'en')).toBe('1 sec');
    expect(formatDuration(61_000, 'en')).toBe('2 min');
    expect(formatDuration(3_600_000 + 120_000, 'en')).toBe('1 hr 2 min');
    expect(formatDuration(26 * 3_600_000, 'en')).toBe('1 day 2 hr');
    expect(formatDuration(26 * 3_600_000, 'de')).toBe('1 Tg. 2 Std.');
  });
});
