import { expect, test } from 'vitest';
import { personas } from './personas.ts';
import { ask, chatBody, post } from './sample-requests.ts';
import { startEmulator } from './server.ts';

const limited = (rateLimit: object) =>
  startEmulator({ deployments: [{ name: 'gpt-41', persona: personas.gpt41, rateLimit }] });

test('every answer says what is left', async () => {
  const few = await limited({ requestsPerMinute: 60, tokensPerMinute: 10_000 });
  const { headers, body } = await ask(few, chatBody([]));
  await few.close();
  expect(headers.get('x-ratelimit-limit-requests')).toBe('60');
  expect(headers.get('x-ratelimit-remaining-requests')).toBe('9');
  expect(headers.get('x-ratelimit-limit-tokens')).toBe('10000');
  // The limit on output is taken whole, whatever the answer needs.
  expect(headers.get('x-ratelimit-remaining-tokens')).toBe(String(10_000 - body.usage!.prompt_tokens - 400));
});

test('requests above the limit of a slice are refused, wrong ones counted', async () => {
  const few = await limited({ requestsPerMinute: 12 });
  const statuses = [];
  for (const body of [chatBody([]), '{', chatBody([])]) statuses.push((await post(few, body)).status);
  const throttled = await ask<{ error: { code: string; message: string } }>(few, chatBody([]));
  await few.close();
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  expect(throttled.status).toBe(429);
  expect(throttled.body.error).toMatchObject({
    code: '429',
    message: expect.stringContaining('exceeded call rate limit') as string,
  });
  expect(Number(throttled.headers.get('retry-after-ms'))).toBeGreaterThan(0);
  expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(throttled.headers.get('x-ratelimit-remaining-requests')).toBe('0');
});

test('tokens above the limit are refused until the minute is over', async () => {
  const few = await limited({ tokensPerMinute: 500, minuteMs: 60, retryAfterMs: 5 });
  const first = await post(few, chatBody([]));
  const second = await ask<{ error: { message: string } }>(few, chatBody([]));
  await expect.poll(async () => (await post(few, chatBody([]))).status, { interval: 5 }).toBe(200);
  await few.close();
  expect([first.status, second.status]).toEqual([200, 429]);
  expect(second.body.error.message).toContain('exceeded token rate limit');
  expect(second.headers.get('retry-after-ms')).toBe('5');
});

test('deployments have their own', async () => {
  const rateLimit = { requestsPerMinute: 6 };
  const two = await startEmulator({
    deployments: ['a', 'b'].map((name) => ({ name, persona: personas.gpt41, rateLimit })),
  });
  const statuses = [];
  for (const deployment of ['a', 'a', 'b']) {
    statuses.push((await post(two, chatBody([]), { deployment })).status);
  }
  await two.close();
  expect(statuses).toEqual([200, 429, 200]);
});
