import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { messageFor } from '../../app/contract/messages/en.ts';
import { Database } from '../../app/db/connection.ts';
import { libraryFiles } from '../../app/db/open.ts';
import { openReader } from '../../app/engine/reader.ts';
import { AppError } from '../../app/platform/errors.ts';
import { startChild } from '../helpers/child.ts';
import { useTemporaryFolder } from '../helpers/database.ts';
import type { DescribingEngine } from '../helpers/describing-engine.ts';
import {
  azureSettings,
  credentialFor,
  makePhotos,
  TestEngine,
  useBench,
  type Bench,
} from '../helpers/engine.ts';

/** What a person is told when this library cannot be opened. */
function openingFailure(library: string): { code: string; message: string } {
  try {
    const engine = new TestEngine({ libraryFolder: library });
    onTestFinished(() => engine.close());
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: messageFor(error.toInfo()) };
  }
  throw new Error('it opened');
}

test('a library that another process has open is refused with what to do, and can still be searched', async () => {
  const bench = await useBench({ latencyMs: 1 });
  await makePhotos(bench.photos, 2);
  bench.emulator.faults.always({ name: 'slow', until: new Promise(() => undefined) });
  const { endpoint, key } = bench.emulator;
  const script: DescribingEngine = {
    library: bench.library,
    photos: bench.photos,
    emulator: { endpoint, key },
    concurrency: 1,
  };
  const child = startChild(join(import.meta.dirname, '../helpers/describing-engine.ts'), [
    JSON.stringify(script),
  ]);
  await bench.emulator.waitForRequests(1);

  const { code, message } = openingFailure(bench.library);

  expect(code).toBe('library-in-use');
  expect(message).toMatch(/Another Cutline is using this library .*Close it, or wait/);
  expect(message).toContain(bench.library);
  const reader = openReader(bench.library);
  expect((await reader?.call('search.query', { query: '' }))?.total).toBe(2);
  reader?.close();
  // It is free the moment the other one is gone, however it went.
  await child.kill();
  const engine = await bench.open();
  expect(await engine.usage()).toMatchObject({ unexplained: [{ state: 'unanswered' }] });
});

test('a library that is damaged is named, and left as it is', async () => {
  const bench = await useBench();
  const engine = await bench.openWith(3);
  await engine.close();
  const path = join(bench.library, libraryFiles.database);
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096, bytes.length - 4096);
  writeFileSync(path, bytes);
  expect(openingFailure(bench.library)).toMatchObject({
    code: 'library-damaged',
    message: expect.stringContaining('backup') as string,
  });
  expect(readFileSync(path).equals(bytes)).toBe(true);

  writeFileSync(
    path,
    'this is no database at all, but it is long enough to be taken for one by its name alone',
  );
  expect(openingFailure(bench.library).code).toBe('library-damaged');
});

test('a library of a newer Cutline is left as it is', async () => {
  const bench = await useBench();
  await (await bench.open()).close();
  const db = new Database(join(bench.library, libraryFiles.database));
  db.pragma('user_version = 99990');
  db.close();
  const { code, message } = openingFailure(bench.library);
  expect(code).toBe('schema-too-new');
  expect(message).toMatch(/newer Cutline \(schema 99990, this one knows \d+\)\. Update Cutline/);
});

test('a file where the library’s folder should be is said', () => {
  const folder = useTemporaryFolder();
  writeFileSync(join(folder, 'library'), '');
  expect(openingFailure(join(folder, 'library')).code).toBe('library-unavailable');
  expect(openingFailure(join(folder, 'library', 'inside')).code).toBe('library-unavailable');
});

const canMount =
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('mount', ['--version']).status === 0;
if (!canMount) console.warn('Only root on Linux can mount: tests of full and read-only disks are skipped.');

/** Mounts something on a new folder, until the test is over. */
function useMount(...mounts: readonly (readonly string[])[]): string {
  const path = join(useTemporaryFolder(), 'disk');
  mkdirSync(path);
  onTestFinished(() => {
    spawnSync('umount', ['-l', path]);
  });
  for (const options of mounts) {
    const { status, stderr } = spawnSync('mount', [...options, path], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`mount: ${stderr}`);
  }
  return path;
}

test.skipIf(!canMount)('a library in a read-only folder is refused with what to do', async () => {
  const bench = await useBench();
  await (await bench.openWith(1)).close();
  const path = useMount(['--bind', bench.library], ['-o', 'remount,bind,ro']);
  expect(openingFailure(path)).toMatchObject({
    code: 'read-only',
    message: expect.stringContaining('--library') as string,
  });
});

