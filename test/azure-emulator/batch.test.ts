/** @file Files and batches as the service has them (AZURE §7), also through the official client. */

import OpenAI, { AzureOpenAI, toFile } from 'openai';
import { afterEach, describe, expect, test } from 'vitest';
import { chatBody, dataUrl, drawPicture, imagePart, type Body } from './sample-requests.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from './server.ts';

const open: Emulator[] = [];
afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  open.push(emulator);
  return emulator;
}

const day = 24 * 60 * 60 * 1000;
const clients = {
  dated: (emulator: Emulator): OpenAI =>
    new AzureOpenAI({
      endpoint: emulator.endpoint,
      apiKey: emulator.key,
      apiVersion: '2024-10-21',
      maxRetries: 0,
    }),
  v1: (emulator: Emulator): OpenAI =>
    new OpenAI({ baseURL: `${emulator.endpoint}/openai/v1`, apiKey: emulator.key, maxRetries: 0 }),
  compatible: (emulator: Emulator): OpenAI =>
    new OpenAI({ baseURL: emulator.compatibleBaseUrl, apiKey: 'ignored', maxRetries: 0 }),
};

async function line(seed: number, changes: Body = {}, outer: Body = {}): Promise<Body> {
  const body = chatBody([imagePart(dataUrl(await drawPicture(seed)))], { model: 'gpt-41-batch', ...changes });
  return { custom_id: `photo-${seed}`, method: 'POST', url: '/v1/chat/completions', body, ...outer };
}

const toLines = (lines: readonly unknown[]): string =>
  lines.map((one) => `${JSON.stringify(one)}\n`).join('');

async function upload(client: OpenAI, text: string): Promise<string> {
  const file = await client.files.create({
    purpose: 'batch',
    file: await toFile(Buffer.from(text), 'lines.jsonl'),
    expires_after: { anchor: 'created_at', seconds: 1_209_600 },
  });
  return file.id;
}

async function create(client: OpenAI, text: string): Promise<string> {
  const batch = await client.batches.create({
    input_file_id: await upload(client, text),
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    metadata: { cutline: 'one' },
  });
  return batch.id;
}

async function readLines(client: OpenAI, id: string | null | undefined): Promise<Body[]> {
  const response = await client.files.content(id ?? 'none');
  const text = await response.text();
  return text
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => JSON.parse(row) as Body);
}

