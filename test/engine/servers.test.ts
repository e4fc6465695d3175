import { describe, expect, onTestFinished, test } from 'vitest';
import { messageFor } from '../../app/contract/messages/en.ts';
import type { FaultName } from '../azure-emulator/faults.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../azure-emulator/server.ts';
import { localModel } from '../azure-emulator/servers/models.ts';
import type { ServerName } from '../azure-emulator/servers/traits.ts';
import {
  compatibleSettings,
  makePhotos,
  readLedger,
  useBench,
  type Bench,
  type TestEngine,
} from '../helpers/engine.ts';

/** The servers that people run at home, each through the whole engine. */

type Served = Bench & { readonly server: Emulator; readonly engine: TestEngine };

/** Two photos, and a connection to a model of this server. */
async function useServer(server: ServerName, model: string, more: EmulatorOptions = {}): Promise<Served> {
  const bench = await useBench({ server, ...more });
  const engine = await bench.openWith(
    2,
    {
      ...compatibleSettings(bench.emulator, { deployment: model, modelId: model, concurrency: 1 }),
    },
    {
      credentialOf: () => (server === 'openai' ? { kind: 'bearer', secret: bench.emulator.key } : undefined),
    },
  );
  return { ...bench, server: bench.emulator, engine };
}

const completions = ({ requests }: Emulator): Emulator['requests'] =>
  requests.filter(({ path }) => path.endsWith('/chat/completions'));

describe('a server at home', () => {
  test.each<[ServerName, model: string, EmulatorOptions?]>([
    ['ollama', 'gemma3:4b'],
    ['ollama', 'llava'],
    ['ollama', 'qwen3-vl:8b'],
    ['ollama', 'qwen3-vl:8b', { isOldServer: true }],
    ['lm-studio', 'google/gemma-3-4b'],
    ['lm-studio', 'qwen/qwen3-vl-8b'],
    ['lm-studio', 'google/gemma-3-4b', { isOldServer: true }],
    ['llama-cpp', 'gemma-3-4b-it-Q4_K_M.gguf'],
    ['llama-cpp', 'whatever'],
    ['llama-cpp', 'whatever', { isOldServer: true }],
    ['llama-cpp', 'thinker', { deployments: [localModel('thinker', { vision: true, thinks: true })] }],
    ['vllm', 'Qwen/Qwen2.5-VL-7B-Instruct'],
    ['vllm', 'thinker', { deployments: [localModel('thinker', { vision: true, thinks: true })] }],
    ['openai', 'gpt-4.1-mini'],
    ['openai', 'gpt-5-mini'],
  ])('%s describes with %s', async (name, model, more) => {
    const { engine, server, library, photos } = await useServer(name, model, more);

    const run = await engine.describe();

    expect(run).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 0 }, failures: [] });
    expect(await engine.connectionNow()).toMatchObject({
      state: 'ready',
      learned: { server: name === 'openai' ? 'other' : name },
    });
    // It is OpenAI's way of speaking, at another address.
    // Nothing that was thought before it, and nothing that was made up.
    expect(await engine.captionOf(`${photos}/photo-001.jpg`)).not.toMatch(/think|draft|no picture/i);
    const described = completions(server).filter(({ pictures }) => pictures[0]?.widthPx !== 96);
    expect(described).toHaveLength(2);
    for (const { pictures } of described) expect(pictures).toMatchObject([{ format: 'jpeg' }]);
    // To the request: also the tiny picture, with which a server is asked that does not say what it sees.
    expect(readLedger(library)).toHaveLength(completions(server).length);
    const { promptTokens, completionTokens } = server.totals();
    expect(await engine.usage()).toMatchObject({
      inputTokens: promptTokens,
      outputTokens: completionTokens,
      costMicroUsd: 0,
    });
  });

  test.each<[ServerName, EmulatorOptions?]>([
    ['ollama'],
    ['ollama', { isOldServer: true }],
    ['lm-studio'],
    ['lm-studio', { isOldServer: true }],
    ['llama-cpp'],
    ['vllm'],
  ])(
    '%s gets no photo for a model that cannot see it, and the sentence names others that can',
    async (name, more) => {
      const deployments = [localModel('blind', { vision: false })];
      // The last two serve one model at a time.
      if (name === 'ollama' || name === 'lm-studio') deployments.push(localModel('seeing', { vision: true }));
      const { engine, server, photos } = await useServer(name, 'blind', { ...more, deployments });

      const held = await engine.describe();

      expect(held).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 } });
      const { state, error } = await engine.connectionNow();
      expect({ state, code: error?.code }).toEqual({ state: 'blocked', code: 'provider-no-vision' });
      const others =
        deployments.length > 1 ? 'Choose one of this server that can: seeing' : 'Choose one with vision';
      expect(messageFor(error ?? { code: 'internal' })).toContain(others);
      const seen = completions(server).flatMap(
        ({ body }) => JSON.stringify(body).match(/data URL, \d+/g) ?? [],
      );
      // vLLM does not say, so it is asked with a picture of nobody's.
      expect(seen.length).toBeLessThanOrEqual(name === 'vllm' ? 1 : 0);
      expect(await engine.captionOf(`${photos}/photo-001.jpg`)).toBeUndefined();
    },
  );

  test('that says nothing of its models gets no photo for one that is known to see none', async () => {
    const deployments = [localModel('gpt-3.5-turbo', { vision: false })];
    const { engine, server } = await useServer('openai', 'gpt-3.5-turbo', { deployments });
    expect(await engine.describe()).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 } });
    expect((await engine.connectionNow()).error).toMatchObject({
      code: 'provider-no-vision',
      details: { model: 'gpt-3.5-turbo' },
    });
    expect(completions(server)).toEqual([]);
  });

  test('is asked once what it sees, and not for every photo', async () => {
    const { engine, server, photos } = await useServer('ollama', 'llava');
    await makePhotos(photos, 30, 100);
    await engine.scan();
    await engine.describe();
    expect(server.requests.filter(({ path }) => path === '/api/tags').length).toBeLessThanOrEqual(2);
  });

  test('that is not running holds the queue, which goes on by itself once it is', async () => {
    const { engine, server } = await useServer('ollama', 'llava');
    await server.goOffline();
    const run = await engine.begin();
    await engine.waitFor('connection.changed', async () =>
      (await engine.connectionNow()).state === 'offline' ? [1] : [],
    );
    await server.goOnline();
    expect(await engine.settle(run.id)).toMatchObject({
      state: 'finished',
      jobs: { finished: 2, failed: 0 },
    });
  });

  test('that has no such model says which it has', async () => {
    const { engine } = await useServer('ollama', 'gemma4');
    await engine.describe();
    const { error } = await engine.connectionNow();
    expect(messageFor(error ?? { code: 'internal' })).toMatch(
      /“gemma4” does not exist.*There are: llama3\.2:latest, /,
    );
  });
});

