import { z } from 'zod';
import { replaceFileStatement } from '../captioning/description-store.ts';
import { assetId, type AssetId } from '../contract/ids.ts';
import type { DescriptionFields } from '../contract/models/description.ts';
import type { Facts } from '../contract/models/asset.ts';
import { findOriginal, getAsset, setAssetFacts } from '../library/asset-store.ts';
import { listOtherFiles } from '../library/group-store.ts';
import { fillFacts, mergeFacts, withSidecars } from '../metadata/facts.ts';
import type { JobHandler, JobResult } from '../queue/job-handler.ts';
import type { JobsContext } from './context.ts';
import { skippedAsAway, skippedAsMissing } from './obstacle.ts';
import { offlineReason } from './offline-store.ts';
import { listXmpSidecars } from './read-shot.ts';

const payload = z.object({ assetId });

/** ExifTool behind the fast first pass: it knows every format, and its facts win field by field. */
export function thoroughFacts(context: JobsContext): JobHandler {
  return {
    maxAttempts: 2,
    isRepeatable: 'always',
    handle: (job, { signal }) => readThoroughly(context, payload.parse(job.payload).assetId, signal),
  };
}

/** Reads a photo's files by ExifTool, its sidecars too; what it says is stored by the result's `commit`. */
export async function readThoroughly(
  context: JobsContext,
  id: AssetId,
  signal: AbortSignal,
): Promise<JobResult> {
  const original = findOriginal(context.read, id);
  if (original === undefined || !original.isPresent || original.rootState === 'offline') {
    return skippedAsAway(context, id);
  }
  const thorough = await context.exifTool.read(original.absolutePath, signal);
  if (thorough.status !== 'read') {
    context.log.info('ExifTool did not read a file', {
      asset: id,
      status: thorough.status,
      reason: thorough.reason,
    });
    // Its drive was unplugged: ExifTool takes that for any other file that it cannot read.
    const missing = thorough.status === 'failed' ? skippedAsMissing(context, original.rootId) : undefined;
    return missing?.reason === offlineReason ? missing : { status: 'skipped', reason: thorough.reason };
  }
  const readAll = async (paths: readonly string[]) => {
    const found = await Promise.all(paths.map((path) => context.exifTool.read(path, signal)));
    return found.flatMap((other) => (other.status === 'read' ? other.facts : []));
  };
  const alternates = listOtherFiles(context.read, id, 'alternate').map(({ absolutePath }) => absolutePath);
  const others = await readAll(alternates);
  const sidecars = await readAll(listXmpSidecars(context, id));
  return {
    status: 'finished',
    commit: (db) => {
      const merged = mergeFacts(getAsset(db, id).facts, thorough.facts);
      const facts = withSidecars(others.reduce(fillFacts, merged), sidecars);
      setAssetFacts(db, id, facts, 'exiftool');
      replaceFileStatement(db, id, statementOf(facts), context.clock.now());
      context.indexAsset(db, id);
    },
  };
}

/** What another program wrote into the file, as a statement that the file owns. */
export function statementOf({ title, caption, altText, keywords }: Facts): DescriptionFields {
  return {
    ...(title === undefined ? {} : { title }),
    ...(caption === undefined ? {} : { caption }),
    ...(altText === undefined ? {} : { altText }),
    ...(keywords === undefined || keywords.length === 0 ? {} : { keywords }),
  };
}
