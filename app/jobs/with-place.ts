import { findCandidate, type Candidate } from '../captioning/candidate-store.ts';
import type { JobsContext } from './context.ts';
import { readThoroughly } from './thorough-facts.ts';

/**
 * A photo with a position is described with the name of its place, also when ExifTool has not come to it yet. Without
 * ExifTool it is described without one.
 */
export async function withPlace(
  context: JobsContext,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Candidate> {
  // Of a video nothing but its headers was read before: what else it knows, ExifTool says.
  const { facts, video } = candidate.known;
  if (candidate.isThorough || (facts.latitude === undefined && video === undefined)) return candidate;
  const { commit } = await readThoroughly(context, candidate.assetId, signal);
  if (commit === undefined) return candidate;
  context.transact(commit);
  return findCandidate(context.read, candidate.assetId) ?? candidate;
}
