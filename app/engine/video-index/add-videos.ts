import type { Call, Input, Output } from '../../contract/procedures.ts';
import { getAsset } from '../../library/asset-store.ts';
import { hasLimit, monthLimit } from '../../jobs/budget-limits.ts';
import { AppError } from '../../platform/errors.ts';
import type { DocumentStatus, Ingestion } from '../../providers/retrieval/answers.ts';
import { parseContainerSas, type ContainerSas } from '../../providers/retrieval/container-sas.ts';
import { isOver, type NewVideo, type RetrievalClient } from '../../providers/retrieval/retrieval-client.ts';
import { getConnection } from '../../settings/connection-store.ts';
import type { VideoIndexParts } from './parts.ts';
import { chooseVideos, thoseThere } from './choose-videos.ts';
import { assertIndexName, clientOf } from './client-of.ts';
import { metadataOf } from './metadata-of.ts';
import { uploadVideos } from './upload-videos.ts';

type Adding = Pick<Call<'videoIndex.add'>, 'signal' | 'tell'>;

/**
 * [Note: The service knows]
 * Nothing about an index is kept here, so nothing here can be wrong about it. Whoever was stopped in the middle, by a crash, an
 * expired signature or a person, gives the same command again: what is being looked at is waited for, what is in the index
 * is left out, what lies in the container is not sent again.
 */
export async function addVideos(
  parts: VideoIndexParts,
  input: Input<'videoIndex.add'>,
  { signal, tell }: Adding,
): Promise<Output<'videoIndex.add'>> {
  const sas = checkedContainer(parts, input);
  const client = await clientOf(parts, input.connectionId);
  const connection = getConnection(parts.read, input.connectionId);
  const index = await client.getIndex(input.index, signal);
  await finishOthers(client, input.index, { signal, tell });
  const isThere = thoseThere(await client.listDocuments(input.index, signal));
  const chosen = await chooseVideos(parts, connection, input, isThere);
  const planned = chosen.filter(({ state }) => state === 'planned');
  const metadata = new Map(
    planned.map(({ assetId }) => [
      assetId,
      metadataOf(index.fields, getAsset(parts.read, assetId).facts, input.metadata),
    ]),
  );
  const { uploaded, ended } = await uploadVideos(parts, planned, { sas, connection, signal, tell });
  const hasSpeech = index.features.includes('speech');
  const name = `${ourName}${String(parts.clock.now())}`;
  for (let start = 0; start < uploaded.length; start += atOnce) {
    const batch = uploaded.slice(start, start + atOnce);
    const statuses = await ingest(client, input.index, {
      name: `${name}-${String(start / atOnce)}`,
      videos: batch.map(({ video, documentId, url }) => ({
        documentId,
        url,
        metadata: metadata.get(video.assetId) ?? {},
      })),
      hasSpeech,
      signal,
      onLook: (ingestion) => {
        const done = start + ingestion.documents.filter(({ succeeded }) => succeeded !== undefined).length;
        tell({ stage: 'looking', path: null, done, total: uploaded.length });
      },
    });
    for (const { video, documentId } of batch) {
      const status = statuses.get(documentId);
      const isIn = status?.succeeded === true;
      const error = isIn ? null : notIndexed(status?.reason).toInfo();
      ended.set(video, { ...video, state: isIn ? 'indexed' : 'failed', error });
    }
  }
  return chosen.map((video) => ended.get(video) ?? video);
}

/**
 * What can be wrong before the service is asked.
 *
 * @throws {AppError} `invalid-input`, `sas-expired`, `conflict`
 */
export function checkedContainer(
  parts: VideoIndexParts,
  { index, container }: Pick<Input<'videoIndex.add'>, 'index' | 'container'>,
): ContainerSas {
  assertIndexName(index);
  const sas = parseContainerSas(container, parts.clock.now());
  assertNoLimit(parts);
  return sas;
}

const ourName = 'cutline-';
/** Videos in one ingestion. */
const atOnce = 50;

/**
 * What the service takes for a video stands in no list of prices that we know, and nothing would keep it within a budget.
 *
 * @throws {AppError} `conflict`
 */
function assertNoLimit(parts: VideoIndexParts): void {
  if (!hasLimit([monthLimit(parts)])) return;
  throw new AppError('conflict', {
    reason:
      "A month's budget is set, and what an index of videos costs is not known, so the budget could not be kept. Take it away in the settings first.",
  });
}

/** What we began before is not paid for twice. */
async function finishOthers(client: RetrievalClient, index: string, { signal, tell }: Adding): Promise<void> {
  const all = await client.listIngestions(index, signal);
  const running = all.filter((ingestion) => ingestion.name.startsWith(ourName) && !isOver(ingestion));
  for (const [done, { name }] of running.entries()) {
    tell({ stage: 'waiting', path: null, done, total: running.length });
    await client.whenIngested(index, name, { signal });
  }
}

async function ingest(
  client: RetrievalClient,
  index: string,
  {
    name,
    videos,
    hasSpeech,
    signal,
    onLook,
  }: {
    readonly name: string;
    readonly videos: readonly NewVideo[];
    readonly hasSpeech: boolean;
    readonly signal: AbortSignal;
    readonly onLook: (ingestion: Ingestion) => void;
  },
): Promise<ReadonlyMap<string, DocumentStatus>> {
  try {
    await client.addVideos(index, { name, videos, hasSpeech }, signal);
  } catch (error) {
    // It was asked for, and the answer was lost on the way: there it is, or there it is not.
    if (!(error instanceof AppError) || !lostAnswers.has(error.code)) throw error;
    const begun = await client.listIngestions(index, signal);
    if (!begun.some((ingestion) => ingestion.name === name)) throw error;
  }
  const ended = await client.whenIngested(index, name, { signal, onLook });
  const told = new Map(ended.documents.map((status) => [status.documentId, status]));
  const statuses = videos.map(({ documentId }): DocumentStatus => {
    const status = told.get(documentId);
    if (status?.succeeded !== undefined) return status;
    // Of a server that tells no details.
    const reason = status?.reason ?? ended.reason;
    return {
      documentId,
      succeeded: ended.state === 'completed',
      ...(reason === undefined ? {} : { reason }),
    };
  });
  return new Map(statuses.map((status) => [status.documentId, status]));
}

const lostAnswers: ReadonlySet<string> = new Set(['provider-cut-off', 'provider-timeout']);

export function notIndexed(reason: string | undefined): AppError {
  return new AppError('video-not-indexed', reason === undefined ? {} : { reason: reason.slice(0, 300) });
}
