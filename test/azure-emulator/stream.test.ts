/** @file Streams as AZURE §1.7 describes them, good and bad, read byte by byte. */

import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  ask,
  chatBody,
  dataUrl,
  drawPicture,
  imagePart,
  post,
  textOf,
  type Body,
} from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';
import type { FaultName } from './faults.ts';

type Event = {
  id: string;
  model: string;
  object: string;
  choices: {
    delta?: { role?: string; content?: string };
    finish_reason: unknown;
    content_filter_results?: unknown;
    content_filter_offsets?: unknown;
  }[];
  usage?: { prompt_tokens: number; total_tokens: number } | null;
  prompt_filter_results?: unknown;
  error?: { message: string };
};

let emulator: Emulator;
let image: Body;

beforeAll(async () => {
  image = imagePart(dataUrl(await drawPicture(1)));
});

beforeEach(async () => {
  emulator = await startEmulator();
  return () => emulator.close();
});

const streaming = (changes: Body = {}) =>
  chatBody([image], { stream: true, stream_options: { include_usage: true }, ...changes });

async function stream(request = streaming(), form: 'dated' | 'compatible' = 'dated') {
  const response = await post(emulator, request, { form });
  const chunks: Uint8Array[] = [];
  let failure: unknown;
  try {
    for await (const chunk of response.body!) chunks.push(chunk as Uint8Array);
  } catch (error) {
    failure = error;
  }
  const wire = Buffer.concat(chunks).toString('utf8');
  const datas = wire.split(/\r?\n\r?\n/).flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? []);
  const events = datas.filter((data) => data !== '[DONE]').map((data) => JSON.parse(data) as Event);
  const text = events.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('');
  return { response, chunks, wire, events, text, isDone: datas.at(-1) === '[DONE]', failure };
}

function meet(fault: FaultName, request = streaming()) {
  emulator.faults.next(fault);
  return stream(request);
}

function startsInsideCharacter(chunk: Uint8Array): boolean {
  return (chunk[0]! & 0xc0) === 0x80;
}

describe('a stream', () => {
  test('comes in the order of the service', async () => {
    const whole = textOf(await ask(emulator, chatBody([image])));
    const { response, events, text, isDone } = await stream();
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(events[0]).toMatchObject({
      id: '',
      model: '',
      object: '',
      choices: [],
      prompt_filter_results: [{ prompt_index: 0 }],
    });
    expect(events[1]?.choices).toMatchObject([
      { delta: { role: 'assistant', content: '' }, finish_reason: null },
    ]);
    expect(events[2]?.choices[0]?.content_filter_results).toMatchObject({ hate: { severity: 'safe' } });
    expect(events.at(-2)?.choices).toMatchObject([{ delta: {}, finish_reason: 'stop' }]);
    expect(events.at(-1)).toMatchObject({
      choices: [],
      usage: { total_tokens: expect.any(Number) as number },
    });
    expect(events.slice(1, -1).every(({ usage }) => usage === null)).toBe(true);
    expect(isDone).toBe(true);
    expect(text).toBe(whole);
  });

  test('says its usage only when asked, and costs all the same', async () => {
    const { events, isDone } = await stream(streaming({ stream_options: undefined }));
    expect(events.some((event) => 'usage' in event)).toBe(false);
    expect(isDone).toBe(true);
    expect(emulator.totals()).toMatchObject({ answered: 0, chargedWithoutUsage: 1 });
  });

  test('of a local server has no verdicts of a filter', async () => {
    const { events, wire } = await stream(streaming(), 'compatible');
    expect(events[0]?.choices).toMatchObject([{ delta: { role: 'assistant' } }]);
    expect(wire).not.toContain('filter');
  });

  test('counts in the totals like any other answer', async () => {
    const { events } = await stream();
    expect(emulator.totals()).toMatchObject({
      answered: 1,
      promptTokens: events.at(-1)?.usage?.prompt_tokens,
    });
  });

  test('ends with length at the limit', async () => {
    const { events } = await stream(streaming({ max_tokens: 5 }));
    expect(events.at(-2)?.choices[0]?.finish_reason).toBe('length');
  });
});

describe('a stream that goes wrong', () => {
  test('may be cut', async () => {
    const { failure, isDone, events } = await meet('cut-stream');
    expect(failure).toMatchObject({ message: 'terminated' });
    expect(isDone).toBe(false);
    expect(events.length).toBeGreaterThan(2);
    expect(emulator.requests[0]).toMatchObject({ outcome: 'cut', charge: 'unsaid' });
  });

  test('may carry an error in its middle', async () => {
    const { events, isDone } = await meet('stream-error');
    expect(events.at(-1)?.error?.message).toContain('The server had an error');
    expect(isDone).toBe(false);
    expect(emulator.requests[0]?.charge).toBe('unsaid');
  });

  test('may end without [DONE], or without its usage', async () => {
    const open = await meet('stream-without-done');
    expect([open.isDone, open.events.at(-1)?.usage?.total_tokens]).toEqual([false, expect.any(Number)]);
    const silent = await meet('stream-without-usage');
    expect(silent.isDone).toBe(true);
    expect(silent.wire).not.toContain('"usage"');
    expect(emulator.requests.map(({ charge }) => charge)).toEqual(['said', 'unsaid']);
  });

  test('may use CRLF, comments, and pieces that cut a character in two', async () => {
    const { text } = await stream();
    const crlf = await meet('stream-crlf');
    expect(crlf.wire).toContain('\r\n\r\n');
    expect(crlf.wire.replaceAll('\r\n', '')).not.toContain('\n');
    expect(crlf.text).toBe(text);

    const comments = await meet('stream-comments');
    expect(comments.wire).toMatch(/^: keep-alive\n\n/);
    expect(comments.text).toBe(text);

    const split = await meet('stream-split-characters');
    expect(split.chunks.some(startsInsideCharacter)).toBe(true);
    expect(split.text).toBe(text);
  });

  test('may be annotated by a choice without delta', async () => {
    const { events, text } = await meet('stream-async-filter');
    const annotation = events.find(({ choices }) => choices[0] !== undefined && !('delta' in choices[0]));
    expect(annotation?.choices[0]).toMatchObject({ content_filter_offsets: { start_offset: 0 } });
    expect(text).not.toBe('');
  });

  test('may be blocked after its text was delivered', async () => {
    const { events, text } = await meet('stream-late-filter');
    expect(text).not.toBe('');
    expect(events.at(-2)?.choices[0]).toMatchObject({
      finish_reason: 'content_filter',
      content_filter_results: { sexual: { filtered: true } },
    });
  });

  test('may be slow', async () => {
    emulator.faults.next({ name: 'slow-stream', delayMs: 2 });
    expect((await stream()).isDone).toBe(true);
  });

  test('meets odd completions too', async () => {
    expect((await meet('finish-details')).events.at(-2)?.choices[0]).toMatchObject({
      finish_details: { type: 'stop' },
    });
    expect((await meet('refusal')).wire).toContain('"refusal":"I\'m sorry');
    expect((await meet('content-filtered-completion')).text).toBe('');
    expect((await meet('cut-body')).failure).toBeDefined();
  });
});
