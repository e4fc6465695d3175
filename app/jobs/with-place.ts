import { decodingOf, type FileFormat } from '../imaging/formats.ts';
import { findCandidate, type Candidate } from '../captioning/candidate-store.ts';
import { getAsset } from '../library/asset-store.ts';
import type { JobsContext } from './context.ts';
import { readThoroughly } from './thorough-facts.ts';

/**
 * A photo with a position is described with the name of its place, and one whose format the quick pass cannot read (CR3, RAF,
 * PSD: LIBRARIES §1) with its date and camera, also when ExifTool has not come to it yet. Without ExifTool it is described
 * without.
 */
export async function withPlace(
  context: JobsContext,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Candidate> {
  const { facts, video } = candidate.known;
  // Of a video nothing but its headers was read before: what else it knows, ExifTool says.
  const isAsked = facts.latitude !== undefined || video !== undefined || isUnread(context, candidate);
  if (candidate.isThorough || !isAsked) return candidate;
  const { commit } = await readThoroughly(context, candidate.assetId, signal);
  if (commit === undefined) return candidate;
  context.transact(commit);
  return findCandidate(context.read, candidate.assetId) ?? candidate;
}

/** What libvips decodes has its facts where the quick pass looks for them; of other formats it may have read nothing. */
function isUnread({ read }: JobsContext, { assetId, known: { facts } }: Candidate): boolean {
  if (facts.captureLocalMs !== undefined) return false;
  const { format } = getAsset(read, assetId);
  if (format === null) return false;
  const known = format as FileFormat; // why: ingestion stores the formats of its own table
  return decodingOf(known) !== 'native';
}
