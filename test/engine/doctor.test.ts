import { chmod, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingCodes, findings, type Finding } from '../../app/contract/finding.ts';
import { findingMessage } from '../../app/contract/messages/findings.ts';
import { windowFindingMessage } from '../../app/contract/messages/window.ts';
import { openReader, type Reader } from '../../app/engine/reader.ts';
import { renditionPath } from '../../app/library/renditions.ts';
import type { AssetId } from '../../app/contract/ids.ts';
import { systemClock, type Clock } from '../../app/platform/clock.ts';
import {
  azureSettings,
  compatibleSettings,
  readLedger,
  useBench,
  credentialFor,
  writeOld,
} from '../helpers/engine.ts';
import { hasFfmpeg } from '../helpers/make-video.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

/** Nobody listens at a reserved port. */
const noServers = [1];

async function examine(
  engine: Pick<Reader, 'call'>,
  online = false,
  ports = noServers,
): Promise<readonly Finding[]> {
  return (await engine.call('library.doctor', { online, ports })).findings;
}

const of = (found: readonly Finding[], ...checks: Finding['check'][]) =>
  found.filter(({ check }) => checks.includes(check)).map(({ code, facts }) => ({ code, facts }));

describe('a check-up', () => {
  test('tells what reads metadata, and whose place data they are', async () => {
    const { engine } = await (await useBench()).open();
    const codes = (await examine(engine)).map(({ code }) => code);
    expect(codes).toEqual(
      expect.arrayContaining(['perl-runs', 'exiftool-runs', 'digest-there', 'places-known']),
    );
    expect(findingMessage(sample('places-known'))).toContain('GeoNames');
  });

  test.skipIf(!hasFfmpeg)('says which ffmpeg there is, and how many videos wait for one', async () => {
    const bench = await useBench();
    const { engine } = await bench.open();
    expect(of(await examine(engine), 'ffmpeg')).toMatchObject([{ code: 'ffmpeg-runs' }]);

    const none = join(useTemporaryFolder(), 'none');
    await engine.call('setting.set', { ffmpegPath: none });
    expect(of(await examine(engine), 'ffmpeg')).toMatchObject([{ code: 'ffmpeg-not-needed' }]);

    const old = join(useTemporaryFolder(), 'ffmpeg');
    await writeFile(old, '#!/bin/sh\necho "ffmpeg version 2.8.15 Copyright"\n');
    await chmod(old, 0o755);
    await engine.call('setting.set', { ffmpegPath: old });
    expect(of(await examine(engine), 'ffmpeg')).toMatchObject([{ code: 'ffmpeg-too-old' }]);
    expect(await engine.call('video.findDecoder', {})).toEqual({
      command: old,
      ffmpeg: { status: 'missing', reason: 'too-old' },
      hasOwnDecoder: false,
      waiting: 0,
    });
    // Another one is tried before it is set.
    expect(await engine.call('video.findDecoder', { ffmpegPath: null })).toMatchObject({
      command: 'ffmpeg',
      ffmpeg: { status: 'found' },
    });
  });

  test('says where a key is kept, or that one is missing, and never shows it', async () => {
    const bench = await useBench();
    const key = 'a-key-that-nobody-may-see-4711';
    const { engine, connection } = await bench.open(azureSettings(bench.emulator), {
      credentialOf: () => undefined,
    });
    const [before] = of(await examine(engine), 'key');
    expect(before?.code).toBe('key-missing');

    await engine.call('secret.set', { connectionId: connection.id, key });
    const found = await examine(engine, true);
    expect(of(found, 'key')).toMatchObject([{ code: 'key-there', facts: { place: 'memory' } }]);
    expect(JSON.stringify(found)).not.toContain(key);
    // The service was asked with it, and refused it.
    expect(found.find(({ code }) => code === 'connection-fails')?.error?.code).toBe('provider-unauthorized');
  });

  test('asks services only when it may, beside a running engine, and sends nothing that costs', async () => {
    const bench = await useBench();
    const bound = await bench.open();
    const asked = () => bench.emulator.requests.length;
    await examine(bound.engine);
    expect(asked()).toBe(0);

    const keys = { placeOf: () => 'environment' as const, credentialOf: credentialFor(bench.emulator) };
    const reader = openReader(bench.library, { keys });
    const found = await examine(reader ?? never(), true);
    expect(of(found, 'connection')).toContainEqual(expect.objectContaining({ code: 'connection-answers' }));
    expect(of(found, 'clock')).toContainEqual(expect.objectContaining({ code: 'clock-agrees' }));
    reader?.close();
    expect(asked()).toBeGreaterThan(0);
    expect(bench.emulator.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(readLedger(bench.library)).toEqual([]);
  });

  test('sees by the Date of a service that our clock is wrong, and by how much', async () => {
    const bench = await useBench();
    await bench.open();
    const keys = { placeOf: () => 'environment' as const, credentialOf: credentialFor(bench.emulator) };
    const clock: Clock = {
      now: () => Date.now() - 45 * 60_000,
      after: (delayMs, action) => systemClock.after(delayMs, action),
    };
    const reader = openReader(bench.library, { keys, clock });
    const found = await examine(reader ?? never(), true);
    reader?.close();
    expect(of(found, 'clock')).toContainEqual({
      code: 'clock-differs',
      facts: expect.objectContaining({ minutes: 45, direction: 'behind' }) as object,
    });
  });

  test('finds servers of models, and says whether they see', async () => {
    const seeing = await useBench({ server: 'ollama' });
    const { engine } = await seeing.open(compatibleSettings(seeing.emulator));
    const port = Number(new URL(seeing.emulator.compatibleBaseUrl).port);
    const [server] = of(await examine(engine, true, [port]), 'server');
    expect(server).toMatchObject({ code: 'server-found', facts: { server: 'Ollama' } });
    expect(String(server?.facts['seeing'])).toContain('llava');
    expect(of(await examine(engine, true), 'server')).toEqual([{ code: 'server-none', facts: {} }]);
  });

  test('does not say that a server’s models see nothing where it does not say what they see', async () => {
    const unsaid = await useBench({ server: 'vllm' });
    const { engine } = await unsaid.open(compatibleSettings(unsaid.emulator));
    const port = Number(new URL(unsaid.emulator.compatibleBaseUrl).port);
    const [server] = of(await examine(engine, true, [port]), 'server');
    expect(server).toMatchObject({ code: 'server-unsaid', facts: { server: 'vLLM' } });
  });

  test('counts renditions that belong to no photo, and tidying removes those and no other', async () => {
    const bench = await useBench();
    const { engine } = await bench.openWith(1);
    const mine = renditionPath(bench.library, 1 as AssetId, 'thumbnail'); // why: the first photo of a new library
    const others = [
      renditionPath(bench.library, 5_001 as AssetId, 'thumbnail'), // why: no such photo
      renditionPath(bench.library, 7 as AssetId, 'preview'), // why: no such photo
    ];
    for (const path of [mine, ...others]) {
      await mkdir(join(path, '..'), { recursive: true });
      await writeFile(path, 'x'.repeat(1_000));
    }
    expect(of(await examine(engine), 'renditions')).toEqual([
      { code: 'renditions-orphaned', facts: { files: 2, sizeBytes: 2_000 } },
    ]);
    expect(await engine.call('library.tidy', {})).toEqual({ files: 2, sizeBytes: 2_000 });
    expect(await readFile(mine, 'utf8')).toHaveLength(1_000);
    expect(of(await examine(engine), 'renditions')).toEqual([
      { code: 'renditions-fit', facts: { files: 1 } },
    ]);
  });

  test('names what failed by its reason, with how many photos that are', async () => {
    const bench = await useBench();
    const opened = await bench.openWith(1);
    expect(of(await examine(opened.engine), 'photos')).toEqual([{ code: 'photos-well', facts: {} }]);
    for (const name of ['a.jpg', 'b.jpg']) await writeOld(join(bench.photos, name), '');
    await writeOld(join(bench.photos, 'c.jpg'), 'a letter');
    await opened.scan();
    const found = (await examine(opened.engine)).filter(({ check }) => check === 'photos');
    expect(found.map(({ facts, error }) => [facts['photos'], error?.code])).toEqual([
      [2, 'file-empty'],
      [1, 'not-an-image'],
    ]);
    expect(found.map(findingMessage)[0]).toMatch(/^2 photos have failed: The file is empty .* is:failed$/);
  });

  test('a library that was put back from a backup shows no photo by the picture of another', async () => {
    const bench = await useBench();
    const first = await bench.openWith(1);
    await first.close();
    const stale = renditionPath(bench.library, 2 as AssetId, 'preview'); // why: the next photo's number
    await mkdir(join(stale, '..'), { recursive: true });
    await writeFile(stale, 'of a photo that this library never had');
    await bench.open();
    await expect(readFile(stale)).rejects.toThrow(/ENOENT/);
  });

  test('every finding has its sentences, in the terminal and in both languages of the window', () => {
    for (const code of findingCodes) {
      const english = windowFindingMessage(sample(code), 'en');
      const german = windowFindingMessage(sample(code), 'de');
      for (const sentence of [findingMessage(sample(code)), english, german]) {
        expect(sentence).not.toMatch(/undefined|NaN/);
        expect(sentence.length).toBeGreaterThan(10);
      }
      // Nobody types commands into a window.
      expect(english + german).not.toMatch(/cutline [a-z]|--/);
    }
    const same = findingCodes.filter(
      (code) => windowFindingMessage(sample(code), 'en') === windowFindingMessage(sample(code), 'de'),
    );
    expect(same).toEqual([]);
  });
});

describe('a backup from the window', () => {
  test('is saved under a name of its own, checked, and tells how far it is', async () => {
    const bench = await useBench();
    const { engine } = await bench.openWith(2);
    const folder = useTemporaryFolder();
    const parts: number[] = [];
    const { path, sizeBytes } = await engine.call(
      'library.backUp',
      { folder },
      { onPart: ({ done }) => parts.push(done) },
    );
    expect(sizeBytes).toBeGreaterThan(0);
    expect(parts.length).toBeGreaterThan(0);
    const again = join(useTemporaryFolder(), 'library');
    await mkdir(again);
    await writeFile(join(again, 'library.db'), await readFile(path));
    const reader = openReader(again);
    expect(await reader?.call('library.status', {})).toMatchObject({ photos: 2 });
    reader?.close();
  });

  test('that is canceled, or has nowhere to go, leaves nothing behind', async () => {
    const bench = await useBench();
    const { engine } = await bench.openWith(1);
    const folder = useTemporaryFolder();
    const stop = new AbortController();
    const stopped = engine.call('library.backUp', { folder }, { signal: stop.signal });
    stop.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'canceled' });
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
    await expect(engine.call('library.backUp', { folder })).rejects.toMatchObject({ code: 'not-found' });
  });
});

/** With all facts that any sentence uses. */
function sample(code: Finding['code']): Finding {
  const [check, level] = findings[code];
  const facts = {
    path: '/photos',
    reason: 'a reason',
    freeBytes: 3e9,
    photos: 7,
    files: 3,
    sizeBytes: 4e6,
    folders: 5,
    limit: 9,
    newest: '2027-01-01',
    now: '1999-01-01',
    host: 'example.com',
    minutes: 5,
    version: '1.2',
    name: 'mine',
    place: 'keyring',
    variable: 'A_KEY',
    model: 'm',
    server: 'Ollama',
    seeing: 'llava',
    endpoint: 'http://127.0.0.1:1/v1',
    direction: 'ahead',
    command: '/opt/ffmpeg',
    videos: 3,
  };
  return { code, check, level, facts, error: { code: 'provider-unauthorized', details: {} } };
}

function never(): never {
  throw new Error('the test needs it');
}
