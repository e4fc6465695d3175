import { existsSync, readFileSync, watch } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { renderIsolated } from '../../app/imaging/isolated-render.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { brokenFiles, encodePhoto, makePhoto } from '../helpers/photos.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cutline-isolated-'));
  path = join(folder, 'photo.jpg');
});

afterEach(() => rm(folder, { recursive: true }));

const wish = { model: { widthPx: 150, heightPx: 100 }, perceptualHash: true, colors: true } as const;
const program = (name: string) => new URL(`../fixtures/decoder/${name}.ts`, import.meta.url);

describe('renderPhoto, isolated', () => {
  test('gives the same as without, of a path and of bytes', async () => {
    const bytes = await makePhoto(path, { widthPx: 300, heightPx: 200 });
    const expected = await renderPhoto(path, wish);
    for (const input of [path, bytes]) {
      const { model, ...rest } = await renderPhoto(input, wish, { isolated: true });
      expect({ ...rest, model: { ...model, bytes: Buffer.from(model.bytes) } }).toEqual(expected);
    }
  });

  test('tells what is wrong with a file', async () => {
    const rendering = renderPhoto(await brokenFiles.truncated(), wish, { isolated: true });
    await expect(rendering).rejects.toMatchObject({ code: 'file-damaged' });
    const large = renderPhoto(await brokenFiles.pixelBomb(), wish, { isolated: true });
    await expect(large).rejects.toMatchObject({ code: 'image-too-large', details: { megapixels: 900 } });
  });
});

describe('renderIsolated', () => {
  test.each([
    ['crashes', 'SIGSEGV'],
    ['ends', 'exit 134'],
  ])('outlives a decoder that %s', async (name, end) => {
    const rendering = renderIsolated(await encodePhoto(), wish, { program: program(name) });
    await expect(rendering).rejects.toMatchObject({ code: 'decoder-crashed', details: { end } });
  });

  test('ends a decoder that takes too long', async () => {
    const rendering = renderIsolated(path, wish, { program: program('hangs'), timeoutMs: 50 });
    await expect(rendering).rejects.toMatchObject({ code: 'decoder-timeout', details: { limitMs: 50 } });
  });

  test('ends the decoder when canceled, and calls it neither a crash nor a timeout', async () => {
    const controller = new AbortController();
    const rendering = renderIsolated(path, wish, { program: program('hangs'), signal: controller.signal });
    const decoderId = await readWhenWritten(path);
    controller.abort();
    await expect(rendering).rejects.toMatchObject({ code: 'canceled' });
    await expectEnded(decoderId);
  });

  test('a decoder that was asked to stop did not crash', async () => {
    const rendering = renderIsolated(path, wish, { program: program('hangs') });
    // Awaited below; until then nobody must call it unhandled.
    rendering.catch(() => undefined);
    process.kill(await readWhenWritten(path), 'SIGTERM');
    await expect(rendering).rejects.toMatchObject({ code: 'canceled' });
  });
});

/** The number in a file that another process is about to write. */
async function readWhenWritten(file: string): Promise<number> {
  const read = () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
  const { promise, resolve } = Promise.withResolvers<number>();
  const watcher = watch(folder);
  try {
    const look = () => {
      const number = read();
      if (number > 0) resolve(number);
    };
    watcher.on('change', look);
    look();
    return await promise;
  } finally {
    watcher.close();
  }
}

/** Fails by the test's time limit when the process goes on. */
async function expectEnded(processId: number): Promise<void> {
  const isAlive = () => {
    try {
      return process.kill(processId, 0);
    } catch {
      // No such process: what we wait for.
      return false;
    }
  };
  await expect.poll(isAlive).toBe(false);
}
