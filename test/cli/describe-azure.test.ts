import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { connectionId } from '../../app/contract/ids.ts';
import { Engine } from '../../app/engine.ts';
import { FileSecretBox } from '../../app/platform/file-secret-box.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../azure-emulator/server.ts';
import { useGate } from '../helpers/gate.ts';
import { makePhoto } from '../helpers/photos.ts';
import { createSandbox, jsonLines, type Sandbox } from './run-cli.ts';
import { errorDocument, readDescribed, searchDocument, usageDocument } from './shapes.ts';

const photoCount = 6;

type Setting = {
  readonly sandbox: Sandbox;
  readonly emulator: Emulator;
  readonly env: Record<string, string>;
  readonly command: string[];
};

async function setUp(options: EmulatorOptions = {}): Promise<Setting> {
  const emulator = await startEmulator(options);
  onTestFinished(() => emulator.close());
  const sandbox = await createSandbox();
  for (let seed = 1; seed <= photoCount; seed += 1) {
    await makePhoto(join(sandbox.photos, `${seed}.jpg`), { seed, widthPx: 300, heightPx: 200 });
  }
  const env = {
    AZURE_OPENAI_ENDPOINT: emulator.endpoint,
    AZURE_OPENAI_API_KEY: emulator.key,
    AZURE_OPENAI_DEPLOYMENT: 'gpt-41',
    OPENAI_API_VERSION: '2024-10-21',
  };
  return {
    sandbox,
    emulator,
    env,
    command: ['describe', sandbox.photos, '--connection', 'azure-openai', '--model', 'gpt-4.1'],
  };
}

describe('a key', () => {
  test('that this system keeps is used when the environment has none, and its lack is said before anything is read', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    const { AZURE_OPENAI_API_KEY: key, ...withoutKey } = env;
    const missing = await sandbox.run([...command, '--yes'], { env: withoutKey });
    expect(missing).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('The key is missing') as string,
    });

    // As the window does it, in the place that a terminal looks at.
    await sandbox.run(['connections', 'add', ...command.slice(2)], { env: withoutKey });
    const keys = join(sandbox.folder, '.config', 'Cutline', 'keys.json');
    const engine = new Engine({ libraryFolder: sandbox.library, secrets: new FileSecretBox(keys) });
    const connections = await engine.call('connection.list', {});
    const azure = connections.find(({ kind }) => kind === 'azure-openai');
    await engine.call('secret.set', { connectionId: azure?.id ?? connectionId.parse(0), key: key ?? '' });
    await engine.close();

    const found = jsonLines(await sandbox.run(['doctor', '--json'], { env: withoutKey }));
    expect(found).toContainEqual(expect.objectContaining({ code: 'key-there' }));
    const described = await sandbox.run([...command, '--yes'], { env: withoutKey });
    expect(described.status).toBe(0);
    expect(emulator.totals().requests).toBe(photoCount);
  });
});

describe('consent', () => {
  test('nothing is sent when nobody agreed; the plan is said', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    const { status, stdout, stderr } = await sandbox.run([...command, '--json'], { env });
    expect(stderr).toMatch(/6 photos in 6 requests[^]*at most \$/);
    expect(errorDocument.parse(jsonLines({ stdout }).at(-1)).error.code).toBe('consent-needed');
    expect(status).toBe(2);
    expect(emulator.totals().requests).toBe(0);
  });

  test('--yes agrees; every caption is paid once and the ledger agrees with the service', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    const described = await sandbox.run([...command, '--yes', '--json'], { env });
    const { photos, last } = readDescribed(jsonLines(described));
    expect(photos.map(({ status }) => status)).toStrictEqual(
      Array.from({ length: photoCount }, () => 'described'),
    );
    expect(described.status).toBe(0);
    const usage = usageDocument.parse(jsonLines(await sandbox.run(['usage', '--json']))[0]);
    const { promptTokens, completionTokens } = emulator.totals();
    expect(usage).toMatchObject({
      requests: photoCount,
      inputTokens: promptTokens,
      outputTokens: completionTokens,
    });
    expect(last.summary).toMatchObject({ inputTokens: usage.inputTokens, costMicroUsd: usage.costMicroUsd });
    const sum = photos.reduce((total, photo) => total + photo.usage.costMicroUsd, 0);
    expect(sum).toBe(usage.costMicroUsd);
  });

  test('a key in the environment alone never spends', async () => {
    const { sandbox, emulator, env } = await setUp();
    const { status, stderr } = await sandbox.run(['describe', sandbox.photos], { env });
    expect(stderr).toContain('--connection azure-openai');
    expect(status).toBe(0);
    expect(emulator.totals().requests).toBe(0);
  });

  test('plain http beyond the own network is warned of before anything is sent', async () => {
    const { sandbox, env, command } = await setUp();
    const { stderr, status } = await sandbox.run(command, {
      env: { ...env, AZURE_OPENAI_ENDPOINT: 'http://ann.example' },
    });
    expect(stderr).toContain('Warning: ann.example');
    expect(status).toBe(2);
  });

  test('a baseline is replaced as soon as a model is connected', async () => {
    const { sandbox, env, command } = await setUp();
    await sandbox.run(['describe', sandbox.photos]);
    const { last } = readDescribed(jsonLines(await sandbox.run([...command, '--yes', '--json'], { env })));
    expect(last.summary).toMatchObject({ described: photoCount, alreadyDescribed: 0 });
  });
});

