import { allowedPrivacies, findCandidate } from '../../captioning/candidate-store.ts';
import type { AssetId } from '../../contract/ids.ts';
import type { Connection } from '../../contract/models/connection.ts';
import type { Input, Output } from '../../contract/procedures.ts';
import type { Selection } from '../../contract/procedures/shared.ts';
import { findOriginal, getAsset } from '../../library/asset-store.ts';
import { toDocumentId } from '../../library/document-id-store.ts';
import { findVideo } from '../../library/video-store.ts';
import { staysLocal } from '../../providers/endpoint.ts';
import type { IndexDocument } from '../../providers/retrieval/answers.ts';
import type { VideoIndexParts } from './parts.ts';
import { selectedAssets } from '../selection.ts';

/** Documents that are in the index, and not only their error. */
export function thoseThere(documents: readonly IndexDocument[]): (documentId: string) => boolean {
  const good = documents.filter(({ reason }) => reason === undefined);
  const known = new Set(good.map(({ documentId }) => documentId));
  return (documentId) => known.has(documentId);
}

export type ChosenVideo = Output<'videoIndex.plan'>[number];

type Wanted = Pick<Input<'videoIndex.plan'>, 'query' | 'assetIds' | 'except' | 'limit'>;

/** Photos among them are left out later: they have no video. */
function toSelection({ query, assetIds, except }: Wanted): Selection {
  if (assetIds !== undefined) return { assetIds };
  return { query: `is:video ${query}`, ...(except === undefined ? {} : { except }) };
}

/**
 * The videos that a query finds, and what becomes of each: what may not be sent is kept back, and what is in the index
 * already is not sent. Of the rest, in the order of their ids, at most `limit`.
 */
export async function chooseVideos(
  parts: VideoIndexParts,
  connection: Connection,
  wanted: Wanted,
  isThere: (documentId: string) => boolean,
): Promise<readonly ChosenVideo[]> {
  const { read, desk, clock } = parts;
  const ids = await selectedAssets(
    { read, roster: () => desk.roster(), nowMs: clock.now() },
    toSelection(wanted),
  );
  const chosen: ChosenVideo[] = [];
  const planned = new Set<string>();
  for (const assetId of ids) {
    if (planned.size === (wanted.limit ?? Number.POSITIVE_INFINITY)) break;
    const video = chooseVideo(parts, connection, assetId, isThere);
    // A copy of one that is planned would be the same document.
    if (video === undefined || (video.state === 'planned' && planned.has(video.documentId ?? ''))) continue;
    if (video.state === 'planned' && video.documentId !== null) planned.add(video.documentId);
    chosen.push(video);
  }
  return chosen;
}

/** As it is now; `undefined`: it is none. */
export function chooseVideo(
  { read }: Pick<VideoIndexParts, 'read'>,
  connection: Connection,
  assetId: AssetId,
  isThere: (documentId: string) => boolean = () => false,
): ChosenVideo | undefined {
  const video = findVideo(read, assetId);
  const original = findOriginal(read, assetId);
  if (video === undefined || original === undefined) return undefined;
  const { imageDataHash } = getAsset(read, assetId);
  const documentId = imageDataHash === null ? null : toDocumentId(imageDataHash);
  const facts = {
    assetId,
    path: original.absolutePath,
    documentId,
    sizeBytes: original.sizeBytes,
    durationMs: video.durationMs,
  };
  if (documentId !== null && isThere(documentId)) return { ...facts, state: 'there', error: null };
  const candidate = findCandidate(read, assetId);
  if (candidate === undefined || documentId === null) {
    const code = original.rootState === 'offline' ? 'root-offline' : 'file-missing';
    return { ...facts, state: 'failed', error: { code, details: {} } };
  }
  const allowed = allowedPrivacies({ kind: connection.kind, isLocal: staysLocal(connection) });
  if (!allowed.includes(candidate.privacy)) {
    const error = { code: 'privacy', details: { privacy: candidate.privacy } } as const;
    return { ...facts, state: 'kept-back', error };
  }
  if (candidate.isExcluded) {
    return { ...facts, state: 'kept-back', error: { code: 'excluded', details: {} } };
  }
  return { ...facts, state: 'planned', error: null };
}
