import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { Engine } from '../../app/engine.ts';
import { stopAzurite, useAzurite } from '../helpers/azurite.ts';
import { useEmulator } from '../helpers/engine.ts';
import { useGate } from '../helpers/gate.ts';
import { lengthenVideo } from '../helpers/lengthen-video.ts';
import { makeVideo, hasFfmpeg } from '../helpers/make-video.ts';
import { createSandbox, jsonLines } from './run-cli.ts';
import { errorDocument } from './shapes.ts';

afterAll(stopAzurite);

const added = z.array(z.looseObject({ path: z.string(), state: z.string(), documentId: z.string() }));

const wave = {
  kind: 'VideoFrame',
  start: '00:00:02',
  end: '00:00:04',
  best: '00:00:03',
  text: 'a wave breaks at the beach',
} as const;

async function setUp(isRetired = false) {
  const emulator = await useEmulator({
    retrieval: { isRetired, looksUntilOver: 1, segmentsOf: () => [wave] },
  });
  const sandbox = await createSandbox();
  const env = { VISION_ENDPOINT: emulator.endpoint, VISION_KEY: emulator.key };
  const run = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    sandbox.run(args, { env: { ...env, ...more } });
  return { sandbox, run, env };
}

test.skipIf(!hasFfmpeg)(
  'from an index to a place in a video, and out of it again',
  async () => {
    const { sandbox, run } = await setUp();
    const azurite = await useAzurite();
    const container = await azurite.makeContainer('cli');
    const VIDEO_CONTAINER_SAS_URL = azurite.sas(container);
    const path = join(sandbox.photos, 'beach.mp4');
    makeVideo(path);
    expect((await run(['scan', sandbox.photos])).status).toBe(0);
    expect((await run(['video-index', 'create', 'holidays'])).status).toBe(0);

    const unasked = await run(['video-index', 'add', 'holidays', '--json'], { VIDEO_CONTAINER_SAS_URL });
    expect(unasked.status).toBe(2);
    expect(errorDocument.parse(jsonLines(unasked).at(-1)).error.code).toBe('consent-needed');
    expect(await azurite.listBlobs(container)).toEqual(new Map());

    const ended = await run(['video-index', 'add', 'holidays', '--yes', '--json'], {
      VIDEO_CONTAINER_SAS_URL,
    });
    expect(added.parse(jsonLines(ended)[0])).toMatchObject([{ path, state: 'indexed' }]);
    expect(ended.status).toBe(0);
    const signature = new URL(VIDEO_CONTAINER_SAS_URL).searchParams.get('sig') ?? 'none';
    expect(ended.stdout + ended.stderr).not.toContain(signature);

    const found = await run(['video-index', 'search', 'holidays', 'a', 'wave']);
    expect(found.stdout).toContain('beach.mp4');
    expect(found.stdout).toContain('0:02–0:04 (0:03)');
    const updated = await run([
      'video-index',
      'update',
      'holidays',
      '--field',
      'event:string',
      '--set',
      'event=Surf',
    ]);
    expect(updated.stdout).toContain('captured, camera, event');
    expect(updated.stdout).toContain('1 video updated');
    const surf = await run(['video-index', 'search', 'holidays', 'wave', '--where', 'event=Surf']);
    expect(surf.stdout).toContain('beach.mp4');
    const removed = await run(['video-index', 'remove', 'holidays', path, '--json']);
    expect(jsonLines(removed)).toMatchObject([[{ error: null }]]);
    // Eight programs one after the other.
  },
  120_000,
);

test('an index is deleted only when a person says so', async () => {
  const { run } = await setUp();
  expect((await run(['video-index', 'create', 'holidays'])).status).toBe(0);
  expect((await run(['video-index', 'delete', 'holidays'])).status).toBe(2);
  expect((await run(['video-index', 'documents', 'holidays'])).status).toBe(0);
  expect((await run(['video-index', 'delete', 'holidays', '--yes'])).status).toBe(0);
  expect(jsonLines(await run(['video-index', 'list', '--json']))).toEqual([[]]);
});

