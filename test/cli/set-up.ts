/**
 * @file What a command finds when it starts, made by an engine in the test's own process: the same as after `cutline scan` or
 * `cutline describe`, which have their own tests, without the start of a process.
 */

import { EveryLaneEngine, type TestEngine } from '../helpers/engine.ts';
import type { Sandbox } from './run-cli.ts';

/** A library that knows the sandbox's photos. */
export async function scanWithin(sandbox: Sandbox): Promise<void> {
  await within(sandbox, async () => undefined);
}

/** A library in which the sandbox's photos are described by the built-in describer. */
export async function describeWithin(sandbox: Sandbox): Promise<void> {
  await within(sandbox, async (engine) => {
    await engine.connect({ kind: 'built-in' });
    await engine.describe();
  });
}

async function within(
  { library, photos }: Sandbox,
  work: (engine: TestEngine) => Promise<void>,
): Promise<void> {
  const engine = new EveryLaneEngine({ libraryFolder: library });
  try {
    await engine.scan(photos);
    await work(engine);
    await engine.whenAllIdle();
  } finally {
    await engine.close();
  }
}
