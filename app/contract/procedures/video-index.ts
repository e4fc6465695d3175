import { z } from 'zod';
import { assetId, connectionId } from '../ids.ts';
import { errorInfo } from '../models/error-info.ts';
import { count, someAssets } from './shared.ts';

/** Of a connection to Azure AI Vision, by its name as the service has it. */
const whichIndex = { connectionId, index: z.string().min(1).max(36) };

const feature = z.enum(['vision', 'speech']);

export const indexField = z.object({
  name: z.string().regex(/^[a-z][a-z\d_-]{0,63}$/i),
  type: z.enum(['string', 'datetime']),
  /** Its words count in a query. */
  searchable: z.boolean().default(false),
  /** A query can be narrowed to some of its values. */
  filterable: z.boolean().default(true),
});

const videoIndex = z.object({
  name: z.string(),
  features: z.array(z.string()),
  fields: z.array(z.object({ ...indexField.shape, name: z.string() })),
  createdAt: z.string().nullable(),
});

/** A document of an index, and the video of this library that it was made of, while that is there. */
const document = z.object({
  documentId: z.string(),
  assetId: assetId.nullable(),
  path: z.string().nullable(),
  error: errorInfo.nullable(),
});

/**
 * `planned` = it would be sent; `there` = it was in the index; `indexed` = it came there now; `failed` = its error says why;
 * `kept-back` = it is not sent, by the privacy of its folder or as it was excluded.
 */
const indexedVideo = z.object({
  assetId,
  path: z.string(),
  documentId: z.string().nullable(),
  sizeBytes: count,
  durationMs: count,
  state: z.enum(['planned', 'there', 'indexed', 'failed', 'kept-back']),
  error: errorInfo.nullable(),
});

/** Which videos: those that a query of the library's own search finds, or those among what a person picked. */
const videos = {
  query: z.string().default(''),
  assetIds: someAssets.min(1).optional(),
  except: someAssets.optional(),
  limit: count.optional(),
};

/** For each of the videos, by field. */
const metadata = z.record(z.string(), z.string());

/** What is to be put into an index. Kept while that is not over, so without the address of the container. */
export const additionWish = z.object({ ...whichIndex, ...videos, metadata: metadata.default({}) });
export type AdditionWish = z.infer<typeof additionWish>;
/** As wishes are kept. */
export const keptWishes = z.array(additionWish.extend({ startedAtMs: z.number().int() }));
export type KeptWishes = z.infer<typeof keptWishes>;

/** Address of a container with its signature; it is kept nowhere. See [Note: Signed addresses]. */
const container = z.string().min(1).max(4_000);

const addingPart = z.object({
  stage: z.enum(['waiting', 'upload', 'looking']),
  /** Of the video that is uploaded. */
  path: z.string().nullable(),
  /** Bytes of all uploads; else videos. */
  done: count,
  total: count,
});

/**
 * What the engine does for an index by itself, whoever looks. `stopped` = by a person, or because Cutline ended in the middle;
 * like one that `failed`, it goes on where it was when somebody says so.
 */
const addition = z.object({
  ...whichIndex,
  state: z.enum(['going', 'stopped', 'failed', 'done']),
  startedAtMs: z.number().int(),
  progress: addingPart.nullable(),
  /** Why it failed. */
  error: errorInfo.nullable(),
  /** It goes on only with an address of the container: it has none, or none that still counts. */
  needsContainer: z.boolean(),
  /** Of one that is done. */
  videos: z.array(indexedVideo),
});
export type Addition = z.infer<typeof addition>;

/**
 * Video retrieval of Azure AI Vision, which Microsoft retired on 2025-06-30: `retrieval-missing` wherever it is gone. Nothing
 * of it is kept in the library: what is in an index, and what was uploaded, is asked of the service each time, and a document
 * is known again by its id, which is made of the video's own frames.
 */
