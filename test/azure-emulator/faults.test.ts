/** @file Every fault switch does what its name says (AZURE §11 item 5). */

import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { errorFaults, FaultSwitches, faultNames, type Fault, type FaultName } from './faults.ts';
import {
  ask,
  chatBody,
  dataUrl,
  drawPicture,
  imagePart,
  photoSchema,
  post,
  strictFormat,
  textOf,
  type Body,
  type ErrorBody,
} from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
let image: Body;

beforeAll(async () => {
  image = imagePart(dataUrl(await drawPicture(1)));
});

beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

const body = () => chatBody([image], { response_format: strictFormat(photoSchema) });

async function meet(fault: FaultName | Fault, request = body()) {
  emulator.faults.next(fault);
  const response = await post(emulator, request);
  return { status: response.status, headers: response.headers, text: await response.text() };
}

function errorOf({ text }: { text: string }): ErrorBody['error'] {
  return (JSON.parse(text) as ErrorBody).error;
}

describe('errors', () => {
  test.each([
    ['unauthorized', 401, '401'],
    ['forbidden-network', 403, '403'],
    ['forbidden-role', 403, 'PermissionDenied'],
    ['forbidden-abuse', 403, 'Forbidden'],
    ['deployment-not-found', 404, 'DeploymentNotFound'],
    ['resource-not-found', 404, '404'],
    ['timeout', 408, 'Timeout'],
    ['payload-too-large', 413, '413'],
    ['server-error', 500, null],
    ['unavailable', 503, 'ServiceUnavailable'],
    ['gateway-timeout', 504, 'GatewayTimeout'],
    ['context-length-exceeded', 400, 'context_length_exceeded'],
    ['unsupported-parameter', 400, 'unsupported_parameter'],
    ['content-filtered-prompt', 400, 'content_filter'],
    ['image-broken-base64', 400, 'invalid_base64_image'],
    ['image-invalid-data', 400, null],
    ['image-invalid', 400, null],
    ['image-unsupported', 400, 'invalid_image_format'],
    ['image-broken', 400, 'invalid_image_format'],
    ['image-timeout', 400, 'invalid_value'],
    ['image-domain', 400, null],
    ['no-vision', 400, null],
  ] as const)('%s: %i', async (name, status, code) => {
    const answer = await meet(name);
    expect({ status: answer.status, code: errorOf(answer).code }).toEqual({ status, code });
    expect(emulator.requests[0]).toMatchObject({ fault: name, outcome: 'refused', httpStatus: status });
  });

  test('431 has no body, and 502 is a page', async () => {
    expect(await meet('headers-too-large')).toMatchObject({ status: 431, text: '' });
    const page = await meet('bad-gateway-html');
    expect(page).toMatchObject({ status: 502, text: expect.stringContaining('<html>') as string });
    expect(page.headers.get('content-type')).toBe('text/html');
  });

  test('only a timeout and a filtered prompt cost', async () => {
    for (const name of errorFaults) await meet({ name, retryAfterMs: 1 });
    const charged = emulator.requests.filter(({ charge }) => charge !== 'free').map(({ fault }) => fault);
    expect(charged).toEqual(['timeout', 'content-filtered-prompt']);
    expect(emulator.totals()).toMatchObject({
      answered: 0,
      chargedWithoutUsage: 2,
      free: errorFaults.length - 2,
    });
  });

  test('a filtered prompt names the category', async () => {
    const { error } = JSON.parse(
      (await meet({ name: 'content-filtered-prompt', category: 'violence' })).text,
    ) as {
      error: Record<string, unknown>;
    };
    expect(error).toMatchObject({
      type: null,
      param: 'prompt',
      status: 400,
      innererror: {
        code: 'ResponsibleAIPolicyViolation',
        content_filter_result: {
          violence: { filtered: true, severity: 'medium' },
          hate: { filtered: false },
        },
      },
    });
  });

  test('a refused parameter is the one that the test names', async () => {
    const answer = await meet({ name: 'unsupported-parameter', parameter: 'max_tokens' });
    expect(errorOf(answer)).toMatchObject({
      param: 'max_tokens',
      message: expect.stringContaining("Use 'max_completion_tokens' instead") as string,
    });
  });

  test('503 may ask for a pause', async () => {
    expect((await meet({ name: 'unavailable', retryAfterMs: 7 })).headers.get('retry-after-ms')).toBe('7');
  });
});

