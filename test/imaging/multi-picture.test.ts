import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withOrientation } from '../../app/imaging/raw-preview.ts';
import { renderPhoto } from '../../app/imaging/render.ts';
import { withLargeThumbnail, withoutBlocks } from '../helpers/camera-files.ts';
import { encodePhoto, meanDifference } from '../helpers/photos.ts';

/** What is behind the JPEG looks different here, so that it can be told which of the two was decoded. */

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cutline-multi-'));
});
afterAll(() => rm(folder, { recursive: true }));

const main = { widthPx: 1200, heightPx: 800, seed: 1 };
const behind = { widthPx: 600, heightPx: 400, seed: 2 };

async function decodedFrom(jpeg: Uint8Array, widthPx: number, heightPx: number): Promise<'main' | 'behind'> {
  const path = join(folder, 'photo.jpg');
  await writeFile(path, jpeg);
  const { model } = await renderPhoto(path, { model: { widthPx, heightPx } });
  expect(model).toMatchObject({ widthPx, heightPx });
  const shape = widthPx > heightPx ? {} : { widthPx: 800, heightPx: 1200 };
  const [one, other] = await Promise.all(
    [main, behind].map(async (photo) =>
      meanDifference(model.bytes, await encodePhoto({ ...photo, ...shape, format: 'png' })),
    ),
  );
  return (one ?? 0) < (other ?? 0) ? 'main' : 'behind';
}

describe('a JPEG with a large thumbnail behind it', () => {
  test('is shown by it where it is large enough, and never beyond', async () => {
    const jpeg = withLargeThumbnail(await encodePhoto(main), await encodePhoto(behind));
    expect(await decodedFrom(jpeg, 600, 400)).toBe('behind');
    expect(await decodedFrom(jpeg, 601, 401)).toBe('main');
  });

  test('lends it its orientation', async () => {
    const upright = { widthPx: 800, heightPx: 1200, orientation: 6, seed: 1 };
    const lying = await encodePhoto({ widthPx: 400, heightPx: 600, orientation: 6, seed: 2 });
    const turned = Buffer.from(withOrientation(withoutBlocks(await encodePhoto(upright)), 6));
    const jpeg = withLargeThumbnail(turned, lying);
    expect(await decodedFrom(jpeg, 200, 300)).toBe('behind');
  });

  test.each([
    ['of another shape', { thumbnail: { widthPx: 600, heightPx: 450, seed: 2 } }],
    ['of another kind: a gain map', { type: 0 }],
    ['beside a profile that it lacks', { main: { ...main, colors: 'p3' as const } }],
    ['that is not there any more', { isCut: true }],
  ])(
    '%s is left alone',
    async (_, odd: { thumbnail?: object; type?: number; main?: object; isCut?: boolean }) => {
      const photo = await encodePhoto({ ...main, ...odd.main });
      const whole = withLargeThumbnail(photo, await encodePhoto({ ...behind, ...odd.thumbnail }), odd.type);
      expect(await decodedFrom(odd.isCut === true ? whole.subarray(0, -100) : whole, 300, 200)).toBe('main');
    },
  );
});