describe('what stops it', () => {
  test('a budget stops before it is exceeded, and the command that it names ends the work', async () => {
    const { sandbox, env, command } = await setUp();
    const stopped = await sandbox.run([...command, '--budget', '0.015', '--concurrency', '1'], { env });
    expect(stopped.status).toBe(3);
    expect(stopped.stderr).toContain('The budget of $0.015 ');
    const { costMicroUsd } = usageDocument.parse(jsonLines(await sandbox.run(['usage', '--json']))[0]);
    expect(costMicroUsd).toBeLessThanOrEqual(15_000);
    const { stdout } = await sandbox.run(['queue']);
    expect(stdout).toMatch(/Run 1 holds \d photos?\. The budget of \$0\.015 /);
    const suggested = / --budget ([\d.]+)\n/.exec(stopped.stderr)?.[1];
    const again = await sandbox.run([...command, '--budget', suggested ?? ''], { env });
    expect(again.status).toBe(0);
  });

  test('a budget for a model of unknown price is refused with the next step', async () => {
    const { sandbox, env } = await setUp();
    const { status, stderr } = await sandbox.run(
      ['describe', sandbox.photos, '--connection', 'azure-openai', '--budget', '1'],
      { env },
    );
    expect(stderr).toContain('--model');
    expect(status).toBe(2);
  });

  test('a refused key ends it and keeps the queue; the right key goes on', async () => {
    const { sandbox, env, command } = await setUp();
    const refused = await sandbox.run([...command, '--yes', '--json'], {
      env: { ...env, AZURE_OPENAI_API_KEY: 'wrong' },
    });
    const { last } = readDescribed(jsonLines(refused));
    expect(last).toMatchObject({
      summary: { described: 0, failed: 0, waiting: photoCount },
      error: { code: 'provider-unauthorized' },
    });
    expect(refused.status).toBe(3);
    const again = await sandbox.run([...command, '--yes'], {
      env: { ...env, AZURE_OPENAI_API_KEY: 'wrong' },
    });
    expect(again.stdout).toContain(`Described 0 of ${photoCount} photos · ${photoCount} left`);
    expect((await sandbox.run([...command, '--yes'], { env })).status).toBe(0);
  });

  test('once more: what was described before is neither done nor nothing that is left', async () => {
    const { sandbox, env, command } = await setUp();
    expect((await sandbox.run([...command, '--yes'], { env })).status).toBe(0);
    const wrong = { env: { ...env, AZURE_OPENAI_API_KEY: 'wrong' } };
    const refused = await sandbox.run([...command, '--yes', '--again'], wrong);
    expect(refused.stdout).toContain(`Described 0 of ${photoCount} photos · ${photoCount} left`);
    expect(refused.stderr).toContain(`${photoCount} photos are left.`);
    expect(refused.status).toBe(3);
    const { last } = readDescribed(
      jsonLines(await sandbox.run([...command, '--yes', '--again', '--json'], { env })),
    );
    expect(last.summary).toMatchObject({
      described: photoCount,
      alreadyDescribed: 0,
      waiting: 0,
      found: photoCount,
    });
  });

  test('a text model gets no picture, and what is said of it is true', async () => {
    const { sandbox, emulator, env } = await setUp();
    const command = [
      'describe',
      sandbox.photos,
      '--connection',
      'azure-openai',
      '--model',
      'gpt-35-turbo',
      '--yes',
    ];
    const { status, stderr } = await sandbox.run(command, { env });
    expect(stderr).toContain('gpt-35-turbo cannot see pictures. Choose one with vision.');
    expect(stderr).toMatch(
      /not\s+kept\s+in\s+the\s+list\s+of\s+connections,\s+and\s+nothing\s+waits\s+for\s+it\./,
    );
    expect(stderr).not.toMatch(/queue\s+waits|begins\s+anew/);
    expect(status).toBe(3);
    expect(emulator.totals().requests).toBe(0);
  });

  test('a connection that never answered is not kept, with what waits for it; one that has is', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    const listed = async (): Promise<unknown> => jsonLines(await sandbox.run(['connections', '--json']))[0];
    const mistyped = await sandbox.run([...command, '--yes'], {
      env: { ...env, AZURE_OPENAI_DEPLOYMENT: 'no-such' },
    });
    expect(mistyped).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(
        /no-such.*has\s+never\s+answered,\s+so\s+it\s+is\s+not\s+kept/s,
      ) as string,
    });
    expect(await listed()).toEqual([]);
    expect((await sandbox.run(['runs'])).stdout).toMatch(/canceled/);
    const declined = await sandbox.run([...command, '--budget', '1000000'], {
      env: { ...env, AZURE_OPENAI_ENDPOINT: 'http://127.0.0.1:9' },
    });
    expect(declined.status).toBe(3);
    expect(await listed()).toEqual([]);

    expect((await sandbox.run([...command, '--yes', '--limit', '1'], { env })).status).toBe(0);
    await emulator.goOffline();
    const away = await sandbox.run([...command, '--yes'], { env });
    expect(away.stderr).not.toMatch(/never\s+answered/);
    expect(await listed()).toMatchObject([{ deployment: 'gpt-41' }]);
    await emulator.goOnline();
    expect((await sandbox.run([...command, '--yes'], { env })).status).toBe(0);
  });

  test('without a network it ends with 3, and nothing counts as failed', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    await emulator.goOffline();
    const { status, stdout } = await sandbox.run([...command, '--yes', '--json'], { env });
    const { last } = readDescribed(jsonLines({ stdout }));
    expect(last).toMatchObject({
      summary: { failed: 0, waiting: photoCount },
      error: { code: 'provider-unreachable' },
    });
    expect(status).toBe(3);
  });

  test('with --wait it goes on by itself when the network is back', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    await emulator.goOffline();
    const running = sandbox.start([...command, '--yes', '--wait'], { env });
    await running.until('at most');
    await emulator.goOnline();
    const { status, stdout } = await running.ended;
    expect(stdout).toContain(`Described ${photoCount} photos`);
    expect(status).toBe(0);
  });

  test('photos that the content filter blocks are listed with the reason and how to try again', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    emulator.faults.next('content-filtered-prompt');
    const { status, stdout, stderr } = await sandbox.run([...command, '--yes'], { env });
    expect(stdout).toContain('content filter blocked it');
    expect(stdout).toContain('1 failed');
    expect(stderr).toContain('queue retry');
    expect(status).toBe(1);
    expect((await sandbox.run(['queue'])).stdout).toMatch(
      /1 photo failed \(run 1\): [^]*content-filtered\]\n {2}\d\.jpg/,
    );
    await sandbox.run(['queue', 'retry']);
    expect((await sandbox.run([...command, '--yes'], { env })).status).toBe(0);
  });

  test('every command counts and names the same failed photos, and tries one of them again', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    await writeFile(join(sandbox.photos, 'empty.jpg'), '');
    emulator.faults.next('content-filtered-prompt');
    emulator.faults.next('refusal');
    const described = await sandbox.run([...command, '--yes', '--json', '--concurrency', '1'], { env });
    expect(readDescribed(jsonLines(described)).last).toMatchObject({ summary: { failed: 3 } });
    const found = searchDocument.parse(jsonLines(await sandbox.run(['search', 'is:failed', '--json']))[0]);
    const expected = ['content-filtered', 'file-empty', 'refused'];
    const codes = found.photos.map(({ error }) => error?.code ?? '');
    expect(codes).toHaveLength(expected.length);
    expect(new Set<string>(codes)).toEqual(new Set(expected));
    expect((await sandbox.run(['search', 'is:failed'])).stdout).toContain('content filter blocked it');
    expect((await sandbox.run(['status'])).stdout).toContain('3 failed');
    const queue = z
      .object({ failures: z.array(z.object({ photos: z.number(), error: z.object({ code: z.string() }) })) })
      .parse(jsonLines(await sandbox.run(['queue', '--json']))[0]);
    expect(new Map(queue.failures.map(({ photos, error }) => [error.code, photos]))).toEqual(
      new Map(expected.map((code) => [code, 1])),
    );
    const { path = '' } = found.photos.find(({ error }) => error?.code === 'refused') ?? {};
    expect((await sandbox.run(['show', path])).stdout).toContain('The model declined');
    expect((await sandbox.run(['export'])).stdout).toContain('The model declined');

    expect((await sandbox.run(['queue', 'retry', path])).stdout).toContain('1 photo will be tried again');
    const again = await sandbox.run([...command, '--yes', '--json'], { env });
    expect(readDescribed(jsonLines(again)).last).toMatchObject({ summary: { described: 1, failed: 2 } });
  });

  test('of a limit only what it asked for is left', async () => {
    const { sandbox, emulator, env, command } = await setUp();
    await emulator.goOffline();
    const { stdout, stderr } = await sandbox.run([...command, '--yes', '--limit', '2'], { env });
    expect(stdout).toContain('Described 0 of 2 photos · 2 left');
    expect(stderr).toContain('2 photos are left');
  });
});