test.skipIf(!canMount)(
  'a full disk stops the engine with a sentence, loses nothing that was stored, and it goes on when there is space',
  async () => {
    const disk = useMount(['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs']);
    const bench = await useBench();
    await makePhotos(bench.photos, 30);
    const library = join(disk, 'library');
    const options = { libraryFolder: library, credentialOf: credentialFor(bench.emulator) };
    const engine = new TestEngine(options);
    onTestFinished(() => engine.close());
    await engine.connect(azureSettings(bench.emulator, { concurrency: 2 }));
    await engine.scan(bench.photos);
    const run = await engine.begin();
    await bench.emulator.waitForRequests(5);
    const filler = join(disk, 'holiday.mov');
    fill(filler);

    await expect(engine.settle(run.id)).rejects.toMatchObject({ code: 'disk-full' });
    expect(messageFor(engine.failure ?? { code: 'internal' })).toMatch(
      /disk is full.*Nothing is lost.*same command again/,
    );
    await engine.close();
    // Still full: it says so again.
    expect(openingFailure(library).code).toBe('disk-full');
    rmSync(filler);

    const again = new TestEngine(options);
    onTestFinished(() => again.close());
    await again.connect(azureSettings(bench.emulator));
    expect(await again.describeRest()).toMatchObject({
      id: run.id,
      state: 'finished',
      jobs: { finished: 30, failed: 0 },
    });
    expect(await again.report()).toEqual({});
    // Paid again: at most what was in flight.
    expect(bench.emulator.totals().requests).toBeLessThanOrEqual(30 + 2);
  },
);

/** Takes every byte that is left. */
function fill(path: string): void {
  for (let chunk = 1_000_000; chunk >= 1; chunk = Math.floor(chunk / 4)) {
    try {
      for (;;) writeFileSync(path, Buffer.alloc(chunk), { flag: 'a' });
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOSPC') throw error;
    }
  }
}

test('a folder that vanishes in the middle of a run is offline: nothing is lost, and it goes on when it is back', async () => {
  const bench = await useBench({ latencyMs: 2 });
  const engine = await bench.openWith(20, azureSettings(bench.emulator, { concurrency: 1 }));
  const run = await engine.begin();
  await bench.emulator.waitForRequests(3);
  const elsewhere = `${bench.photos}-unplugged`;
  await rename(bench.photos, elsewhere);
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));

  const over = await engine.settle(run.id);

  expect(over).toMatchObject({ state: 'finished', failures: [], jobs: { failed: 0 } });
  expect(over.jobs.skipped).toBeGreaterThan(0);
  const [root] = await engine.engine.call('root.list', {});
  expect(root).toMatchObject({ state: 'offline' });
  const status = await engine.engine.call('library.status', {});
  expect(status).toMatchObject({ photos: 20, missing: 0, problems: 0 });
  const [scanned] = await engine.scan();
  expect(messageFor(scanned?.error ?? { code: 'internal' })).toMatch(/cannot be reached.*Plug in its drive/);
  expect(await engine.engine.call('library.status', {})).toMatchObject({ photos: 20, missing: 0 });
  expect(new Set(Object.values(await engine.report()))).toEqual(new Set(['skipped root-offline']));

  await rename(elsewhere, bench.photos);
  await engine.scan();
  expect(await engine.settle(run.id)).toMatchObject({
    state: 'finished',
    jobs: { finished: 20, skipped: 0 },
  });
  expect(await engine.report()).toEqual({});
  expect(bench.emulator.totals().requests).toBe(20);
});

test('a run whose drive is back goes on in another engine too', async () => {
  const bench = await useBench({ latencyMs: 2 });
  const settings = azureSettings(bench.emulator, { concurrency: 1 });
  const engine = await bench.openWith(8, settings);
  const run = await engine.begin();
  await bench.emulator.waitForRequests(2);
  const elsewhere = `${bench.photos}-unplugged`;
  await rename(bench.photos, elsewhere);
  onTestFinished(() => rm(elsewhere, { recursive: true, force: true }));
  await engine.settle(run.id);
  await engine.close();

  const again = bench.reopen(engine.connection);
  await rename(elsewhere, bench.photos);
  await again.scan();
  expect(await again.settle(run.id)).toMatchObject({ state: 'finished', jobs: { finished: 8, skipped: 0 } });
  expect(bench.emulator.totals().requests).toBe(8);
});

test('originals that were deleted meanwhile are skipped, and what was said of others stays', async () => {
  const bench = await useBench({ latencyMs: 2 });
  const engine = await bench.openWith(8, azureSettings(bench.emulator, { concurrency: 1 }));
  const run = await engine.begin();
  await bench.emulator.waitForRequests(1);
  for (const number of [5, 6, 7, 8]) await rm(join(bench.photos, `photo-00${String(number)}.jpg`));
  const over = await engine.settle(run.id);
  expect(over).toMatchObject({ state: 'finished', failures: [], jobs: { failed: 0 } });
  await engine.scan();
  expect(await engine.isDone()).toBe(true);
  expect((await engine.engine.call('library.status', {})).missing).toBe(4);
});