export const videoIndexProcedures = {
  'videoIndex.list': { reads: false, input: z.object({ connectionId }), output: z.array(videoIndex) },
  'videoIndex.create': {
    reads: false,
    input: z.object({
      ...whichIndex,
      features: z.array(feature).min(1).default(['vision']),
      fields: z.array(indexField).max(50).default([]),
    }),
    output: videoIndex,
  },
  /** Gives an index more fields. Those that it has stay as they are, and what is in it stays in it. */
  'videoIndex.addFields': {
    reads: false,
    input: z.object({ ...whichIndex, fields: z.array(indexField).min(1).max(50) }),
    output: videoIndex,
  },
  /** With all documents in it. The uploaded files stay in their container. */
  'videoIndex.delete': { reads: false, input: z.object(whichIndex), output: z.object({}) },
  'videoIndex.documents': { reads: false, input: z.object(whichIndex), output: z.array(document) },
  /** What `videoIndex.add` would do. Sends none of the videos. */
  'videoIndex.plan': {
    reads: false,
    input: z.object({ ...whichIndex, ...videos }),
    output: z.array(indexedVideo),
  },
  /**
   * Uploads videos and has them looked at, until that is over. The same again goes on where it stopped: also after
   * `sas-expired`, which ends it in the middle.
   */
  'videoIndex.add': {
    reads: false,
    input: additionWish.extend({ container }),
    part: addingPart,
    output: z.array(indexedVideo),
  },
  /** The same, done by the engine: it goes on when its caller leaves. `conflict` while one goes on for this index. */
  'videoIndex.begin': { reads: false, input: additionWish.extend({ container }), output: addition },
  /** One that was stopped or failed goes on. `conflict` without an address where that is needed. */
  'videoIndex.goOn': {
    reads: false,
    input: z.object({ ...whichIndex, container: container.optional() }),
    output: addition,
  },
  /** What was uploaded stays, and so does the wish. */
  'videoIndex.stop': { reads: false, input: z.object(whichIndex), output: z.object({}) },
  /** The wish is forgotten, or the report of one that is done. One that goes on is stopped. */
  'videoIndex.dismiss': { reads: false, input: z.object(whichIndex), output: z.object({}) },
  /** What was begun and not dismissed, oldest first: one for an index at most. */
  'videoIndex.additions': { reads: false, input: z.object({}), output: z.array(addition) },
  /** Says something else of videos that are in an index: they are neither sent nor looked at again. */
  'videoIndex.update': {
    reads: false,
    input: z.object({ ...whichIndex, ...videos, metadata }),
    output: z.array(z.object({ documentId: z.string(), path: z.string(), error: errorInfo.nullable() })),
  },
  /** Takes documents out of an index. The uploaded files stay in their container. */
  'videoIndex.remove': {
    reads: false,
    input: z.object({ ...whichIndex, documentIds: z.array(z.string().min(1)).min(1).max(1_000) }),
    output: z.array(z.object({ documentId: z.string(), error: errorInfo.nullable() })),
  },
  'videoIndex.search': {
    reads: false,
    input: z.object({
      ...whichIndex,
      text: z.string().trim().min(1).max(1_000),
      limit: z.number().int().min(1).max(100).default(10),
      features: z.array(feature).min(1).optional(),
      /** Any of the values of a field. */
      strings: z.array(z.object({ field: z.string(), values: z.array(z.string()).min(1) })).optional(),
      /** Within a time of a field, each end as ISO 8601 and included. */
      times: z
        .array(z.object({ field: z.string(), start: z.string().optional(), end: z.string().optional() }))
        .optional(),
    }),
    /** Best first. Times are in milliseconds of the video. */
    output: z.array(
      document.omit({ error: true }).extend({
        kind: z.enum(['frame', 'speech']),
        startMs: count,
        endMs: count,
        bestMs: count,
        relevance: z.number(),
      }),
    ),
  },
} as const;
