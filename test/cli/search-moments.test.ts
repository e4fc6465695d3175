import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../azure-emulator/server.ts';
import { hasFfmpeg, makeVideo } from '../helpers/make-video.ts';
import { createSandbox } from './run-cli.ts';

test.skipIf(!hasFfmpeg)('a video that is found by what happens in it says when that is', async () => {
  const emulator = await startEmulator();
  onTestFinished(() => emulator.close());
  const sandbox = await createSandbox();
  // Red, green and blue, two seconds each.
  makeVideo(join(sandbox.photos, 'beach.mp4'));
  const env = {
    AZURE_OPENAI_ENDPOINT: emulator.endpoint,
    AZURE_OPENAI_API_KEY: emulator.key,
    AZURE_OPENAI_DEPLOYMENT: 'gpt-41',
  };
  const azure = ['--connection', 'azure-openai', '--model', 'gpt-4.1', '--yes'];
  const described = await sandbox.run(['describe', sandbox.photos, ...azure], { env });
  expect(described.status).toBe(0);

  const { stdout } = await sandbox.run(['search', 'green']);
  expect(stdout).toMatch(/^\s+0:0[23]–0:0[345]\s.*green/m);
  expect(stdout).not.toMatch(/–0:0\d\s.*blue/);
  expect((await sandbox.run(['search', ''])).stdout).not.toMatch(/0:0\d–/);
});
