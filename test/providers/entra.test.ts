import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createProvider } from '../../app/providers/connections.ts';
import { createEntraCredential, entraScope } from '../../app/providers/entra.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import {
  azureSettings,
  makePhotos,
  TestEngine,
  useEmulator,
  visionSettings,
  type Settings,
} from '../helpers/engine.ts';
import { sampleConnection, sampleRequest } from './samples.ts';

/** What a token for Azure's AI services is asked for: the scope without its last part. */
const audience = 'https://cognitiveservices.azure.com';

/** As nobody is signed in anywhere, apart from what a test says. */
function useEnvironment(variables: Readonly<Record<string, string | undefined>>): void {
  const names = [
    'AZURE_TENANT_ID',
    'AZURE_CLIENT_ID',
    'AZURE_CLIENT_SECRET',
    'IDENTITY_ENDPOINT',
    'IDENTITY_HEADER',
    'MSI_ENDPOINT',
  ];
  for (const name of names) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
}

/** An `az` that gives another token each time, and writes down what it was asked. */
async function useAzureCli(token: string): Promise<{ asked: () => Promise<string[]> }> {
  const folder = useTemporaryFolder();
  const log = join(folder, 'asked');
  await mkdir(folder, { recursive: true });
  await writeFile(log, '');
  const script = `#!/bin/sh
echo "$*" >> '${log}'
count=$(wc -l < '${log}')
printf '{"accessToken":"${token}-%s","expiresOn":"2099-01-01 00:00:00.000000","expires_on":4070908800,"tokenType":"Bearer"}' "$count"
`;
  await writeFile(join(folder, 'az'), script);
  await chmod(join(folder, 'az'), 0o755);
  useEnvironment({ PATH: `${folder}:/usr/bin:/bin` });
  return { asked: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line !== '') };
}

const tokens = (endsInMs: number, nowMs = 1_000_000) => {
  const scopes: string[] = [];
  const credential = createEntraCredential({
    now: () => nowMs,
    openChain: () =>
      Promise.resolve({
        getToken: (scope) => {
          scopes.push(String(scope));
          return Promise.resolve({
            token: `token-${String(scopes.length)}`,
            expiresOnTimestamp: nowMs + endsInMs,
          });
        },
      }),
  });
  return { credential, scopes };
};

describe('a token', () => {
  test('is asked for once, however many requests begin at a time, and is for Azure’s AI services', async () => {
    const { credential, scopes } = tokens(3_600_000);
    await Promise.all([credential.renew?.(), credential.renew?.(), credential.renew?.()]);
    await credential.renew?.();
    expect(scopes).toEqual([`${audience}/.default`]);
    expect(entraScope).toBe(`${audience}/.default`);
    expect(credential.secret).toBe('token-1');
  });

  test('that ends in four minutes is replaced before it is used', async () => {
    const { credential, scopes } = tokens(4 * 60_000);
    await credential.renew?.();
    await credential.renew?.();
    expect(scopes).toHaveLength(2);
    expect(credential.secret).toBe('token-2');
  });

  test('that the service refused is replaced, and another one is not', async () => {
    const { credential } = tokens(3_600_000);
    await credential.renew?.();
    await credential.renew?.({ refused: 'token-0' });
    expect(credential.secret).toBe('token-1');
    await credential.renew?.({ refused: 'token-1' });
    expect(credential.secret).toBe('token-2');
  });
});

test('a machine that is signed in nowhere sends nothing, and says what to do', async () => {
  const emulator = await useEmulator();
  const credential = createEntraCredential({
    openChain: () => Promise.reject(new Error('Please run az login')),
  });
  const provider = createProvider({
    connection: sampleConnection({ endpoint: emulator.endpoint, signIn: 'entra' }),
    credential,
  });
  onTestFinished(() => {
    provider.close();
  });
  const { signal } = new AbortController();
  expect(await provider.describe(sampleRequest(), { signal })).toMatchObject({
    status: 'blocked',
    code: 'entra-sign-in-needed',
  });
  expect(emulator.requests).toEqual([]);
});

