import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Client } from '../../app/contract/client.ts';
import { EngineLink, type LinkState } from '../../app/contract/engine-link.ts';
import type { EngineState } from '../../app/contract/engine-state.ts';
import type { EventName } from '../../app/contract/events.ts';
import type { Finding } from '../../app/contract/finding.ts';
import { mostMessageCharacters, type Port } from '../../app/contract/port.ts';
import { acquireLock } from '../../app/db/lock.ts';
import { systemClock } from '../../app/platform/clock.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import { makePhotos } from '../helpers/engine.ts';
import { failureOf } from '../helpers/failure.ts';

/** A real engine behind some transport, in whatever process it lives. */
export type HostUnderTest = {
  /** Opens one more way in, as a page would. */
  readonly connect: () => Port;
  /** Cuts every way in, as a network or a dying process would; the host goes on. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

/** Every transport and host behaves alike: the same tests run over each. */
export function describeContract(
  name: string,
  start: (libraryFolder: string) => Promise<HostUnderTest>,
): void {
  const useHost = async (libraryFolder: string): Promise<HostUnderTest> => {
    const host = await start(libraryFolder);
    onTestFinished(() => host.close());
    return host;
  };

  describe(`the contract over ${name}`, () => {
    it('answers calls, tells what changes, and keeps several callers apart', async () => {
      const folder = useTemporaryFolder();
      const { connect } = await useHost(join(folder, 'library'));
      const one = usePage(connect());
      const other = usePage(connect());
      await Promise.all([one.running, other.running]);
      const photos = join(folder, 'photos');
      await makePhotos(photos, 3);

      const heard = other.hears('root.changed');
      const { rootId } = await one.client.call('root.add', { path: photos });
      const [scanned] = await one.client.call('root.scan', { rootIds: [rootId] });
      expect(scanned).toMatchObject({ rootId, added: 3, error: null });
      await heard;
      const status = await other.client.call('library.status', {});
      expect(status.roots.map(({ id, path }) => ({ id, path }))).toEqual([{ id: rootId, path: photos }]);
    });

    it('refuses what the contract does not allow, with the reason, and goes on', async () => {
      const { connect } = await useHost(join(useTemporaryFolder(), 'library'));
      const port = connect();
      const answers = new Map<number, unknown>();
      const arrived = Promise.withResolvers<undefined>();
      port.onMessage((text) => {
        const message = JSON.parse(text) as {
          type: string;
          id?: number;
          error?: unknown;
          state?: EngineState;
        };
        if (message.state?.kind === 'running') {
          for (const nonsense of [
            'no json',
            '[]',
            JSON.stringify({ type: 'call', name: 'library.status' }),
            'x'.repeat(mostMessageCharacters - 2),
            JSON.stringify({ type: 'call', id: 1, name: 'library.explode', input: {} }),
            JSON.stringify({ type: 'call', id: 2, name: 'constructor', input: {} }),
            JSON.stringify({ type: 'call', id: 3, name: 'root.add', input: { path: 7 } }),
            JSON.stringify({ type: 'shout', id: 4 }),
            JSON.stringify({ type: 'call', id: 5, name: 'root.list', input: {} }),
          ]) {
            port.send(nonsense);
          }
        }
        if (message.id !== undefined) answers.set(message.id, message.error ?? message);
        if (answers.has(5)) arrived.resolve(undefined);
      });
      await arrived.promise;
      expect(Object.fromEntries(answers)).toEqual({
        1: {
          code: 'invalid-input',
          details: { reason: expect.stringContaining('library.explode') as string },
        },
        2: { code: 'invalid-input', details: { reason: expect.any(String) as string } },
        3: { code: 'invalid-input', details: { reason: expect.stringContaining('path') as string } },
        4: { code: 'invalid-input', details: { reason: expect.any(String) as string } },
        5: { type: 'output', id: 5, output: [] },
      });
      port.close();
    });

    it('lets an error of the engine arrive with its code and the facts for its sentence', async () => {
      const { connect } = await useHost(join(useTemporaryFolder(), 'library'));
      const { client, running } = usePage(connect());
      await running;
      const missing = join(useTemporaryFolder(), 'nowhere');
      await expect(client.call('root.add', { path: missing })).rejects.toMatchObject({
        code: 'not-found',
        details: expect.objectContaining({}) as object,
      });
    });

    it('does not send what is too long, and says so', async () => {
      const { connect } = await useHost(join(useTemporaryFolder(), 'library'));
      const { client, running } = usePage(connect());
      await running;
      const path = `/${'x'.repeat(mostMessageCharacters)}`;
      await expect(client.call('root.add', { path })).rejects.toMatchObject({ code: 'invalid-input' });
      await expect(client.call('root.list', {})).resolves.toEqual([]);
    });

    it('takes a call back when its caller does not want it any more', async () => {
      const { connect } = await useHost(join(useTemporaryFolder(), 'library'));
      const { client, running } = usePage(connect());
      await running;
      const wish = new AbortController();
      const listed = client.call('root.list', {}, { signal: wish.signal });
      wish.abort();
      await expect(listed).rejects.toMatchObject({ code: 'canceled' });
      await expect(client.call('root.list', {}, { signal: wish.signal })).rejects.toMatchObject({
        code: 'canceled',
      });
      await expect(client.call('root.list', {})).resolves.toEqual([]);
    });

    it('lets parts arrive in order before the answer, each at the call that it belongs to', async () => {
      const { connect } = await useHost(join(useTemporaryFolder(), 'library'));
      const { client, running } = usePage(connect());
      await running;
      const examine = async (): Promise<{ parts: Finding[]; partsAtEnd: number; findings: Finding[] }> => {
        const parts: Finding[] = [];
        const { findings } = await client.call(
          'library.doctor',
          {},
          {
            onPart: (finding) => {
              parts.push(finding);
            },
          },
        );
        return { parts, partsAtEnd: parts.length, findings };
      };
      // Two at a time over one port: neither hears the other's.
      const [one, other] = await Promise.all([examine(), examine()]);
      for (const { parts, partsAtEnd, findings } of [one, other]) {
        expect(findings.length).toBeGreaterThan(1);
        expect(parts).toEqual(findings);
        expect(partsAtEnd).toBe(findings.length);
      }
      // Who does not ask for parts gets the answer alone.
      const { findings } = await client.call('library.doctor', {});
      expect(findings.map(({ check }) => check)).toEqual(one.findings.map(({ check }) => check));
    });

    it('sends no part any more once the caller has had enough', async () => {
      const { connect } = await useHost(join(useTemporaryFolder(), 'library'));
      const { client, running } = usePage(connect());
      await running;
      const wish = new AbortController();
      const parts: Finding[] = [];
      const examined = client.call(
        'library.doctor',
        {},
        {
          signal: wish.signal,
          onPart: (finding) => {
            parts.push(finding);
            wish.abort();
          },
        },
      );
      await expect(examined).rejects.toMatchObject({ code: 'canceled' });
      // Answers come in the order of a port: what had been on its way would be here by now.
      await expect(client.call('root.list', {})).resolves.toEqual([]);
      expect(parts).toHaveLength(1);
    });

    it('rejects what was on its way when the port is cut, and the link comes back by itself', async () => {
      const { connect, cut } = await useHost(join(useTemporaryFolder(), 'library'));
      const link = new EngineLink({ connect, clock: systemClock });
      onTestFinished(() => {
        link.close();
      });
      // Made before anything is connected: it waits.
      await expect(link.call('root.list', {})).resolves.toEqual([]);
      const states: LinkState['kind'][] = [];
      link.onState(({ kind }) => states.push(kind));
      const reconnected = new Promise<void>((resolve) => {
        link.onReconnected(resolve);
      });
      const failure = failureOf(link.call('library.status', {}));
      // The call leaves in the next turn; the cut comes after it.
      await Promise.resolve();
      cut();
      expect(await failure).toMatchObject({ code: 'engine-closed' });
      const waiting = link.call('root.list', {});
      await reconnected;
      await expect(waiting).resolves.toEqual([]);
      expect(states[0]).toBe('disconnected');
      expect(states.at(-1)).toBe('running');
    });

    it('says why there is no engine, answers calls with it, and starts when the library is free', async () => {
      const libraryFolder = join(useTemporaryFolder(), 'library');
      await mkdir(libraryFolder);
      const lock = acquireLock(join(libraryFolder, 'library.lock'));
      const { connect } = await useHost(libraryFolder);
      const { client, states, running, until } = usePage(connect());
      const stopped = await until('stopped');
      expect(stopped).toMatchObject({ error: { code: 'library-in-use' } });
      await expect(client.call('root.list', {})).rejects.toMatchObject({ code: 'library-in-use' });
      lock.release();
      client.retry();
      await running;
      await expect(client.call('root.list', {})).resolves.toEqual([]);
      expect(states.map(({ kind }) => kind)).not.toContain('restarting');
    });

    it('keeps a library that is damaged stopped, and says so to everybody who comes', async () => {
      const libraryFolder = join(useTemporaryFolder(), 'library');
      await mkdir(libraryFolder);
      await writeFile(
        join(libraryFolder, 'library.db'),
        'this is no database, and longer than a page header'.repeat(40),
      );
      const { connect } = await useHost(libraryFolder);
      for (const page of [usePage(connect()), usePage(connect())]) {
        await expect(page.until('stopped')).resolves.toMatchObject({
          error: { code: 'library-damaged' },
          retryAtMs: null,
        });
      }
    });
  });
}

type Page = {
  readonly client: Client;
  readonly states: readonly EngineState[];
  readonly running: Promise<EngineState>;
  readonly until: (kind: EngineState['kind']) => Promise<EngineState>;
  /** Resolves with the data of the next event of that name. */
  readonly hears: (name: EventName) => Promise<unknown>;
};

function usePage(port: Port): Page {
  const states: EngineState[] = [];
  const stateWaiters = new Set<(state: EngineState) => void>();
  const eventWaiters = new Map<EventName, (data: unknown) => void>();
  const client = new Client(port, {
    onState: (state) => {
      states.push(state);
      for (const waiter of stateWaiters) waiter(state);
    },
    onEvent: (name, data) => {
      eventWaiters.get(name)?.(data);
    },
    onUnknown: (what) => {
      throw new Error(`not understood: ${what}`);
    },
  });
  onTestFinished(() => {
    client.close();
  });
  const until = (kind: EngineState['kind']): Promise<EngineState> =>
    new Promise((resolve) => {
      const look = (state: EngineState): void => {
        if (state.kind === kind) resolve(state);
      };
      stateWaiters.add(look);
      const last = states.at(-1);
      if (last !== undefined) look(last);
    });
  return {
    client,
    states,
    running: until('running'),
    until,
    hears: (name) =>
      new Promise((resolve) => {
        eventWaiters.set(name, resolve);
      }),
  };
}
