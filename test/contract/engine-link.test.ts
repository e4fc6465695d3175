import { describe, expect, it } from 'vitest';
import { EngineLink, type LinkState } from '../../app/contract/engine-link.ts';
import type { Port } from '../../app/contract/port.ts';
import { failureOf } from '../helpers/failure.ts';
import { FakeClock, settle } from '../helpers/fake-clock.ts';

/** The host's end of a way that the test holds. */
class Line implements Port {
  readonly sent: unknown[] = [];
  #message: ((text: string) => void) | undefined;
  #close: (() => void) | undefined;
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  onMessage(listener: (text: string) => void): void {
    this.#message = listener;
  }
  onClose(listener: () => void): void {
    this.#close = listener;
  }
  close(): void {
    this.#close?.();
  }
  says(message: unknown): void {
    this.#message?.(JSON.stringify(message));
  }
}

function useLink() {
  const clock = new FakeClock();
  const lines: Line[] = [];
  const unknown: string[] = [];
  const link = new EngineLink({
    connect: () => {
      const line = new Line();
      lines.push(line);
      return line;
    },
    clock,
    random: () => 0.5,
    onUnknown: (what) => unknown.push(what),
  });
  const states: LinkState[] = [];
  link.onState((state) => states.push(state));
  return { clock, lines, link, states, unknown, line: () => lines.at(-1)! };
}

const running = { type: 'state', state: { kind: 'running' } };

describe('a page whose host is gone', () => {
  it('tries again by itself, less and less often, and never gives up', async () => {
    const { clock, lines, states, line } = useLink();
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt++) {
      line().close();
      const state = states.at(-1)!;
      if (state.kind !== 'disconnected') throw new Error(state.kind);
      expect(state.attempt).toBe(attempt);
      waits.push(state.retryAtMs - clock.now());
      await clock.advance(state.retryAtMs - clock.now());
      expect(lines).toHaveLength(attempt + 1);
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThanOrEqual(500);
    expect(waits.at(-1)).toBeLessThanOrEqual(15_000);
  });

  it('starts with short waits again once it was connected', async () => {
    const { clock, states, line } = useLink();
    for (let attempt = 0; attempt < 6; attempt++) {
      line().close();
      await clock.advance(20_000);
    }
    line().says(running);
    line().close();
    expect(states.at(-1)).toMatchObject({ kind: 'disconnected', attempt: 1 });
  });

  it('connects at once when a person does not want to wait', async () => {
    const { clock, lines, link, line } = useLink();
    line().close();
    link.retry();
    expect(lines).toHaveLength(2);
    await clock.advance(60_000);
    expect(lines).toHaveLength(2);
  });

  it('is told when everything that it shows may be old, and only then', async () => {
    const { clock, link, line } = useLink();
    let reconnected = 0;
    link.onReconnected(() => {
      reconnected += 1;
    });
    line().says(running);
    expect(reconnected).toBe(0);
    line().says({ type: 'state', state: { kind: 'restarting', attempt: 1 } });
    line().says(running);
    expect(reconnected).toBe(1);
    line().close();
    await clock.advance(1_000);
    line().says({ type: 'state', state: { kind: 'starting' } });
    expect(reconnected).toBe(1);
    line().says(running);
    expect(reconnected).toBe(2);
  });
});

describe('a call while there is no engine', () => {
  it('waits until it runs, and is sent once', async () => {
    const { link, line } = useLink();
    const answer = link.call('root.list', {});
    line().says({ type: 'state', state: { kind: 'starting' } });
    await settle();
    expect(line().sent).toEqual([]);
    line().says(running);
    await settle();
    expect(line().sent).toEqual([{ type: 'call', id: 1, name: 'root.list', input: {} }]);
    line().says({ type: 'output', id: 1, output: [] });
    await expect(answer).resolves.toEqual([]);
  });

  it('can be taken back while it waits', async () => {
    const { link, line } = useLink();
    const wish = new AbortController();
    const answer = link.call('root.list', {}, { signal: wish.signal });
    const failure = failureOf(answer);
    wish.abort();
    expect(await failure).toMatchObject({ code: 'canceled' });
    line().says(running);
    await settle();
    expect(line().sent).toEqual([]);
  });

  it('fails with the reason when the engine cannot work', async () => {
    const { link, line } = useLink();
    const failure = failureOf(link.call('root.list', {}));
    line().says({
      type: 'state',
      state: { kind: 'stopped', error: { code: 'disk-full', details: {} }, retryAtMs: null },
    });
    expect(await failure).toMatchObject({ code: 'disk-full' });
    await expect(link.call('root.list', {})).rejects.toMatchObject({ code: 'disk-full' });
    link.retry();
    expect(line().sent).toEqual([{ type: 'retry' }]);
  });
});

describe('a host that does not keep to the contract', () => {
  it('is never believed: a wrong answer is an error', async () => {
    const { link, line } = useLink();
    line().says(running);
    const failure = failureOf(link.call('root.list', {}));
    await settle();
    line().says({ type: 'output', id: 1, output: [{ id: 'one' }] });
    expect(await failure).toMatchObject({ code: 'internal' });
  });

  it('does no harm with events and messages that nobody knows', () => {
    const { link, line, unknown } = useLink();
    const heard: unknown[] = [];
    link.on('run.changed', (data) => heard.push(data));
    for (const message of [
      { type: 'event', name: 'moon.rose', data: {} },
      { type: 'event', name: 'toString', data: {} },
      { type: 'event', name: 'run.changed', data: { runId: -1 } },
      { type: 'song' },
      7,
      { type: 'output', id: 99, output: {} },
      { type: 'event', name: 'run.changed', data: { runId: 4 } },
    ]) {
      line().says(message);
    }
    expect(heard).toEqual([{ runId: 4 }]);
    expect(unknown).toEqual(['event moon.rose', 'event toString', 'event run.changed', 'message', 'message']);
  });
});
