import { readFile, rm } from 'node:fs/promises';
import type { Candidate } from '../captioning/candidate-store.ts';
import type { AssetId } from '../contract/ids.ts';
import type { ErrorInfo } from '../contract/errors.ts';
import { readJpeg } from '../imaging/embedded-jpegs.ts';
import { identify } from '../imaging/header.ts';
import { fitInBox } from '../imaging/image-size.ts';
import { renderPhoto } from '../imaging/render.ts';
import type { EncodedPicture, PictureInput, RenderWish } from '../imaging/renditions.ts';
import { findOriginal, setAssetError, setAssetRendered } from '../library/asset-store.ts';
import { findDamage } from '../library/damage-store.ts';
import { findVideo } from '../library/video-store.ts';
import { renditionPath, writeRendition } from '../library/renditions.ts';
import { AppError, systemCode } from '../platform/errors.ts';
import type { Picture } from '../providers/provider.ts';
import type { Job } from '../queue/job.ts';
import type { JobResult } from '../queue/job-handler.ts';
import { groupLooks } from '../search/look-group-store.ts';
import { countLostRequests } from '../usage/request-store.ts';
import type { JobsContext } from './context.ts';
import { skippedAsMissing } from './obstacle.ts';
import { framesErrors, noteFrames, pictureOf } from './video-picture.ts';

/** Box of the thumbnails in the grid, in pixels. */
const thumbnailBoxPx = 512;

type Wished = { readonly widthPx: number; readonly heightPx: number; readonly detail: Picture['detail'] };

export type RenderResult<Value> =
  | { readonly status: 'rendered'; readonly value: Value }
  | { readonly status: 'not-rendered'; readonly result: JobResult };

/**
 * Renders a photo for a model and, out of the same decoding, whatever the grid and search still lack of it. A photo that
 * was being decoded when an engine died is decoded in a process of its own (DESIGN §2).
 */
export async function renderPicture(
  context: JobsContext,
  job: Job,
  candidate: Candidate,
  size: Wished,
  signal: AbortSignal,
): Promise<RenderResult<Picture>> {
  return guardFile(context, job, { assetId: candidate.assetId, signal }, async (path, part) => {
    const { widthPx, heightPx } = size;
    // An engine that died while the answer was on its way did not die of this picture.
    const isSuspect = job.engineDeaths > 0 && job.engineDeaths > countLostRequests(context.read, job.id);
    const options = { signal, isolated: isSuspect };
    if (candidate.hasThumbnail && candidate.text !== null) {
      // Opened all the same: a drive that was unplugged is noticed here.
      await identify(path);
      const made = await findMade(context, candidate, size);
      if (made !== undefined) return { ...made, detail: size.detail };
      const { model } = await renderPhoto(path, { model: { widthPx, heightPx }, ...part }, options);
      return { ...model, detail: size.detail };
    }
    const wish = { model: { widthPx, heightPx }, ...gridWish, ...part };
    const rendered = await renderPhoto(path, wish, options);
    await storeForGrid(context, candidate.assetId, rendered);
    return { ...rendered.model, detail: size.detail };
  });
}

/**
 * The thumbnail where a model is to see just as much, which is so for `low` and for small photos: it was made in the same way
 * of the same picture, and reading it takes a hundredth of the time. `undefined` when it is another size, or not whole.
 */