describe('Ctrl-C', () => {
  test('finishes what is paid, keeps the rest, and the same command goes on', async () => {
    const { sandbox, emulator, env, command } = await setUp({ latencyMs: 150 });
    const running = sandbox.start([...command, '--yes', '--concurrency', '2', '--json'], { env });
    await emulator.waitForRequests(2);
    running.child.kill('SIGINT');
    const stopped = await running.ended;
    expect(stopped.status).toBe(130);
    expect(stopped.stderr).toMatch(/Finishing \d requests? that (is|are) already paid/);
    const before = readDescribed(jsonLines(stopped));
    expect(before.last.summary.described).toBe(emulator.totals().requests);
    const after = readDescribed(jsonLines(await sandbox.run([...command, '--yes', '--json'], { env })));
    expect(after.last.summary).toMatchObject({
      described: photoCount - before.last.summary.described,
      waiting: 0,
    });
    expect(emulator.totals().requests).toBe(photoCount);
  });

  test('a second one stops at once; what may have been charged is listed', async () => {
    const { sandbox, emulator, env, command } = await setUp({ latencyMs: 600_000 });
    const running = sandbox.start([...command, '--yes', '--concurrency', '1'], { env });
    await emulator.waitForRequests(1);
    running.child.kill('SIGINT');
    await running.until('Ctrl-C again');
    running.child.kill('SIGTERM');
    expect((await running.ended).status).toBe(130);
    const usage = jsonLines(await sandbox.run(['usage', '--json']))[0];
    expect(usage).toMatchObject({ unexplained: [{ booking: 'estimate' }] });
  });

  test('SIGTERM drains too, with the status that shells expect', async () => {
    const { sandbox, emulator, env, command } = await setUp({ latencyMs: 100 });
    const running = sandbox.start([...command, '--yes', '--concurrency', '1'], { env });
    await emulator.waitForRequests(1);
    running.child.kill('SIGTERM');
    expect((await running.ended).status).toBe(143);
  });
});