/** What small models make of what they were asked for, and what comes of it all the same. */
describe('a small model', () => {
  test.each<FaultName>([
    'fenced-json',
    'text-around-json',
    'trailing-commas',
    'single-quotes',
    'unclosed-json',
    'keywords-as-text',
    'keywords-as-objects',
    'keywords-as-numbers',
    'foreign-names',
    'endless-keywords',
    'thinking-in-text',
    'thinking-without-end',
  ])('with the habit %s is understood, word for word', async (habit) => {
    const { engine, server, photos, library } = await useServer('ollama', 'gemma3:4b');
    await engine.describe({ limit: 1 });
    const good = await engine.show(`${photos}/photo-001.jpg`);
    server.faults.always(habit);
    await engine.describe();
    const odd = await engine.show(`${photos}/photo-002.jpg`);
    server.faults.clear();

    expect(readLedger(library).map(({ booking }) => booking)).toEqual(['exact', 'exact']);
    // Photos differ in the word that the emulator makes of each; all other words are the same.
    const { fingerprint } = server.requests.at(-1)?.pictures[0] ?? { fingerprint: '' };
    const { fingerprint: first } = completions(server)[0]?.pictures[0] ?? { fingerprint: '' };
    expect(odd.description?.keywords.map(({ keyword }) => keyword)).toContain(fingerprint);
    expect(odd.description?.caption?.text).toContain(fingerprint);
    const words = (shown: typeof good, own: string): unknown =>
      shown.description?.keywords.map(({ keyword }) => (keyword === own ? 'own' : keyword));
    expect(words(odd, fingerprint)).toEqual(words(good, first));
  });
});

describe('looking for servers on this machine', () => {
  test('finds each on its port, with its models, those that see pictures first, and sends no key', async () => {
    const found: Emulator[] = [];
    for (const server of ['ollama', 'lm-studio', 'llama-cpp', 'vllm'] as const) {
      const emulator = await startEmulator({ server });
      onTestFinished(() => emulator.close());
      found.push(emulator);
    }
    const { open } = await useBench();
    const { engine } = await open();
    const ports = [...found.map(({ port }) => port), 1];
    const list = await engine.call('connection.discover', { ports });
    expect(list.map(({ server, endpoint, models }) => [server, endpoint, models[0]?.vision])).toEqual([
      ['ollama', found[0]?.compatibleBaseUrl, 'yes'],
      ['lm-studio', found[1]?.compatibleBaseUrl, 'yes'],
      ['llama-cpp', found[2]?.compatibleBaseUrl, 'yes'],
      ['vllm', found[3]?.compatibleBaseUrl, 'unknown'],
    ]);
    for (const { requests } of found) {
      expect(requests.every(({ method, path }) => method === 'GET' || path === '/api/show')).toBe(true);
      expect(requests.flatMap(({ headers }) => Object.keys(headers))).not.toContain('authorization');
    }
  });

  test('says that one is locked, and passes over what is no server of models', async () => {
    const locked = await startEmulator({ server: 'llama-cpp', compatibleKey: 'secret' });
    onTestFinished(() => locked.close());
    const { open, emulator } = await useBench();
    const { engine } = await open();
    const list = await engine.call('connection.discover', { ports: [locked.port, emulator.port] });
    expect(list).toMatchObject([
      { endpoint: locked.compatibleBaseUrl, needsKey: true, models: [] },
      // The plain `/v1` of our emulator speaks like a server that nobody knows.
      { server: 'other', needsKey: false },
    ]);
  });
});
