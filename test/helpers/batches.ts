import type { RunOptions } from '../../app/contract/models/run.ts';
import type { Emulator } from '../azure-emulator/server.ts';
import { azureSettings, usualOptions, type RunProgress, type Settings, type TestEngine } from './engine.ts';

/** The service wants to be asked again after so long, so that no test waits for a minute. */
export const askedOftenMs = 10;

export const inBatches: Pick<RunOptions, 'batch'> = { batch: { rest: 'batch' } };

/** A deployment of gpt-4.1 that answers at once, and one beside it that answers batches. */
export function batchSettings(emulator: Pick<Emulator, 'endpoint'>, more: Partial<Settings> = {}): Settings {
  return azureSettings(emulator, { batchDeployment: 'gpt-41-batch', ...more });
}

/** Sends what is left as batches, and waits until the service has it: the run, as it is then. */
export async function sendBatches(
  engine: TestEngine,
  more: Parameters<TestEngine['begin']>[0] = {},
): Promise<RunProgress> {
  return engine.describe({ ...more, options: { ...inBatches, ...more.options } });
}

/** As long as it takes, which is the emulator's day. */
export async function untilOver(engine: TestEngine, id: RunProgress['id']): Promise<RunProgress> {
  await engine.engine.whenRunSettles(id, {
    isHeld: ({ untilMs }) => untilMs === null,
    waitsForBatches: true,
  });
  return engine.run(id);
}

/** Everything that is left, to its end. */
export async function describeInBatches(engine: TestEngine): Promise<RunProgress | undefined> {
  engine.start();
  const { runId } = await engine.engine.call('description.start', {
    connectionId: engine.connection.id,
    budgetMicroUsd: null,
    options: { ...usualOptions, ...inBatches },
  });
  return runId === null ? undefined : untilOver(engine, runId);
}