test('two commands on one library: the second says so, or waits with --wait', async () => {
  const { sandbox, emulator, env, command } = await setUp();
  // The first is at work until all that happens beside it has happened.
  const [arrived, released] = [Promise.withResolvers<void>(), Promise.withResolvers<'pass'>()];
  const gate = await useGate(emulator.endpoint, () => {
    arrived.resolve();
    return released.promise;
  });
  const first = sandbox.start([...command, '--yes', '--concurrency', '1'], {
    env: { ...env, AZURE_OPENAI_ENDPOINT: gate.through(emulator.endpoint) },
  });
  await arrived.promise;
  const [refused, ...pauses] = await Promise.all(
    [['scan'], ['queue', 'pause'], ['runs', 'pause', '1']].map((args) => sandbox.run(args)),
  );
  expect(refused?.stderr).toContain('Another Cutline is using this library');
  expect(refused?.status).toBe(3);
  for (const { stderr } of pauses) expect(stderr).toMatch(/Press\s+Ctrl-C there/);
  expect((await sandbox.run(['search'])).status).toBe(0);
  const waited = sandbox.start(['scan', '--wait']);
  await waited.until('Waiting');
  released.resolve('pass');
  expect((await first.ended).status).toBe(0);
  expect((await waited.ended).status).toBe(0);
});

test('a connection to a server of one’s own costs nothing and needs no consent', async () => {
  const { sandbox, emulator } = await setUp();
  const args = ['describe', sandbox.photos, '--connection', 'openai-compatible', '--model', 'gpt-41'];
  const { status, stdout } = await sandbox.run([...args, '--endpoint', emulator.compatibleBaseUrl, '--json']);
  expect(readDescribed(jsonLines({ stdout })).last.summary).toMatchObject({
    described: photoCount,
    costMicroUsd: 0,
  });
  expect(status).toBe(0);
});