async function describeAll(bench: Bench, count = 6): Promise<TestEngine> {
  const engine = await bench.openWith(count);
  await engine.describe();
  return engine;
}

async function captionsByPath(engine: TestEngine): Promise<Readonly<Record<string, string | null>>> {
  const { photos } = await engine.engine.call('search.query', { query: '', limit: 100 });
  return Object.fromEntries(photos.map(({ path, caption }) => [path, caption]));
}

test('renaming the folder while Cutline is closed loses nothing: relink it', async () => {
  const bench = await useBench();
  const engine = await describeAll(bench);
  const before = new Set(Object.values(await captionsByPath(engine)));
  await engine.close();
  const renamed = `${bench.photos}-renamed`;
  await rename(bench.photos, renamed);
  onTestFinished(() => rm(renamed, { recursive: true, force: true }));

  const again = await bench.open();
  await again.scan();
  const [root] = await again.engine.call('root.list', {});
  if (root === undefined) throw new Error('the folder was added');
  expect(root.state).toBe('offline');
  expect(await again.engine.call('root.relink', { rootId: root.id, path: renamed })).toMatchObject({
    path: renamed,
    state: 'online',
  });
  await again.scan();
  expect(await again.isDone()).toBe(true);
  const after = await captionsByPath(again);
  expect(new Set(Object.values(after))).toEqual(before);
  expect(Object.keys(after).every((path) => path.startsWith(renamed))).toBe(true);
  expect(bench.emulator.totals().requests).toBe(6);
});

test('adding the folder again under its new name loses nothing either', async () => {
  const bench = await useBench();
  const engine = await describeAll(bench);
  await engine.close();
  const renamed = `${bench.photos}-renamed`;
  await rename(bench.photos, renamed);
  onTestFinished(() => rm(renamed, { recursive: true, force: true }));
  const again = await bench.open();
  await again.scan(renamed);
  await again.describeRest();
  expect(bench.emulator.totals().requests).toBe(6);
  expect(await again.captionOf(join(renamed, 'photo-001.jpg'))).toMatch(/reads/);
});

test('renaming files and folders while Cutline is closed loses nothing', async () => {
  const bench = await useBench();
  const engine = await describeAll(bench);
  const captionOfFirst = await engine.captionOf(join(bench.photos, 'photo-001.jpg'));
  await engine.close();
  await mkdir(join(bench.photos, 'sorted/by year'), { recursive: true });
  for (const number of [1, 2, 3]) {
    await rename(
      join(bench.photos, `photo-00${String(number)}.jpg`),
      join(bench.photos, 'sorted/by year', `Urlaub ${String(number)}.jpg`),
    );
  }
  // Two that swap their names.
  const [fourth, fifth] = [4, 5].map((number) => join(bench.photos, `photo-00${String(number)}.jpg`));
  if (fourth === undefined || fifth === undefined) throw new Error('they were made');
  await rename(fourth, `${fourth}.tmp`);
  await rename(fifth, fourth);
  await rename(`${fourth}.tmp`, fifth);

  const again = await bench.open();
  await again.scan();
  expect(await again.isDone()).toBe(true);
  expect(await again.captionOf(join(bench.photos, 'sorted/by year', 'Urlaub 1.jpg'))).toBe(captionOfFirst);
  expect((await again.engine.call('library.status', {})).photos).toBe(6);
  expect(bench.emulator.totals().requests).toBe(6);
});

test('a photo that moves to another folder of the library keeps its description', async () => {
  const bench = await useBench();
  const other = useTemporaryFolder();
  const engine = await describeAll(bench, 3);
  await engine.scan(other);
  const from = join(bench.photos, 'photo-002.jpg');
  const caption = await engine.captionOf(from);
  const bytes = readFileSync(from);
  const { mtime } = statSync(from);
  await engine.close();
  // Copied and deleted, as between two drives.
  const to = join(other, 'moved.jpg');
  await writeFile(to, bytes);
  await utimes(to, mtime, mtime);
  await rm(from);

  const again = await bench.open();
  await again.scan();
  expect(await again.isDone()).toBe(true);
  expect(await again.captionOf(to)).toBe(caption);
  expect(await again.engine.call('library.status', {})).toMatchObject({ photos: 3, missing: 0 });
  expect(bench.emulator.totals().requests).toBe(3);
});