describe.each(['dated', 'v1', 'compatible'] as const)('%s', (form) => {
  test('a batch is checked, worked through in the service’s time, and answers in an order of its own', async () => {
    const emulator = await start({ batches: { lineMs: 20_000 } });
    const client = clients[form](emulator);
    const id = await create(client, toLines([await line(1), await line(2), await line(3)]));
    expect(await client.batches.retrieve(id)).toMatchObject({
      status: 'validating',
      metadata: { cutline: 'one' },
    });
    emulator.batches.advance(70_000);
    expect(await client.batches.retrieve(id)).toMatchObject({
      status: 'in_progress',
      request_counts: { total: 3, completed: 2, failed: 0 },
    });
    emulator.batches.advance(day);
    const done = await client.batches.retrieve(id);
    expect(done.status).toBe('completed');
    const answers = await readLines(client, done.output_file_id);
    expect(answers.map((answer) => answer['custom_id'])).toEqual(['photo-2', 'photo-1', 'photo-3']);
    expect(answers[0]).toMatchObject({
      response: {
        status_code: 200,
        body: { object: 'chat.completion', choices: [{ finish_reason: 'stop' }] },
      },
      error: null,
    });
    // Azure has an error file with nothing in it; OpenAI has none.
    expect(done.error_file_id === undefined).toBe(form === 'compatible');
    const failures = form === 'compatible' ? [] : await readLines(client, done.error_file_id);
    expect(failures).toEqual([]);
    expect(emulator.totals().answered).toBe(3);
  });

  test('lines are refused one by one, as live requests are', async () => {
    const emulator = await start();
    const client = clients[form](emulator);
    const id = await create(client, toLines([await line(1), await line(2, { temperature: 'warm' })]));
    emulator.batches.advance(day);
    const done = await client.batches.retrieve(id);
    expect(done.request_counts).toEqual({ total: 2, completed: 1, failed: 1 });
    expect(await readLines(client, done.error_file_id)).toMatchObject([
      { custom_id: 'photo-2', response: { status_code: 400, body: { error: { param: 'temperature' } } } },
    ]);
  });

  test('what was done before it was cancelled, or before its day was over, is kept', async () => {
    const emulator = await start();
    const client = clients[form](emulator);
    const lines = toLines([await line(1), await line(2), await line(3), await line(4)]);
    const first = await create(client, lines);
    emulator.batches.nextFate({ stopsAfter: 2 });
    const second = await create(client, lines);
    emulator.batches.advance(31_000);
    expect(await client.batches.cancel(first)).toMatchObject({ status: 'cancelling' });
    emulator.batches.advance(60_000);
    const cancelled = await client.batches.retrieve(first);
    expect(cancelled.status).toBe('cancelled');
    expect(await readLines(client, cancelled.output_file_id)).toHaveLength(1);
    expect((await client.batches.retrieve(second)).status).toBe('in_progress');
    emulator.batches.advance(day);
    const expired = await client.batches.retrieve(second);
    expect(expired.status).toBe('expired');
    expect(await readLines(client, expired.output_file_id)).toHaveLength(2);
    await expect(client.batches.cancel(second)).rejects.toMatchObject({ status: 409 });
  });

  test('files are listed and deleted, and batches listed newest first, in pages', async () => {
    const emulator = await start();
    const client = clients[form](emulator);
    const ids: string[] = [];
    for (const seed of [1, 2, 3]) ids.push(await create(client, toLines([await line(seed)])));
    const listed: string[] = [];
    for await (const batch of client.batches.list({ limit: 2 })) listed.push(batch.id);
    expect(listed).toEqual(ids.toReversed());
    const files = await client.files.list();
    expect(files.data).toHaveLength(3);
    await client.files.delete(files.data[0]?.id ?? '');
    await expect(client.files.retrieve(files.data[0]?.id ?? '')).rejects.toMatchObject({ status: 404 });
  });
});

describe('a file that is wrong fails as a whole, with codes and lines', () => {
  const cases: readonly [string, number | null, () => Promise<string>][] = [
    ['empty_file', null, () => Promise.resolve('')],
    ['invalid_json_line', 1, async () => `\uFEFF${toLines([await line(1)])}`],
    ['invalid_json_line', 2, async () => `${toLines([await line(1)])}{"custom_id":\n`],
    ['duplicate_custom_id', 2, async () => toLines([await line(1), await line(1)])],
    ['url_mismatch', 1, async () => toLines([await line(1, {}, { url: '/v1/responses' })])],
    ['model_mismatch', 2, async () => toLines([await line(1), await line(2, { model: 'gpt-41' })])],
    ['model_not_found', 1, async () => toLines([await line(1, { model: 'nobody' })])],
    // On Azure a deployment answers either batches or live requests.
    ['model_not_found', 1, async () => toLines([await line(1, { model: 'gpt-41' })])],
    ['invalid_request', 1, async () => toLines([await line(1, {}, { method: 'GET' })])],
    ['invalid_request', 1, async () => toLines([await line(1, { stream: true })])],
    ['invalid_request', 1, async () => toLines([await line(1, {}, { priority: 1 })])],
    ['too_many_tasks', null, async () => toLines(await Promise.all([1, 2, 3, 4].map((seed) => line(seed))))],
    [
      'token_limit_exceeded',
      null,
      async () => toLines(await Promise.all([1, 2, 3].map((seed) => line(seed)))),
    ],
  ];
  test.each(cases)('%s in line %s', async (code, atLine, text) => {
    const emulator = await start({ batches: { mostLines: 3, enqueuedTokens: 1_500 } });
    const client = clients.v1(emulator);
    const id = await create(client, await text());
    emulator.batches.advance(day);
    const failed = await client.batches.retrieve(id);
    expect(failed).toMatchObject({ status: 'failed', errors: { data: [{ code, line: atLine }] } });
    expect(emulator.totals().answered).toBe(0);
  });
});

