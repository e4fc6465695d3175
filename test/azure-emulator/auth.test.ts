import { beforeEach, expect, test } from 'vitest';
import { chatBody, post, refusal } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

const none = { 'api-key': '' };
const bearer = (token: string) => ({ ...none, authorization: `Bearer ${token}` });

test.each([
  ['dated', {}, 200],
  ['v1', {}, 200],
  ['dated', { 'api-key': 'wrong' }, 401],
  ['v1', none, 401],
  ['dated', bearer('emulator-entra-token.abc'), 200],
  ['v1', bearer('emulator-entra-token.abc'), 200],
  ['v1', bearer('emulator-key'), 200],
  ['dated', bearer('emulator-key'), 401],
  ['dated', bearer('other'), 401],
  ['compatible', none, 200],
] as const)('%s with %j: %i', async (form, headers, status) => {
  expect((await post(emulator, chatBody([]), { form, headers })).status).toBe(status);
});

test('a wrong one is refused in the words of the service', async () => {
  expect(await refusal(emulator, chatBody([]), { headers: { 'api-key': 'wrong' } })).toEqual({
    status: 401,
    code: '401',
    message: expect.stringMatching(
      /^Access denied due to invalid subscription key or wrong API endpoint\./,
    ) as string,
  });
});

test('an OpenAI-compatible server may demand one', async () => {
  const local = await startEmulator({ compatibleKey: 'sk-test' });
  const statuses = [];
  for (const authorization of ['Bearer sk-test', 'Bearer no']) {
    statuses.push(
      (await post(local, chatBody([]), { form: 'compatible', headers: { authorization } })).status,
    );
  }
  await local.close();
  expect(statuses).toEqual([200, 401]);
});
