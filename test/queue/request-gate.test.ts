import { array, assert, asyncProperty, boolean, integer, option, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestGate, type GateLimits } from '../../app/queue/request-gate.ts';
import { FakeClock, settle } from '../helpers/fake-clock.ts';

const noSignals: readonly AbortSignal[] = [];

/** Callers that write down when they got in. */
function openGate(limits: GateLimits) {
  const clock = new FakeClock(0);
  const gate = new RequestGate(clock, limits);
  const entered: string[] = [];
  const leaves = new Map<string, () => void>();
  const ask = async (
    name: string,
    tokens: number,
    signals: readonly AbortSignal[],
    isUrgent = false,
  ): Promise<void> => {
    const leave = await gate.enter(tokens, signals, { isUrgent });
    if (leave === undefined) return;
    entered.push(name);
    leaves.set(name, leave);
  };
  /** Asks, and lets whoever gets in get in. */
  const enter = async (name: string, tokens = 0, signal?: AbortSignal): Promise<void> => {
    await Promise.race([ask(name, tokens, signal === undefined ? noSignals : [signal]), settle(1)]);
  };
  const enterUrgently = async (name: string, tokens = 0): Promise<void> => {
    await Promise.race([ask(name, tokens, noSignals, true), settle(1)]);
  };
  const leave = async (name: string): Promise<void> => {
    leaves.get(name)?.();
    await settle(1);
  };
  return { clock, gate, entered, enter, enterUrgently, leave };
}