test.skipIf(!hasFfmpeg)(
  'killed in the middle of an upload, the same command goes on behind the last block that arrived',
  async () => {
    const { sandbox, run, env } = await setUp();
    const azurite = await useAzurite();
    const container = await azurite.makeContainer('killed');
    const path = join(sandbox.photos, 'long.mp4');
    makeVideo(path);
    await lengthenVideo(path, 20 * 1024 * 1024);
    expect((await run(['scan', sandbox.photos])).status).toBe(0);
    expect((await run(['video-index', 'create', 'long'])).status).toBe(0);
    const third = Promise.withResolvers<void>();
    const stalled = await useGate(container, ({ method }, puts) => {
      if (method !== 'PUT' || puts < 3) return 'pass';
      third.resolve();
      return 'hold';
    });
    const args = ['video-index', 'add', 'long', '--yes', '--json'];
    const killed = sandbox.start(args, {
      env: { ...env, VIDEO_CONTAINER_SAS_URL: azurite.sas(stalled.through(container)) },
    });
    await third.promise;
    killed.child.kill('SIGKILL');
    await killed.ended;

    const gate = await useGate(container);
    const again = await run(args, { VIDEO_CONTAINER_SAS_URL: azurite.sas(gate.through(container)) });
    expect(added.parse(jsonLines(again)[0])).toMatchObject([{ path, state: 'indexed' }]);
    expect(gate.puts).toHaveLength(2);
    const [length] = (await azurite.listBlobs(container)).values();
    expect(length).toBe((await stat(path)).size);
  },
);

test('where the service is gone, that is the sentence, and the way that is left', async () => {
  const { run } = await setUp(true);
  const ended = await run(['video-index', 'list', '--json']);
  expect(ended.status).toBe(2);
  const { error } = errorDocument.parse(jsonLines(ended).at(-1));
  expect(error.code).toBe('retrieval-missing');
  expect(error.message).toContain('30 June 2025');
});

test('without a connection to Azure AI Vision it is said how to have one', async () => {
  const sandbox = await createSandbox();
  const ended = await sandbox.run(['video-index', 'list', '--json']);
  expect(errorDocument.parse(jsonLines(ended).at(-1)).error.message).toContain('VISION_ENDPOINT');
});

test.skipIf(!hasFfmpeg)(
  'beside the open app an index is made, filled, searched and deleted all the same',
  async () => {
    const { sandbox, run } = await setUp();
    const azurite = await useAzurite();
    const VIDEO_CONTAINER_SAS_URL = azurite.sas(await azurite.makeContainer('beside'));
    makeVideo(join(sandbox.photos, 'beach.mp4'));
    expect((await run(['scan', sandbox.photos])).status).toBe(0);
    expect((await run(['video-index', 'create', 'holidays'])).status).toBe(0);
    const engine = new Engine({ libraryFolder: sandbox.library });
    onTestFinished(() => engine.close());

    const filled = await run(['video-index', 'add', 'holidays', '--yes', '--json'], {
      VIDEO_CONTAINER_SAS_URL,
    });
    expect(added.parse(jsonLines(filled)[0])).toMatchObject([{ state: 'indexed' }]);
    expect((await run(['video-index', 'search', 'holidays', 'wave'])).stdout).toContain('beach.mp4');
    expect((await run(['video-index', 'delete', 'holidays', '--yes'])).status).toBe(0);
    expect(jsonLines(await run(['video-index', 'list', '--json']))).toEqual([[]]);

    // A connection more is a change of the library, which the app alone can make now.
    const other = await run(['video-index', 'list'], { VISION_ENDPOINT: 'https://other.example' });
    expect(other.status).toBe(3);
    expect(other.stderr).toMatch(/only\s+that\s+can\s+add\s+one/);
  },
  120_000,
);
