import type { Handlers, Output } from '../../contract/procedures.ts';
import { findOriginal } from '../../library/asset-store.ts';
import { findByDocumentIds } from '../../library/document-id-store.ts';
import type { VideoIndex } from '../../providers/retrieval/answers.ts';
import { getConnection } from '../../settings/connection-store.ts';
import { addVideos, notIndexed } from './add-videos.ts';
import { chooseVideos, thoseThere } from './choose-videos.ts';
import { assertIndexName, clientOf } from './client-of.ts';
import type { VideoIndexParts } from './parts.ts';
import { updateVideos } from './update-videos.ts';

export type ServiceProcedureName = `videoIndex.${
  | 'list'
  | 'create'
  | 'addFields'
  | 'delete'
  | 'documents'
  | 'plan'
  | 'add'
  | 'update'
  | 'remove'
  | 'search'}`;

/** What is asked of the service alone: of the library nothing but reading is needed. [Note: The service knows] */
export function videoIndexService(parts: VideoIndexParts): Handlers<ServiceProcedureName> {
  return {
    'videoIndex.list': async ({ connectionId }, { signal }) =>
      (await (await clientOf(parts, connectionId)).listIndexes(signal)).map(toView),
    'videoIndex.create': async ({ connectionId, index, features, fields }, { signal }) => {
      assertIndexName(index);
      const client = await clientOf(parts, connectionId);
      return toView(await client.createIndex(index, { features, fields }, signal));
    },
    'videoIndex.addFields': async ({ connectionId, index, fields }, { signal }) => {
      const client = await clientOf(parts, connectionId);
      const known = await client.getIndex(index, signal);
      const added = fields.filter(({ name }) => !known.fields.some((one) => one.name === name.toLowerCase()));
      if (added.length === 0) return toView(known);
      return toView(await client.updateIndex(index, [...known.fields, ...added], signal));
    },
    'videoIndex.delete': async ({ connectionId, index }, { signal }) => {
      await (await clientOf(parts, connectionId)).deleteIndex(index, signal);
      return {};
    },
    'videoIndex.documents': async ({ connectionId, index }, { signal }) => {
      const documents = await (await clientOf(parts, connectionId)).listDocuments(index, signal);
      const find = finderOf(parts, documents);
      return documents.map(({ documentId, reason }) => ({
        documentId,
        ...find(documentId),
        error: reason === undefined ? null : notIndexed(reason).toInfo(),
      }));
    },
    'videoIndex.plan': async (input, { signal }) => {
      const client = await clientOf(parts, input.connectionId);
      const isThere = thoseThere(await client.listDocuments(input.index, signal));
      const connection = getConnection(parts.read, input.connectionId);
      return [...(await chooseVideos(parts, connection, input, isThere))];
    },
    'videoIndex.add': (input, call) => addVideos(parts, input, call),
    'videoIndex.update': (input, { signal }) => updateVideos(parts, input, signal),
    'videoIndex.remove': async ({ connectionId, index, documentIds }, { signal }) => {
      const client = await clientOf(parts, connectionId);
      const name = `cutline-remove-${String(parts.clock.now())}`;
      await client.removeVideos(index, { name, documentIds }, signal);
      const { documents, state } = await client.whenIngested(index, name, { signal });
      const told = new Map(documents.map((status) => [status.documentId, status]));
      return documentIds.map((documentId) => {
        const status = told.get(documentId);
        const isGone = status?.succeeded ?? state === 'completed';
        return { documentId, error: isGone ? null : notIndexed(status?.reason).toInfo() };
      });
    },
    'videoIndex.search': async ({ connectionId, index, limit, ...question }, { signal }) => {
      const client = await clientOf(parts, connectionId);
      const times = question.times?.map(({ field, start, end }) => ({
        field,
        ...(start === undefined ? {} : { start }),
        ...(end === undefined ? {} : { end }),
      }));
      const hits = await client.query(index, { ...question, times, top: limit }, signal);
      const find = finderOf(parts, hits);
      return hits.map((hit) => ({ ...hit, ...find(hit.documentId) }));
    },
  };
}

function toView({ name, features, fields, createdAt }: VideoIndex): Output<'videoIndex.create'> {
  return { name, features: [...features], fields: [...fields], createdAt: createdAt ?? null };
}

type Place = Pick<Output<'videoIndex.documents'>[number], 'assetId' | 'path'>;

/** Which video of the library a document is, and where that lies. */
function finderOf(
  { read }: Pick<VideoIndexParts, 'read'>,
  documents: readonly { readonly documentId: string }[],
): (documentId: string) => Place {
  const assets = findByDocumentIds(
    read,
    documents.map(({ documentId }) => documentId),
  );
  return (documentId) => {
    const assetId = assets.get(documentId);
    if (assetId === undefined) return { assetId: null, path: null };
    return { assetId, path: findOriginal(read, assetId)?.absolutePath ?? null };
  };
}
