import { afterAll } from 'vitest';
import { startAzurite, type Azurite } from './azurite-server.ts';

let shared: Promise<Azurite> | undefined;
afterAll(async () => {
  await (await shared)?.stop();
  shared = undefined;
});

/** One for all tests of a file. */
export function useAzurite(): Promise<Azurite> {
  return (shared ??= startAzurite());
}
