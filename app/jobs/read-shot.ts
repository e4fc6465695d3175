import type { AssetId, FileId } from '../contract/ids.ts';
import type { Original } from '../library/asset-store.ts';
import { listOtherFiles } from '../library/group-store.ts';
import { ingestFile, type IngestOptions, type IngestResult } from '../library/ingest.ts';
import type { JobsContext } from './context.ts';

/** Nothing larger is sent to any model, and no screen shows more at once. Long side, in pixels. */
const largeEnoughPx = 2048;

/**
 * Reads the file that is to stand for a shot: the camera's JPEG where there is one, since that is how the photographer saw
 * it; but the preview of the RAW beside it where the JPEG is small and the preview is larger, or the JPEG cannot be read.
 */
export async function readShot(
  context: Pick<JobsContext, 'read'>,
  assetId: AssetId,
  original: Original,
  options: IngestOptions,
): Promise<{ readonly fileId: FileId; readonly result: IngestResult }> {
  const sidecarPaths = listXmpSidecars(context, assetId);
  const read = (path: string) => ingestFile({ path, sidecarPaths }, options);
  let best = { fileId: original.fileId, result: await read(original.absolutePath) };
  if (best.result.status === 'deferred' || longSideOf(best.result) >= largeEnoughPx) return best;
  for (const { fileId, absolutePath } of listOtherFiles(context.read, assetId, 'alternate')) {
    const result = await read(absolutePath);
    if (longSideOf(result) > longSideOf(best.result)) best = { fileId, result };
  }
  return best;
}

/** The newest last. */
export function listXmpSidecars(context: Pick<JobsContext, 'read'>, assetId: AssetId): string[] {
  return listOtherFiles(context.read, assetId, 'sidecar')
    .map(({ absolutePath }) => absolutePath)
    .filter((path) => path.toLowerCase().endsWith('.xmp'));
}

function longSideOf(result: IngestResult): number {
  return result.status === 'ingested' ? Math.max(result.photo.widthPx, result.photo.heightPx) : 0;
}
