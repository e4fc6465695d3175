import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../azure-emulator/server.ts';
import { makePhoto } from '../helpers/photos.ts';
import { createSandbox, type Ended } from './run-cli.ts';

const day = 24 * 60 * 60 * 1000;
const photoCount = 3;

function said({ stdout, stderr }: Ended): string {
  return `${stdout} ${stderr}`.replaceAll(/\s+/g, ' ');
}

test('photos are given to the service overnight; any describe later tells of them, and fetches what is done', async () => {
  // The service wants to be asked again at once, so that nobody waits for a minute.
  const emulator = await startEmulator({ batches: { pollAfterMs: 10 } });
  onTestFinished(() => emulator.close());
  const sandbox = await createSandbox();
  for (let seed = 1; seed <= photoCount; seed += 1) {
    await makePhoto(join(sandbox.photos, `${seed}.jpg`), { seed, widthPx: 300, heightPx: 200 });
  }
  const env = {
    AZURE_OPENAI_ENDPOINT: emulator.endpoint,
    AZURE_OPENAI_API_KEY: emulator.key,
    AZURE_OPENAI_DEPLOYMENT: 'gpt-41',
    AZURE_OPENAI_BATCH_DEPLOYMENT: 'gpt-41-batch',
    OPENAI_API_VERSION: '2024-10-21',
  };
  const service = ['--connection', 'azure-openai', '--model', 'gpt-4.1', '--yes'];
  const run = (...args: string[]): Promise<Ended> => sandbox.run([...args, ...service], { env });

  // Sample photos would be gone before they are answered, and paid.
  const samples = await run('describe', '--batch');
  expect(samples).toMatchObject({ status: 2 });
  expect(said(samples)).toContain('Name a folder of your own');
  expect(emulator.batches.files).toEqual([]);

  const sent = await run('describe', sandbox.photos, '--batch', '--bursts', 'together');
  expect(sent).toMatchObject({ status: 3 });
  expect(said(sent)).toContain('each photo is a request of its own');
  expect(said(sent)).toContain('With the service since');
  expect(said(await sandbox.run(['status'], { env }))).toContain('with the service since');

  const meanwhile = await run('describe');
  expect(meanwhile).toMatchObject({ status: 3 });
  expect(said(meanwhile)).toContain('With the service since');
  expect(emulator.batches.all).toHaveLength(1);

  emulator.batches.advance(day - 60_000);
  const fetched = await run('describe');
  expect(fetched).toMatchObject({ status: 0 });
  expect(said(fetched)).toContain(`Described ${String(photoCount)} photos`);
  expect(said(await sandbox.run(['usage'], { env }))).toContain(
    `Of these as batches: ${String(photoCount)} requests`,
  );
  expect(emulator.totals().answered).toBe(photoCount);
});
