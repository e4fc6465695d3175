import { startAzurite, type Azurite } from './azurite-server.ts';

let shared: Promise<Azurite> | undefined;

/** Ends the one that the tests of a file share: for `afterAll`. */
export async function stopAzurite(): Promise<void> {
  await (await shared)?.stop();
  shared = undefined;
}

/** One for all tests of a file, which ends it. */
export function useAzurite(): Promise<Azurite> {
  return (shared ??= startAzurite());
}