describe('429', () => {
  test.each([
    ['rate-limited-ms', '2500', null],
    ['rate-limited-seconds', null, '3'],
    ['rate-limited-bare', null, null],
    ['rate-limited-day', null, '86400'],
    ['rate-limited-text', null, null],
    ['rate-limited-calls', '2500', '3'],
    ['rate-limited-capacity', null, null],
  ] as const)('%s has retry-after-ms %s and retry-after %s', async (name, ms, seconds) => {
    const { status, headers } = await meet({ name, retryAfterMs: 2500 });
    expect([status, headers.get('retry-after-ms'), headers.get('retry-after')]).toEqual([429, ms, seconds]);
  });

  test('may say when in a date, or only in its text', async () => {
    const { headers } = await meet({ name: 'rate-limited-date', retryAfterMs: 3_600_000 });
    expect(Date.parse(headers.get('retry-after') ?? '')).toBeGreaterThan(Date.now() + 3_500_000);
    expect(errorOf(await meet({ name: 'rate-limited-text', retryAfterMs: 27_000 })).message).toContain(
      'Please retry after 27 seconds.',
    );
    expect(errorOf(await meet('rate-limited-bare')).message).not.toContain('retry after');
    expect(errorOf(await meet('rate-limited-calls')).message).toContain('call rate limit');
  });
});

