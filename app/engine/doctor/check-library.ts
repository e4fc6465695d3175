import type { Finding } from '../../contract/finding.ts';
import { countStale } from '../../library/health-store.ts';
import { findOrphanRenditions } from '../../library/orphan-renditions.ts';
import { listFailures } from '../../search/failure-store.ts';
import { toAppError } from '../../platform/errors.ts';
import type { ReadContext } from '../handlers/context.ts';
import { groupFailures } from '../failure-groups.ts';
import { runUpkeep } from '../run-upkeep.ts';
import { damagedDatabase } from './damaged-database.ts';
import type { Examination } from './examination.ts';
import { toFinding } from './to-finding.ts';

export function checkIndex({ read }: ReadContext): Finding[] {
  const photos = countStale(read);
  return [photos === 0 ? toFinding('index-complete') : toFinding('index-behind', { photos })];
}

/** Each reason once, with how many photos it is about. */
export function checkPhotos({ read }: ReadContext): Finding[] {
  const failures = listFailures(read);
  if (failures.length === 0) return [toFinding('photos-well')];
  return groupFailures(failures, { byRun: false }).map((group) =>
    toFinding('photos-failed', { photos: group.failures.length }, group.error),
  );
}

export async function checkRenditions(
  { libraryFolder, read }: ReadContext,
  { signal }: Examination,
): Promise<Finding[]> {
  let [files, orphans, sizeBytes] = [0, 0, 0];
  for await (const { names, orphaned } of findOrphanRenditions(libraryFolder, read)) {
    if (signal.aborted) return [];
    files += names;
    orphans += orphaned.length;
    sizeBytes += orphaned.reduce((sum, orphan) => sum + orphan.sizeBytes, 0);
  }
  return orphans === 0
    ? [toFinding('renditions-fit', { files })]
    : [toFinding('renditions-orphaned', { files: orphans, sizeBytes })];
}

/** Every page and the index of words: seconds for a large library, and so in a process of its own. */
export async function checkDatabase(
  { libraryFolder }: ReadContext,
  { signal }: Examination,
): Promise<Finding[]> {
  let reason: string | undefined;
  try {
    const { damage } = await runUpkeep({ kind: 'check', libraryFolder }, { signal });
    reason = damage;
  } catch (error) {
    const { code, details } = toAppError(error);
    if (code === 'canceled') return [];
    reason = String(details['reason'] ?? code);
  }
  return [reason === undefined ? toFinding('database-sound') : damagedDatabase(libraryFolder, reason)];
}