/** Describes two photos by a connection that signs in with Microsoft Entra and has no key. */
async function describeByEntra(
  emulator: Awaited<ReturnType<typeof useEmulator>>,
  prepare?: () => void,
  settings: Settings = azureSettings(emulator),
) {
  const photos = useTemporaryFolder();
  await makePhotos(photos, 2);
  const engine = new TestEngine({ libraryFolder: useTemporaryFolder() });
  onTestFinished(() => engine.close({ abort: true }));
  await engine.connect({ ...settings, signIn: 'entra', concurrency: 1 });
  await engine.scan(photos);
  prepare?.();
  return engine.describe();
}

test('photos are described with what az is signed in with; a token that is refused is replaced once', async () => {
  const emulator = await useEmulator();
  const cli = await useAzureCli(emulator.entraToken);
  const run = await describeByEntra(emulator, () => {
    emulator.faults.next('unauthorized');
  });
  expect(run).toMatchObject({ state: 'finished', requests: 2, jobs: { finished: 2, failed: 0 } });
  expect(emulator.requests.map(({ httpStatus }) => httpStatus)).toEqual([401, 200, 200]);
  expect(emulator.requests.map(({ headers }) => Object.keys(headers).includes('api-key'))).toEqual([
    false,
    false,
    false,
  ]);
  const asked = await cli.asked();
  expect(asked).toHaveLength(2);
  for (const line of asked) expect(line).toContain(`--resource ${audience}`);
}, 60_000);

test('Image Analysis is signed in to in the same way, without any key', async () => {
  const emulator = await useEmulator();
  const cli = await useAzureCli(emulator.entraToken);
  const run = await describeByEntra(
    emulator,
    () => {
      emulator.faults.next('unauthorized');
    },
    visionSettings(emulator),
  );
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 0 } });
  const analyses = emulator.requests.filter(({ form }) => form === 'vision');
  expect(analyses.map(({ httpStatus }) => httpStatus)).toEqual([401, 200, 200]);
  expect(analyses.flatMap(({ headers }) => Object.keys(headers))).not.toContain('ocp-apim-subscription-key');
  expect(await cli.asked()).toHaveLength(2);
}, 60_000);

test('a token that is refused again stops the queue for a person, after one more try', async () => {
  const emulator = await useEmulator({ entraToken: 'another-tenant' });
  const cli = await useAzureCli('of-this-tenant');
  const run = await describeByEntra(emulator);
  expect(run).toMatchObject({ state: 'running', jobs: { finished: 0, failed: 0 } });
  expect(emulator.requests.map(({ httpStatus }) => httpStatus)).toEqual([401, 401]);
  expect(await cli.asked()).toHaveLength(2);
}, 60_000);

test('an identity of the machine itself gives the token: its authority is asked for Azure’s AI services', async () => {
  const emulator = await useEmulator();
  const asked: { resource: string | null; header: unknown }[] = [];
  const authority = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const resource = url.searchParams.get('resource');
    asked.push({ resource, header: request.headers['x-identity-header'] });
    const isRight = resource === audience && request.headers['x-identity-header'] === 'secret-of-the-machine';
    response.writeHead(isRight ? 200 : 400, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify(
        isRight
          ? {
              access_token: `${emulator.entraToken}-m`,
              expires_on: '4070908800',
              resource,
              token_type: 'Bearer',
            }
          : { error: 'invalid_resource', error_description: 'The audience is unknown.' },
      ),
    );
  });
  await new Promise<void>((resolve) => {
    authority.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    authority.close();
  });
  const { port } = authority.address() as AddressInfo; // why: a server that listens on a port has no other address
  useEnvironment({
    IDENTITY_ENDPOINT: `http://127.0.0.1:${String(port)}/msi/token`,
    IDENTITY_HEADER: 'secret-of-the-machine',
  });
  const run = await describeByEntra(emulator);
  expect(run).toMatchObject({ state: 'finished', jobs: { finished: 2, failed: 0 } });
  expect(asked).toEqual([{ resource: audience, header: 'secret-of-the-machine' }]);
}, 60_000);
