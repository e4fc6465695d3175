import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { personas } from '../azure-emulator/personas.ts';
import { startEmulator } from '../azure-emulator/server.ts';
import { makePhoto } from '../helpers/photos.ts';
import { createSandbox, jsonLines } from './run-cli.ts';
import { usageDocument } from './shapes.ts';

/** Two photos and a deployment behind which is this model, which is not said beforehand. */
async function setUp(answeredAs: string) {
  const emulator = await startEmulator({
    deployments: [{ name: 'eyes', persona: { ...personas.gpt41, model: answeredAs } }],
  });
  onTestFinished(() => emulator.close());
  const sandbox = await createSandbox();
  for (const seed of [1, 2]) {
    await makePhoto(join(sandbox.photos, `${String(seed)}.jpg`), { seed, widthPx: 300, heightPx: 200 });
  }
  const env = { AZURE_OPENAI_ENDPOINT: emulator.endpoint, AZURE_OPENAI_API_KEY: emulator.key };
  const azure = ['--connection', 'azure-openai', '--deployment', 'eyes'];
  const run = (...args: readonly string[]) => sandbox.run(args, { env });
  const describe = () => run('describe', sandbox.photos, ...azure, '--yes');
  return { run, describe, photos: sandbox.photos, azure };
}

test('a deployment that says its model with its first answer costs what the list says, from that answer on', async () => {
  const { run, describe } = await setUp('gpt-4.1-2025-04-14');
  expect((await describe()).stdout).toMatch(/2 requests · .* · \$0\.00\d+\n/);
  const used = usageDocument.parse(jsonLines(await run('usage', '--json'))[0]);
  // Two and eight dollars for a million tokens (AZURE §2.4); each request is rounded to a millionth of a dollar.
  const dollars = (used.inputTokens * 2 + used.outputTokens * 8) / 1e6;
  expect(used.costMicroUsd / 1e6).toBeCloseTo(dollars, 5);
  expect(used['unpriced']).toBe(0);
});

// Seven commands, one after the other.
test('a price that nobody knows never reads as nothing', { timeout: 240_000 }, async () => {
  const { run, describe, photos, azure } = await setUp('house-model-7');
  const shown = [
    await run('plan', photos, ...azure),
    await describe(),
    await run('runs'),
    await run('runs', 'show', '1'),
    await run('usage'),
    await run('status'),
    await run('plan', photos, ...azure, '--again'),
  ].map(({ stdout }) => stdout);
  for (const text of shown) {
    expect(text).not.toContain('$0');
    expect(text).toMatch(/not known|price unknown/);
  }
  expect(jsonLines(await run('usage', '--json'))[0]).toMatchObject({ costMicroUsd: 0, unpriced: 2 });
});
