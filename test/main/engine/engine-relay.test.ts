import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MessageChannel } from 'node:worker_threads';
import type { Port } from '../../../app/contract/port.ts';
import { EngineLink, type LinkState } from '../../../app/contract/engine-link.ts';
import { portOver } from '../../../app/host/ports.ts';
import { systemClock } from '../../../app/platform/clock.ts';
import { startEngineProcess } from '../../../main/engine/engine-process.ts';
import { EngineRelay } from '../../../main/engine/engine-relay.ts';
import { describeContract } from '../../host/contract-suite.ts';
import { useTemporaryFolder } from '../../helpers/database.ts';
import { failureOf } from '../../helpers/failure.ts';
import { FakeClock, until } from '../../helpers/fake-clock.ts';

const entry = join(import.meta.dirname, '../../../app/host/engine-process.ts');

function startRelay(
  libraryFolder: string,
  options: { readonly codeCache?: string } = {},
): { relay: EngineRelay; connect: () => Port; kill: () => void } {
  const relay = new EngineRelay({
    libraryFolder,
    clock: systemClock,
    start: (listeners) => startEngineProcess({ node: process.execPath, entry, ...options }, listeners),
  });
  relay.start();
  return {
    relay,
    connect: () => {
      const { port1, port2 } = new MessageChannel();
      relay.connect(portOver(port2));
      return portOver(port1);
    },
    kill: () => {
      if (relay.pid !== undefined) process.kill(relay.pid, 'SIGKILL');
    },
  };
}

describeContract('the relay to an engine process', (libraryFolder) => {
  const ends: Port[] = [];
  const { relay, connect } = startRelay(libraryFolder);
  return Promise.resolve({
    connect: () => {
      const port = connect();
      ends.push(port);
      return port;
    },
    cut: () => {
      for (const end of ends.splice(0)) end.close();
    },
    close: () => relay.end({ abort: true }),
  });
});

it('keeps what an engine process compiled for the next one', async () => {
  const folder = useTemporaryFolder();
  const codeCache = join(folder, 'code');
  const { relay, connect } = startRelay(join(folder, 'library'), { codeCache });
  const link = new EngineLink({ connect, clock: systemClock });
  onTestFinished(() => {
    link.close();
  });
  await link.call('root.list', {});
  await relay.end();
  // A folder for each version of Node, with a file for each that was compiled.
  const [version = ''] = await readdir(codeCache);
  expect((await readdir(join(codeCache, version))).length).toBeGreaterThan(0);
});

describe('an engine process that is killed', () => {
  it('is started again; pages keep their way, are told, and lose only what was on its way', async () => {
    const { relay, connect, kill } = startRelay(join(useTemporaryFolder(), 'library'));
    onTestFinished(() => relay.end({ abort: true }));
    const link = new EngineLink({ connect, clock: systemClock });
    onTestFinished(() => {
      link.close();
    });
    const states: LinkState['kind'][] = [];
    link.onState(({ kind }) => states.push(kind));
    await link.call('root.list', {});
    const firstPid = relay.pid;
    const reconnected = new Promise<void>((resolve) => {
      link.onReconnected(resolve);
    });
    kill();
    // It leaves before anybody knows that nobody will answer.
    const failure = await failureOf(link.call('library.status', {}));
    expect(failure).toMatchObject({ code: 'engine-closed' });
    await reconnected;
    await expect(link.call('root.list', {})).resolves.toEqual([]);
    expect(relay.pid).not.toBe(firstPid);
    expect(states).toContain('restarting');
    expect(states).not.toContain('disconnected');
  });
});

describe('an engine that cannot live', () => {
  it('is given up after a few deaths within a minute, until a person asks for it', async () => {
    const clock = new FakeClock();
    let starts = 0;
    const relay = new EngineRelay({
      libraryFolder: '/nowhere',
      clock,
      start: ({ onExit }) => {
        starts += 1;
        setImmediate(onExit);
        return { pid: undefined, send: () => undefined, kill: () => undefined };
      },
    });
    relay.start();
    const { port1, port2 } = new MessageChannel();
    relay.connect(portOver(port2));
    const link = new EngineLink({ connect: () => portOver(port1), clock });
    onTestFinished(() => {
      link.close();
    });
    const run = async (): Promise<void> => {
      for (let second = 0; second < 59; second++) await clock.advance(1_000);
    };
    await run();
    expect(relay.state).toMatchObject({ kind: 'stopped', error: { code: 'engine-crashed' } });
    const startsBefore = starts;
    await run();
    expect(starts).toBe(startsBefore);
    await until(() => link.state.kind === 'stopped');
    expect(await failureOf(link.call('root.list', {}))).toMatchObject({ code: 'engine-crashed' });
    link.retry();
    await until(() => starts > startsBefore);
  });
});
