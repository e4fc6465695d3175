import { beforeEach, expect, test } from 'vitest';
import { chatBody, post } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

test('connections are refused, and taken again on the same port', async () => {
  expect((await post(emulator, chatBody([]))).status).toBe(200);
  await emulator.goOffline();
  await expect(post(emulator, chatBody([]))).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await emulator.goOnline();
  expect((await post(emulator, chatBody([]))).status).toBe(200);
  expect(emulator.totals().requests).toBe(2);
});

test('a request on its way is cut', async () => {
  emulator.faults.next({ name: 'slow', until: new Promise(() => undefined) });
  const answer = post(emulator, chatBody([])).catch((error: unknown) => error);
  await emulator.waitForRequests(1);
  await emulator.goOffline();
  expect(await answer).toMatchObject({ message: 'fetch failed' });
});
