import type { Input, Output } from '../../contract/procedures.ts';
import { getAsset } from '../../library/asset-store.ts';
import { AppError } from '../../platform/errors.ts';
import { getConnection } from '../../settings/connection-store.ts';
import type { VideoIndexParts } from './parts.ts';
import { notIndexed } from './add-videos.ts';
import { chooseVideos, thoseThere } from './choose-videos.ts';
import { clientOf } from './client-of.ts';
import { metadataOf } from './metadata-of.ts';

/** Videos in one ingestion. */
const atOnce = 50;

/** Those that are in the index are told of anew; others are none of its business. */
export async function updateVideos(
  parts: VideoIndexParts,
  input: Input<'videoIndex.update'>,
  signal: AbortSignal,
): Promise<Output<'videoIndex.update'>> {
  if (Object.keys(input.metadata).length === 0) {
    throw new AppError('invalid-input', { reason: 'Say what is to be said of them: a field and its value.' });
  }
  const client = await clientOf(parts, input.connectionId);
  const { fields } = await client.getIndex(input.index, signal);
  const isThere = thoseThere(await client.listDocuments(input.index, signal));
  const connection = getConnection(parts.read, input.connectionId);
  const chosen = await chooseVideos(parts, connection, input, isThere);
  const there = chosen.flatMap(({ assetId, documentId, path, state }) =>
    state === 'there' && documentId !== null ? [{ assetId, documentId, path }] : [],
  );
  const updated: Output<'videoIndex.update'> = [];
  const name = `cutline-update-${String(parts.clock.now())}`;
  for (let start = 0; start < there.length; start += atOnce) {
    const some = there.slice(start, start + atOnce);
    const ingestion = `${name}-${String(start / atOnce)}`;
    const videos = some.map(({ assetId, documentId }) => ({
      documentId,
      metadata: metadataOf(fields, getAsset(parts.read, assetId).facts, input.metadata),
    }));
    await client.updateVideos(input.index, { name: ingestion, videos }, signal);
    const { documents, state } = await client.whenIngested(input.index, ingestion, { signal });
    const told = new Map(documents.map((status) => [status.documentId, status]));
    for (const { documentId, path } of some) {
      const status = told.get(documentId);
      const isDone = status?.succeeded ?? state === 'completed';
      updated.push({ documentId, path, error: isDone ? null : notIndexed(status?.reason).toInfo() });
    }
  }
  return updated;
}
