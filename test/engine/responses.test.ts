import { expect, test } from 'vitest';
import { personas } from '../azure-emulator/personas.ts';
import { azureSettings, makePhotos, useBench } from '../helpers/engine.ts';

test('a model of the Responses API alone describes and answers: it is found out once, and costs nothing until then', async () => {
  const bench = await useBench({ deployments: [{ name: 'pro', persona: personas.gpt5Pro }] });
  const { emulator, photos } = bench;
  const paths = await makePhotos(photos, 4);
  const engine = await bench.open(
    azureSettings(emulator, {
      deployment: 'pro',
      modelId: 'gpt-5-pro',
      apiVersion: undefined,
      concurrency: 1,
    }),
  );
  await engine.scan(photos);

  const run = await engine.describe();

  expect(run).toMatchObject({ state: 'finished', failures: [], jobs: { finished: 4, failed: 0 } });
  const ways = emulator.requests.map(({ path, httpStatus }) => `${path} ${String(httpStatus)}`);
  expect(ways.filter((way) => way === '/openai/v1/responses 200')).toHaveLength(4);
  expect(ways.filter((way) => way.startsWith('/openai/v1/chat/'))).toHaveLength(1);
  const usage = await engine.usage();
  const totals = emulator.totals();
  expect(usage).toMatchObject({
    inputTokens: totals.promptTokens,
    outputTokens: totals.completionTokens,
  });

  const { id } = await engine.show(paths[0] ?? '');
  let streamed = '';
  await engine.engine.call(
    'thread.ask',
    { connectionId: engine.connection.id, assetIds: [id], question: 'What is it?' },
    {
      onPart: (part) => {
        if ('text' in part) streamed += part.text;
      },
    },
  );
  expect(streamed).not.toBe('');
  expect(emulator.requests.at(-1)).toMatchObject({ path: '/openai/v1/responses', isStream: true });
});