async function completion(name: FaultName) {
  emulator.faults.next(name);
  const answer = await ask(emulator, body());
  return { answer, choice: answer.body.choices[0]!, entry: emulator.requests[0]! };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('odd completions', () => {
  test('a filtered one is a 200 that costs', async () => {
    const { answer, choice, entry } = await completion('content-filtered-completion');
    expect(answer.status).toBe(200);
    expect(choice).toMatchObject({
      finish_reason: 'content_filter',
      message: { content: '' },
      content_filter_results: { sexual: { filtered: true } },
    });
    expect(entry.charge).toBe('said');
  });

  test('the filter itself may be down', async () => {
    const { choice } = await completion('content-filter-error');
    expect(choice.content_filter_results).toEqual({
      error: { code: 'content_filter_error', message: 'The contents are not filtered' },
    });
  });

  test('finish_reason may be an object, or be called finish_details', async () => {
    expect((await completion('finish-reason-object')).choice.finish_reason).toMatchObject({ type: 'stop' });
    const { choice } = await completion('finish-details');
    expect(choice).toMatchObject({ finish_details: { type: 'stop' } });
    expect(choice).not.toHaveProperty('finish_reason');
    expect((await completion('finish-details-max-tokens')).choice).toMatchObject({
      finish_details: { type: 'max_tokens' },
    });
  });

  test('a completion without usage is charged all the same', async () => {
    const { answer, entry } = await completion('missing-usage');
    expect(answer.body).not.toHaveProperty('usage');
    expect(entry.charge).toBe('unsaid');
    expect(entry.usage?.promptTokens).toBeGreaterThan(0);
  });

  test('JSON may be broken, fenced, refused, empty or cut', async () => {
    const broken = await completion('invalid-json');
    expect(isJson(textOf(broken.answer))).toBe(false);
    expect(broken.choice.finish_reason).toBe('stop');

    const fenced = textOf((await completion('fenced-json')).answer);
    expect(isJson(fenced.replace(/^```json\n/, '').replace(/\n```$/, ''))).toBe(true);
    expect(fenced).toMatch(/^```json\n[^]*\n```$/);

    expect((await completion('refusal')).choice.message).toEqual({
      role: 'assistant',
      content: null,
      refusal: expect.any(String) as string,
    });
    expect((await completion('empty-content')).choice).toMatchObject({
      finish_reason: 'stop',
      message: { content: '' },
    });

    const cut = await completion('truncated');
    expect(cut.choice.finish_reason).toBe('length');
    expect(isJson(textOf(cut.answer))).toBe(false);
  });
});

describe('answers that do not arrive as they should', () => {
  test('a 200 may be empty, or a page of some proxy', async () => {
    expect(await meet('empty-body')).toMatchObject({ status: 200, text: '' });
    expect(await meet('html-200')).toMatchObject({
      status: 200,
      text: expect.stringContaining('<html>') as string,
    });
    expect(emulator.totals()).toMatchObject({ answered: 0, chargedWithoutUsage: 2 });
  });

  test('a connection may be cut before or in the middle of the answer, and it costs', async () => {
    emulator.faults.next('cut-before-headers', 'cut-body');
    await expect(post(emulator, body())).rejects.toThrow('fetch failed');
    const response = await post(emulator, body());
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
    expect(emulator.requests.map(({ outcome, charge }) => [outcome, charge])).toEqual([
      ['cut', 'unsaid'],
      ['cut', 'unsaid'],
    ]);
  });

  test('a body may stall until its reader loses patience', async () => {
    const patience = new AbortController();
    emulator.faults.next('stalled-body');
    const response = await post(emulator, body(), { signal: patience.signal });
    const reader = response.body!.getReader();
    expect(await reader.read()).toMatchObject({ done: false });
    patience.abort();
    await expect(reader.read()).rejects.toThrow('aborted');
    await expect.poll(() => emulator.requests[0]?.outcome).toBe('reader-gone');
    expect(emulator.requests[0]?.charge).toBe('unsaid');
  });

  test('an answer may be slow until the test lets it go', async () => {
    let letGo!: () => void;
    emulator.faults.next({ name: 'slow', until: new Promise<void>((resolve) => (letGo = resolve)) });
    const order: string[] = [];
    const slow = post(emulator, body()).then(() => order.push('slow'));
    await emulator.waitForRequests(1);
    await expect.poll(() => emulator.requests[0]?.fault).toBe('slow');
    await post(emulator, body());
    order.push('next');
    letGo();
    await slow;
    expect(order).toEqual(['next', 'slow']);
    expect(emulator.totals().peakInFlight).toBe(2);
  });
});

describe('switches', () => {
  test('next is played once each, in line, and then all is well', async () => {
    emulator.faults.next('server-error', 'unavailable');
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await post(emulator, body())).status);
    expect(statuses).toEqual([500, 503, 200]);
  });

  test('next waits for a request that it fits', async () => {
    emulator.faults.next({ name: 'server-error', when: ({ deployment }) => deployment === 'gpt-4o-mini' });
    expect((await post(emulator, body())).status).toBe(200);
    expect((await post(emulator, body(), { deployment: 'gpt-4o-mini' })).status).toBe(500);
    emulator.faults.next('stream-crlf', 'image-invalid');
    expect((await post(emulator, chatBody([]))).status).toBe(200);
    expect((await post(emulator, body())).status).toBe(400);
  });

  test('always is played until it is switched off', async () => {
    emulator.faults.always('unavailable');
    expect((await post(emulator, body())).status).toBe(503);
    expect((await post(emulator, body())).status).toBe(503);
    emulator.faults.always();
    expect((await post(emulator, body())).status).toBe(200);
  });

  test('one picture may always fail while the others are answered', async () => {
    const other = imagePart(dataUrl(await drawPicture(2)));
    await post(emulator, body());
    const bad = emulator.requests[0]?.pictures[0]?.fingerprint;
    emulator.faults.always({
      name: 'content-filtered-prompt',
      when: ({ pictures }) => pictures[0]?.fingerprint === bad,
    });
    expect((await post(emulator, body())).status).toBe(400);
    expect((await post(emulator, chatBody([other]))).status).toBe(200);
  });

  test('a wrong request is refused, never forgiven because of a fault', async () => {
    emulator.faults.next('server-error');
    expect((await post(emulator, chatBody([image], { temperature: 'warm' }))).status).toBe(400);
    expect((await post(emulator, body())).status).toBe(500);
  });

  const request = { number: 1, deployment: 'a', form: 'v1', isStream: true, pictures: [] } as const;
  const draw = (seed: number) => {
    const switches = new FaultSwitches();
    switches.random({ seed, rates: { 'server-error': 0.2, 'cut-body': 0.1 } });
    return Array.from({ length: 1000 }, () => switches.pick(request)?.name);
  };

  test('random faults come at their rates, the same for the same seed', () => {
    const drawn = draw(1);
    expect(draw(1)).toEqual(drawn);
    expect(draw(2)).not.toEqual(drawn);
    const share = (name: FaultName) => drawn.filter((one) => one === name).length / 1000;
    expect(Math.abs(share('server-error') - 0.2)).toBeLessThan(0.05);
    expect(Math.abs(share('cut-body') - 0.1)).toBeLessThan(0.05);
  });

  test('every fault can be asked for by name', () => {
    expect(new Set(faultNames).size).toBe(faultNames.length);
  });
});
