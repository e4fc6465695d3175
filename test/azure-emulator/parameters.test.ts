import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personas } from './personas.ts';
import { ask, chatBody, dataUrl, drawPicture, imagePart, refusal, type Body } from './sample-requests.ts';
import { startEmulator, type Emulator } from './server.ts';

let emulator: Emulator;
/** Reasoning models of several generations. */
let efforts: Emulator;
let image: Body;

beforeAll(async () => {
  emulator = await startEmulator();
  efforts = await startEmulator({
    deployments: [
      { name: 'gpt-5-mini', persona: personas.gpt5Mini },
      { name: 'gpt-51', persona: personas.gpt51 },
      { name: 'gpt-55', persona: personas.gpt55 },
      { name: 'o3', persona: personas.o3 },
    ],
  });
  image = imagePart(dataUrl(await drawPicture(1)));
});

afterAll(() => Promise.all([emulator.close(), efforts.close()]));

test.each([
  [{ temperature: '0.2' }, 'invalid_type', 'temperature'],
  [{ temperature: 3 }, 'decimal_above_max_value', 'temperature'],
  [{ top_p: -0.1 }, 'decimal_below_min_value', 'top_p'],
  [{ max_tokens: 0 }, 'integer_below_min_value', 'max_tokens'],
  [{ max_tokens: 10.5 }, 'invalid_type', 'max_tokens'],
  [{ max_tokens: '400' }, 'invalid_type', 'max_tokens'],
  [{ max_tokens: 40_000 }, 'invalid_value', 'max_tokens'],
  [{ max_completion_tokens: 10 }, 'invalid_parameter_combination', 'max_tokens'],
  [{ seed: '7' }, 'invalid_type', 'seed'],
  [{ stream: 'true' }, 'invalid_type', 'stream'],
  [{ stop: [1] }, 'invalid_type', 'stop'],
  [{ stop: ['1', '2', '3', '4', '5'] }, 'invalid_type', 'stop'],
  [{ n: 2 }, 'integer_above_max_value', 'n'],
  [{ user: 5 }, 'invalid_type', 'user'],
  [{ service_tier: 'gold' }, 'invalid_value', 'service_tier'],
  [{ verbosity: null, logit_bias: [] }, 'invalid_type', 'logit_bias'],
  [{ stream: true, stream_options: { include_usage: 1 } }, 'invalid_type', 'stream_options.include_usage'],
  [{ stream: true, stream_options: { usage: true } }, 'unknown_parameter', 'stream_options.usage'],
  [{ stream_options: { include_usage: true } }, null, 'stream_options'],
  [{ detail: 'high' }, 'unknown_parameter', 'detail'],
  [{ max_output_tokens: 5 }, 'unknown_parameter', 'max_output_tokens'],
  [{ constructor: 1 }, 'unknown_parameter', 'constructor'],
  [{ reasoning_effort: 'low' }, 'unsupported_parameter', 'reasoning_effort'],
  [{ tools: [] }, 'emulator_not_played', 'tools'],
])('%j is refused', async (change, code, param) => {
  expect(await refusal(emulator, chatBody([image], change))).toMatchObject({ status: 400, code, param });
});

test('what the service takes passes, also null where it may stand', async () => {
  const change = {
    temperature: 0.2,
    top_p: 1,
    seed: 7,
    n: 1,
    stop: null,
    stream: false,
    user: 'a',
    frequency_penalty: 0,
    logprobs: null,
  };
  expect((await ask(emulator, chatBody([image], change))).status).toBe(200);
});

test('a body that is no JSON is refused', async () => {
  expect(await refusal(emulator, '{"messages":')).toMatchObject({
    status: 400,
    type: 'invalid_request_error',
  });
  expect(await refusal(emulator, '[]')).toMatchObject({ status: 400, code: 'invalid_type' });
});

function onReasoning(change: Body) {
  const body = chatBody([image], { max_tokens: undefined, ...change });
  return refusal(emulator, body, { deployment: 'gpt-5-mini' });
}

function withEffort(reasoning_effort: string): Body {
  return chatBody([image], { max_tokens: undefined, reasoning_effort });
}

describe('a reasoning model', () => {
  test('refuses max_tokens and names the other parameter', async () => {
    expect(await onReasoning({ max_tokens: 100 })).toEqual({
      status: 400,
      message:
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      type: 'invalid_request_error',
      param: 'max_tokens',
      code: 'unsupported_parameter',
    });
  });

  test.each(['top_p', 'presence_penalty', 'frequency_penalty'])('refuses %s', async (name) => {
    expect(await onReasoning({ [name]: 0.5 })).toMatchObject({
      status: 400,
      code: 'unsupported_parameter',
      param: name,
    });
  });

  test('refuses any temperature but its default', async () => {
    expect(await onReasoning({ temperature: 0.2 })).toMatchObject({
      status: 400,
      code: 'unsupported_value',
      param: 'temperature',
    });
    const good = await ask(emulator, chatBody([image], { max_tokens: undefined, temperature: 1 }), {
      deployment: 'gpt-5-mini',
    });
    expect(good.status).toBe(200);
  });

  test.each([
    ['gpt-5-mini', 'none', "'minimal', 'low', 'medium', and 'high'"],
    ['gpt-51', 'minimal', "'none', 'low', 'medium', and 'high'"],
    ['gpt-55', 'max', "'none', 'low', 'medium', 'high', and 'xhigh'"],
    ['o3', 'xhigh', "'low', 'medium', and 'high'"],
  ])('%s refuses an effort of %s, and says what it takes', async (deployment, effort, supported) => {
    const refused = await refusal(efforts, withEffort(effort), { deployment });
    expect(refused).toMatchObject({ status: 400, code: 'unsupported_value', param: 'reasoning_effort' });
    expect(refused.message).toContain(`Supported values are: ${supported}.`);
    expect((await ask(efforts, withEffort('low'), { deployment })).status).toBe(200);
  });

  test('refuses a developer beside a system message', async () => {
    const messages = ['developer', 'system', 'user'].map((role) => ({ role, content: 'Hello' }));
    expect(await onReasoning({ messages })).toMatchObject({ status: 400, param: 'messages' });
  });

  test('counts its thinking as output, and with a small limit has nothing left to say', async () => {
    const deployment = 'gpt-5-mini';
    const body = chatBody([image], { max_tokens: undefined, max_completion_tokens: 400 });
    const { usage } = (await ask(emulator, body, { deployment })).body;
    expect(usage?.completion_tokens_details.reasoning_tokens).toBeGreaterThan(0);
    expect(usage?.completion_tokens).toBeGreaterThan(usage!.completion_tokens_details.reasoning_tokens);

    const short = await ask(emulator, { ...body, max_completion_tokens: 20 }, { deployment });
    expect(short.body.choices[0]).toMatchObject({ finish_reason: 'length', message: { content: '' } });
    expect(short.body.usage?.completion_tokens).toBe(20);
  });
});
