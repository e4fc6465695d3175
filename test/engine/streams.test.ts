import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../app/contract/errors.ts';
import type { StreamFaultName } from '../azure-emulator/faults.ts';
import { serverNames } from '../azure-emulator/servers/list.ts';
import { streamTable } from '../helpers/stream-table.ts';
import { compatibleSettings, makePhotos, readLedger, useBench, type Bench } from '../helpers/engine.ts';

/**
 * Every oddity of a stream in AZURE §1.7 and §8, through the whole engine: a question is what streams. What is heard, what
 * is kept, and how it is booked; a stream that does not end well is `faults.test.ts`'s sister.
 */

async function askOn(
  bench: Bench,
  settings?: Parameters<Bench['open']>[0],
  options?: Parameters<Bench['open']>[1],
) {
  const [path = ''] = await makePhotos(bench.photos, 1);
  const engine = await bench.open(settings, options);
  await engine.scan(bench.photos);
  const { id } = await engine.show(path);
  let told = '';
  const answer = await engine.engine.call(
    'thread.ask',
    { assetIds: [id], question: 'What is in this picture?', connectionId: engine.connection.id },
    {
      onPart: (part) => {
        if ('text' in part) told += part.text;
      },
    },
  );
  return { answer, told, ledger: readLedger(bench.library) };
}

describe('odd, and good: the whole answer, told as it came', () => {
  test.each<[StreamFaultName, booking: string]>([
    ['slow-stream', 'exact'],
    ['stream-without-done', 'exact'],
    ['stream-crlf', 'exact'],
    ['stream-comments', 'exact'],
    ['stream-split-characters', 'exact'],
    ['stream-async-filter', 'exact'],
    ['stream-usage-on-finish', 'exact'],
    // Nobody said how much: booked at its upper estimate, and listed.
    ['stream-without-usage', 'estimate'],
  ])('%s', async (fault, booking) => {
    const good = await askOn(await useBench());
    const bench = await useBench();
    bench.emulator.faults.always(fault);
    const { answer, told, ledger } = await askOn(bench);
    expect(answer).toMatchObject({ answer: good.answer.answer, isPartial: false, error: null, booking });
    expect(told.trim()).toBe(answer.answer);
    expect(ledger).toMatchObject([{ state: 'answered', booking }]);
  });
});

test.each<[StreamFaultName, ErrorCode, state: string]>([
  ['cut-stream', 'provider-cut-off', 'unanswered'],
  ['stream-error', 'provider-unavailable', 'answered'],
])('%s keeps what came, says why, and is booked at its upper estimate', async (fault, code, state) => {
  const bench = await useBench();
  bench.emulator.faults.always(fault);
  const { answer, told, ledger } = await askOn(bench);
  expect(answer).toMatchObject({ isPartial: true, error: { code }, booking: 'estimate' });
  expect(answer.answer).toBe(told.trim());
  expect(ledger).toMatchObject([{ state, booking: 'estimate' }]);
});

test('every line of the table of streams is heard, kept and booked as it says', async () => {
  const bench = await useBench();
  const [path = ''] = await makePhotos(bench.photos, 1);
  const engine = await bench.open();
  await engine.scan(bench.photos);
  const { id } = await engine.show(path);
  for (const { line, body, text, code, booking = 'exact' } of streamTable) {
    const answer = { httpStatus: 200, headers: { 'content-type': 'text/event-stream' }, body };
    bench.emulator.faults.next({ name: 'quoted', answer });
    let told = '';
    const asked = engine.engine.call(
      'thread.ask',
      { assetIds: [id], question: 'What is in this picture?', connectionId: engine.connection.id },
      {
        onPart: (part) => {
          if ('text' in part) told += part.text;
        },
      },
    );
    const heard = await asked.then(
      (given) => ({ ...given, told }),
      (thrown: unknown) => ({ thrown }),
    );
    const error = code === undefined ? null : { code };
    const whole = { answer: text, told: text, isPartial: error !== null, error, booking };
    expect({ line, heard }).toMatchObject({ line, heard: text === null ? { thrown: error } : whole });
    expect({ line, booked: readLedger(bench.library).at(-1)?.booking }).toEqual({ line, booked: booking });
  }
});

describe('a model that thinks aloud is heard only when it answers', () => {
  const models = {
    ollama: 'qwen3-vl:8b',
    'lm-studio': 'qwen/qwen3-vl-8b',
    'llama-cpp': 'gemma-3-4b-it-Q4_K_M.gguf',
    vllm: 'Qwen/Qwen2.5-VL-7B-Instruct',
    openai: 'gpt-5-mini',
  };
  test.each(serverNames)('%s', async (server) => {
    const bench = await useBench({ server });
    const model = models[server];
    const settings = compatibleSettings(bench.emulator, { deployment: model, modelId: model });
    const credential = { kind: 'bearer', secret: bench.emulator.key } as const;
    const { answer, told } = await askOn(bench, settings, { credentialOf: () => credential });
    expect(answer).toMatchObject({ isPartial: false, error: null, booking: 'exact' });
    expect(told.trim()).toBe(answer.answer);
    expect(told).not.toMatch(/think|draft|first I look/i);
    expect(told).not.toBe('');
  });
});
