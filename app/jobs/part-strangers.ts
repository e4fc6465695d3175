import type { AssetId } from '../contract/ids.ts';
import type { Facts } from '../contract/models/asset.ts';
import { findOriginal, type Original } from '../library/asset-store.ts';
import { listOtherFiles } from '../library/group-store.ts';
import type { Shot } from '../library/live-photos.ts';
import { readShotFacts } from '../library/read-shot-facts.ts';
import { isAnotherPicture } from '../library/same-shot.ts';
import { findReadFile, partFiles } from '../library/stranger-store.ts';
import type { JobsContext } from './context.ts';
import { takeUpAssets } from './take-up-assets.ts';

/**
 * A RAW and a JPEG were put together by their name: before they are read as one shot, those that say another camera or time
 * become photos of their own. Gives the file that stands for the asset.
 */
export async function partStrangers(
  context: JobsContext,
  assetId: AssetId,
  original: Original,
  signal: AbortSignal,
): Promise<Original> {
  const others = listOtherFiles(context.read, assetId, 'alternate');
  if (others.length === 0) return original;
  const files = await Promise.all(
    [original, ...others].map(async ({ fileId, absolutePath }) => ({
      fileId,
      shot: shotOf(await readFacts(context, absolutePath, signal)),
    })),
  );
  const readFile = findReadFile(context.read, assetId) ?? original.fileId;
  const kept = files.find(({ fileId }) => fileId === readFile) ?? files[0];
  if (kept === undefined) return original;
  const strangers = files.filter(({ shot }) => isAnotherPicture(kept.shot, shot));
  if (strangers.length === 0) return original;
  context.transact((db) => {
    const parted = partFiles(db, assetId, { kept, strangers }, context.clock.now());
    takeUpAssets(context, db, parted);
  });
  return findOriginal(context.read, assetId) ?? original;
}

/** ExifTool is asked only where the quick look leaves the question open. */
async function readFacts(context: JobsContext, path: string, signal: AbortSignal): Promise<Facts> {
  const facts = await readShotFacts(path);
  if (facts.captureLocalMs !== undefined && facts.cameraModel !== undefined) return facts;
  const thorough = await context.exifTool.read(path, signal);
  return thorough.status === 'read' ? thorough.facts : facts;
}

function shotOf({ captureLocalMs, captureOffsetMinutes, cameraModel }: Facts): Shot {
  return {
    localMs: captureLocalMs ?? null,
    offsetMinutes: captureOffsetMinutes ?? null,
    camera: cameraModel ?? null,
  };
}
