import { createHash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openForReading } from '../../app/db/open.ts';
import { renditionPath } from '../../app/library/renditions.ts';
import {
  azureSettings,
  credentialFor,
  EveryLaneEngine,
  makePhotos,
  photoOf,
  useBench,
} from '../helpers/engine.ts';

/** A photo of 320 × 240 that has its thumbnail; `spoil` is done to that before the photo is described. */
async function describeAfter(
  spoil: (thumbnail: string, photo: string) => Promise<void>,
): Promise<{ readonly sent: string | null; readonly thumbnail: Buffer; readonly skipped: number }> {
  const { emulator, photos, library } = await useBench();
  const [photo = ''] = await makePhotos(photos, 1);
  const test = new EveryLaneEngine({ libraryFolder: library, credentialOf: credentialFor(emulator) });
  try {
    await test.connect(azureSettings(emulator));
    await test.scan(photos);
    await test.whenAllIdle();
    const path = renditionPath(library, (await test.show(photo)).id, 'thumbnail');
    const thumbnail = await readFile(path);
    await spoil(path, photo);
    const run = await test.describe();
    return { sent: hashSent(library), thumbnail, skipped: run.jobs.skipped };
  } finally {
    await test.close({ abort: true });
  }
}

/** SHA-256 of the one picture that was sent. */
function hashSent(library: string): string | null {
  const opened = openForReading(library);
  const rows = opened?.db.pluck<string>('SELECT sent_sha256 FROM request_asset') ?? [];
  opened?.close();
  expect(rows.length).toBeLessThanOrEqual(1);
  return rows[0] ?? null;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a photo of which a model is to see no more than the grid', () => {
  it('is not decoded again', async () => {
    const other = await photoOf(7);
    const { sent } = await describeAfter((thumbnail) => writeFile(thumbnail, other));
    // Nobody swaps thumbnails; it shows where the picture came from.
    expect(sent).toBe(sha256(other));
  });

  it.each<[string, (thumbnail: string) => Promise<void>]>([
    ['is cut off', async (path) => writeFile(path, (await readFile(path)).subarray(0, 900))],
    ['is of another size', async (path) => writeFile(path, await photoOf(7, 300, 240))],
    ['is gone', (path) => rename(path, `${path}.away`)],
    ['is no picture', (path) => writeFile(path, 'nothing')],
  ])('is decoded when its thumbnail %s, and looks the same', async (_, spoil) => {
    const { sent, thumbnail } = await describeAfter(spoil);
    expect(sent).toBe(sha256(thumbnail));
  });

  it('is not described once its file is gone', async () => {
    const { sent, skipped } = await describeAfter((_, photo) => rename(photo, join(photo, '..', 'away')));
    expect({ sent, skipped }).toEqual({ sent: null, skipped: 1 });
  });
});