async function findMade(
  context: JobsContext,
  { assetId, known }: Candidate,
  { widthPx, heightPx }: Wished,
): Promise<EncodedPicture | undefined> {
  const size = fitInBox(known, thumbnailBoxPx);
  if (size.widthPx !== widthPx || size.heightPx !== heightPx) return undefined;
  try {
    const bytes = await readFile(renditionPath(context.libraryFolder, assetId, 'thumbnail'));
    const made = readJpeg(bytes, 0);
    const isWhole = made?.end === bytes.length && made.widthPx === widthPx && made.heightPx === heightPx;
    return isWhole ? { bytes, widthPx, heightPx, mediaType: 'image/jpeg' } : undefined;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

const gridWish = {
  thumbnail: { boxPx: thumbnailBoxPx },
  perceptualHash: true,
  colors: true,
  text: true,
} as const;

/** Thumbnail, colours and perceptual hash of a photo that nothing has decoded yet. */
export async function renderForGrid(
  context: JobsContext,
  job: Job,
  assetId: AssetId,
  signal: AbortSignal,
): Promise<RenderResult<undefined>> {
  return guardFile(context, job, { assetId, signal }, async (path, part) => {
    const options = { signal, isolated: job.engineDeaths > 0 };
    const rendered = await renderPhoto(path, { ...gridWish, ...part }, options);
    await storeForGrid(context, assetId, rendered);
    return undefined;
  });
}

type ForGrid = Awaited<ReturnType<typeof renderPhoto<typeof gridWish>>>;

async function storeForGrid(
  context: JobsContext,
  assetId: AssetId,
  { thumbnail, perceptualHash, colors, text }: ForGrid,
): Promise<void> {
  await writeRendition(renditionPath(context.libraryFolder, assetId, 'thumbnail'), thumbnail.bytes);
  await rm(renditionPath(context.libraryFolder, assetId, 'exif-thumbnail'), { force: true });
  context.transact((db) => {
    setAssetRendered(db, assetId, { perceptualHash, colors, text });
  }, 'unsynced');
  // Its own transaction: looks are remembered. What is left after a crash, the next start does.
  context.transact((db) => groupLooks(db, groupedAtOnce), 'unsynced');
}

/** Photos that others left behind come along. */
const groupedAtOnce = 20;

/** Errors of the picture itself; all others are somebody else's. */
const fileErrors = new Set<string>([
  'file-empty',
  'file-damaged',
  'file-unreadable',
  'not-an-image',
  'sidecar',
  'unsupported-format',
  'no-preview',
  'image-too-large',
  'decoder-crashed',
  'decoder-timeout',
]);

/** Of a photo that a person wants described though it is damaged, what can be read of it is enough. */
export function partOf({ read }: Pick<JobsContext, 'read'>, assetId: AssetId): Pick<RenderWish, 'isPartial'> {
  return findDamage(read, assetId) === 'accepted' ? { isPartial: true } : {};
}

/** A damaged photo is not sent, but what can be read of it is shown. Where that is nothing, nothing is. */
async function showWhatIsLeft(context: JobsContext, assetId: AssetId, path: string): Promise<void> {
  try {
    await storeForGrid(context, assetId, await renderPhoto(path, { ...gridWish, isPartial: true }));
  } catch (error) {
    if (!(error instanceof AppError) || !fileErrors.has(error.code)) throw error;
  }
}

/** Finds the file, and turns what is wrong with it into the photo's state and the job's end. One bad file stops nothing. */
async function guardFile<Value>(
  context: JobsContext,
  job: Job,
  { assetId, signal }: { readonly assetId: AssetId; readonly signal: AbortSignal },
  render: (picture: PictureInput, part: Pick<RenderWish, 'isPartial'>) => Promise<Value>,
): Promise<RenderResult<Value>> {
  const original = findOriginal(context.read, assetId);
  if (original === undefined || !original.isPresent) return ended({ status: 'skipped', reason: 'gone' });
  try {
    const picture = await pictureOf(context, assetId, original, { signal });
    const value = await render(picture, partOf(context, assetId));
    noteFrames(context, assetId, undefined);
    return { status: 'rendered', value };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'file-missing') return ended(skippedAsMissing(context, original.rootId));
    const isVideo = findVideo(context.read, assetId) !== undefined;
    if (isVideo && framesErrors.has(error.code)) {
      noteFrames(context, assetId, error);
      return ended({ status: 'failed', error: error.toInfo() });
    }
    if (!fileErrors.has(error.code)) throw error;
    const info: ErrorInfo = error.toInfo();
    if (error.code === 'file-damaged') await showWhatIsLeft(context, assetId, original.absolutePath);
    context.log.warn('a photo could not be decoded', { asset: assetId, job: job.id, code: error.code });
    return ended({
      status: 'failed',
      error: info,
      commit: (db) => {
        setAssetError(db, assetId, info);
        context.indexAsset(db, assetId);
      },
    });
  }
}

function ended(result: JobResult): { readonly status: 'not-rendered'; readonly result: JobResult } {
  return { status: 'not-rendered', result };
}