describe('places', () => {
  it('are given in the order in which they were asked for', async () => {
    const { entered, enter, leave, gate } = openGate({ concurrency: 2 });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await enter(name);
    expect(entered).toEqual(['a', 'b']);
    await leave('b');
    await leave('a');
    expect(entered).toEqual(['a', 'b', 'c', 'd']);
    expect(gate.inFlight).toBe(2);
  });

  it('are given one at a time until the service has answered', async () => {
    const { entered, enter, leave, gate } = openGate({ concurrency: 3, startsAlone: true });
    for (const name of ['a', 'b', 'c', 'd', 'e']) await enter(name);
    expect(entered).toEqual(['a']);
    // Asked, and not answered.
    await leave('a');
    expect(entered).toEqual(['a', 'b']);
    gate.trust();
    await leave('b');
    expect(entered).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('beyond those that are allowed are there for one urgent request, which goes before all others', async () => {
    const { entered, enter, enterUrgently, leave, gate } = openGate({ concurrency: 2 });
    for (const name of ['a', 'b', 'c']) await enter(name);
    await enterUrgently('question');
    await enterUrgently('another question');
    expect(entered).toEqual(['a', 'b', 'question']);
    await leave('question');
    expect(entered).toEqual(['a', 'b', 'question', 'another question']);
    await leave('another question');
    expect(gate.inFlight).toBe(2);
    await leave('a');
    expect(entered.at(-1)).toBe('c');
    expect(gate.inFlight).toBe(2);
  });

  it('of urgent requests are within the rates, before those who waited for the rate', async () => {
    const { clock, entered, enter, enterUrgently } = openGate({ concurrency: 5, tokensPerMinute: 100 });
    await enter('first', 80);
    await enter('waits', 60);
    await enterUrgently('question', 40);
    expect(entered).toEqual(['first']);
    await clock.advance(60_000);
    expect(entered).toEqual(['first', 'question', 'waits']);
  });

  it('cannot be taken over by a caller that comes in the moment when one becomes free', async () => {
    const { entered, enter, leave } = openGate({ concurrency: 1 });
    await enter('first');
    await enter('waits');
    const left = leave('first');
    const late = enter('late');
    await Promise.all([left, late]);
    expect(entered).toEqual(['first', 'waits']);
  });

  it('are freed once, however often a caller leaves', async () => {
    const { gate } = openGate({ concurrency: 1 });
    const leave = await gate.enter(0, noSignals);
    leave?.();
    leave?.();
    expect(gate.inFlight).toBe(0);
  });
});

describe('giving up', () => {
  it('takes no place, and passes the turn on', async () => {
    const { entered, enter, leave, gate } = openGate({ concurrency: 1 });
    const giveUp = new AbortController();
    await enter('a');
    await enter('gives up', 0, giveUp.signal);
    await enter('b');
    giveUp.abort();
    await settle(1);
    expect(gate.inFlight).toBe(1);
    await leave('a');
    expect(entered).toEqual(['a', 'b']);
  });

  it('at the very moment when a place becomes free loses nobody else’s turn', async () => {
    const { enter, leave, gate, entered } = openGate({ concurrency: 1 });
    const giveUp = new AbortController();
    await enter('a');
    await enter('gives up', 0, giveUp.signal);
    await enter('b');
    const left = leave('a');
    giveUp.abort();
    await left;
    // It had been let in already, so it has a place to leave.
    await leave('gives up');
    expect(entered.at(-1)).toBe('b');
    expect(gate.inFlight).toBe(1);
  });

  it('before asking gets nothing', async () => {
    const { gate } = openGate({ concurrency: 1 });
    expect(await gate.enter(0, [AbortSignal.abort()])).toBeUndefined();
    expect(gate.inFlight).toBe(0);
  });

  it('while waiting for the rate lets a smaller request behind it go at once', async () => {
    const { entered, enter, clock } = openGate({ concurrency: 4, tokensPerMinute: 1_000 });
    const giveUp = new AbortController();
    await enter('a', 600);
    await enter('large', 900, giveUp.signal);
    await enter('small', 400);
    expect(entered).toEqual(['a']);
    giveUp.abort();
    await settle(1);
    expect(entered).toEqual(['a', 'small']);
    expect(clock.pending).toBe(0);
  });
});

describe('turning away', () => {
  it('sends away all who wait, none who is in, and holds nothing against who comes later', async () => {
    const abort = new AbortController();
    const { gate, entered, enter, leave } = openGate({ concurrency: 1 });
    for (const name of ['in', 'waits', 'waits too']) await enter(name, 0, abort.signal);
    gate.turnAway();
    await enter('later');
    abort.abort();
    await leave('in');
    expect(entered).toEqual(['in', 'later']);
  });
});

it('lets nobody in while somebody holds it, and goes on behind those who were turned away', async () => {
  const { gate, entered, enter, leave } = openGate({ concurrency: 1 });
  await enter('in');
  const letIn = gate.hold();
  await leave('in');
  await enter('waits');
  expect(entered).toEqual(['in']);
  gate.turnAway();
  await enter('later');
  expect(entered).toEqual(['in']);
  letIn();
  await leave('none');
  expect(entered).toEqual(['in', 'later']);
});

it('more places are there at once, fewer as places are left', async () => {
  const { gate, entered, enter, leave } = openGate({ concurrency: 1 });
  for (const name of ['a', 'b', 'c', 'd']) await enter(name);
  gate.setConcurrency(3);
  await enter('e');
  expect(entered).toEqual(['a', 'b', 'c']);
  gate.setConcurrency(1);
  await leave('a');
  await leave('b');
  expect(entered).toEqual(['a', 'b', 'c']);
  await leave('c');
  expect(entered).toEqual(['a', 'b', 'c', 'd']);
});

describe('rates', () => {
  it('let a sixth of a minute’s requests go in ten seconds, as the service counts them', async () => {
    const { entered, enter, clock } = openGate({ concurrency: 100, requestsPerMinute: 60 });
    for (let index = 0; index < 25; index++) await enter(String(index));
    expect(entered).toHaveLength(10);
    await clock.advance(9_999);
    expect(entered).toHaveLength(10);
    await clock.advance(1);
    expect(entered).toHaveLength(20);
  });

  it('do not let small requests starve a large one', async () => {
    const { entered, enter, clock } = openGate({ concurrency: 100, tokensPerMinute: 1_000 });
    await enter('first', 600);
    await enter('large', 800);
    for (let index = 0; index < 5; index++) await enter(`small ${String(index)}`, 100);
    expect(entered).toEqual(['first']);
    await clock.advance(60_000);
    expect(entered.slice(0, 2)).toEqual(['first', 'large']);
  });

  it('let a request go that is larger than a whole minute', async () => {
    const { entered, enter, clock } = openGate({ concurrency: 2, tokensPerMinute: 1_000 });
    await enter('huge', 5_000);
    await enter('next', 1);
    await clock.advance(59_999);
    expect(entered).toEqual(['huge']);
    await clock.advance(1);
    expect(entered).toEqual(['huge', 'next']);
  });
});

const visits = array(
  record({
    gapMs: integer({ min: 0, max: 4_000 }),
    staysMs: integer({ min: 0, max: 20_000 }),
    tokens: integer({ min: 0, max: 120 }),
    givesUp: option(integer({ min: 0, max: 30_000 }), { freq: 6 }),
    leavesAtOnce: boolean(),
  }),
  { maxLength: 40 },
);

describe('whoever comes, stays and gives up, and whenever', () => {
  it('the limits hold, the order is kept, and nobody is forgotten', async () => {
    await assert(
      asyncProperty(
        integer({ min: 1, max: 5 }),
        option(integer({ min: 1, max: 30 })),
        option(integer({ min: 1, max: 300 })),
        visits,
        async (concurrency, requestsPerMinute, tokensPerMinute, planned) => {
          const clock = new FakeClock(0);
          const gate = new RequestGate(clock, {
            concurrency,
            ...(requestsPerMinute === null ? {} : { requestsPerMinute }),
            ...(tokensPerMinute === null ? {} : { tokensPerMinute }),
          });
          const entered: { index: number; atMs: number; tokens: number }[] = [];
          let settled = 0;
          let mostInFlight = 0;
          const visitGate = async (index: number, visit: (typeof planned)[number], signal: AbortSignal) => {
            const leave = await gate.enter(visit.tokens, [signal]);
            settled += 1;
            if (leave === undefined) return;
            entered.push({ index, atMs: clock.now(), tokens: visit.tokens });
            mostInFlight = Math.max(mostInFlight, gate.inFlight);
            if (visit.leavesAtOnce) leave();
            else clock.after(visit.staysMs, leave);
          };
          for (const [index, visit] of planned.entries()) {
            await clock.advance(visit.gapMs);
            const giveUp = new AbortController();
            if (visit.givesUp !== null) {
              clock.after(visit.givesUp, () => {
                giveUp.abort();
              });
            }
            void visitGate(index, visit, giveUp.signal);
          }
          await clock.advance(planned.length * 90_000);

          const order = entered.map(({ index }) => index);
          expect({ settled, inFlight: gate.inFlight, pending: clock.pending, order }).toEqual({
            settled: planned.length,
            inFlight: 0,
            pending: 0,
            order: order.toSorted((a, b) => a - b),
          });
          expect(mostInFlight).toBeLessThanOrEqual(concurrency);
          for (const { atMs: fromMs } of entered) {
            const minute = entered.filter(({ atMs }) => atMs >= fromMs && atMs < fromMs + 60_000);
            expect(minute.length).toBeLessThanOrEqual(requestsPerMinute ?? Number.POSITIVE_INFINITY);
            const limit = tokensPerMinute ?? Number.POSITIVE_INFINITY;
            const tokens = minute.reduce((sum, entry) => sum + Math.min(entry.tokens, limit), 0);
            expect(tokens).toBeLessThanOrEqual(limit);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