test('what is no upload, and no batch, is refused at once', async () => {
  const emulator = await start({ batches: { mostFileBytes: 1_000, filePendingMs: 5_000 } });
  const client = clients.v1(emulator);
  await expect(upload(client, 'x'.repeat(1_001))).rejects.toMatchObject({ status: 413 });
  const named = client.files.create({ purpose: 'batch', file: await toFile(Buffer.from('{}'), 'lines.txt') });
  await expect(named).rejects.toMatchObject({ status: 400 });
  const short = client.files.create({
    purpose: 'batch',
    file: await toFile(Buffer.from('{}'), 'a.jsonl'),
    expires_after: { anchor: 'created_at', seconds: 3_600 },
  });
  await expect(short).rejects.toMatchObject({ status: 400, param: 'expires_after.seconds' });
  const id = await upload(client, '{}\n');
  const early = client.batches.create({
    input_file_id: id,
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
  });
  await expect(early).rejects.toMatchObject({ status: 400, param: 'input_file_id' });
  expect(await client.files.retrieve(id)).toMatchObject({ status: 'pending' });
  emulator.batches.advance(5_000);
  expect(await client.files.retrieve(id)).toMatchObject({ status: 'processed' });
  const live = client.chat.completions.create({
    model: 'gpt-41-batch',
    messages: [{ role: 'user', content: 'Hello' }],
  });
  await expect(live).rejects.toMatchObject({ status: 400, code: 'OperationNotSupported' });
});

test('a batch is asked about every minute, and no faster', async () => {
  const emulator = await start();
  const client = clients.v1(emulator);
  const [one, other] = [
    await create(client, toLines([await line(1)])),
    await create(client, toLines([await line(2)])),
  ];
  expect(await client.batches.retrieve(one)).toMatchObject({ id: one });
  expect(await client.batches.retrieve(other)).toMatchObject({ id: other });
  emulator.batches.advance(50_000);
  await expect(client.batches.retrieve(one)).rejects.toMatchObject({ status: 429 });
  expect(emulator.batches.impatient).toBe(1);
  emulator.batches.advance(10_000);
  expect(await client.batches.retrieve(one)).toMatchObject({ id: one });
});

test('500 files may lie there for ever, more only with an end; what a batch writes has the end that was wished', async () => {
  const emulator = await start();
  const client = clients.v1(emulator);
  const endless = async (): Promise<unknown> =>
    client.files.create({ purpose: 'batch', file: await toFile(Buffer.from('{}\n'), 'a.jsonl') });
  for (let file = 0; file < 500; file += 1) await endless();
  await expect(endless()).rejects.toMatchObject({ status: 400, code: 'resourceQuotaExceeded' });
  const batch = await client.batches.create({
    input_file_id: await upload(client, toLines([await line(1)])),
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    output_expires_after: { anchor: 'created_at', seconds: 1_209_600 },
  });
  emulator.batches.advance(day);
  const { output_file_id: id } = await client.batches.retrieve(batch.id);
  expect(await readLines(client, id)).toHaveLength(1);
  emulator.batches.advance(15 * day);
  await expect(client.files.retrieve(id ?? '')).rejects.toMatchObject({ status: 404 });
});

test('as some were seen: capital letters, dates in words, no counts', async () => {
  const emulator = await start({ batches: { isOdd: true } });
  const client = clients.v1(emulator);
  const id = await create(client, toLines([await line(1)]));
  emulator.batches.advance(30_500);
  const batch: unknown = await client.batches.retrieve(id);
  expect(batch).toMatchObject({ status: 'InProgress', request_counts: null });
  expect(Date.parse(String((batch as { created_at: unknown }).created_at))).toBeGreaterThan(0);
});

test('a key that is wrong opens no files', async () => {
  const emulator = await start();
  const client = new OpenAI({ baseURL: `${emulator.endpoint}/openai/v1`, apiKey: 'another', maxRetries: 0 });
  await expect(client.files.list()).rejects.toMatchObject({ status: 401 });
  const openai = await start({ server: 'openai' });
  const stranger = new OpenAI({ baseURL: openai.compatibleBaseUrl, apiKey: 'another', maxRetries: 0 });
  await expect(stranger.batches.list()).rejects.toMatchObject({ status: 401 });
});
