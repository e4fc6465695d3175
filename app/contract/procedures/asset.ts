import { z } from 'zod';
import { pastDescription, takenAnswer } from '../history.ts';
import { damage } from '../damage.ts';
import { assetId, editId, requestId, runId } from '../ids.ts';
import { description, reviewState } from '../models/description.ts';
import { errorInfo } from '../models/error-info.ts';
import { facts, video } from '../models/asset.ts';
import { point } from '../places.ts';
import { count, progressPart, selection } from './shared.ts';

const sentPicture = z.object({
  assetId,
  widthPx: count.nullable(),
  heightPx: count.nullable(),
  /** Of the JPEG as it was sent; `null` for requests of earlier releases. */
  bytes: count.nullable(),
  sha256: z.string().nullable(),
});

/** Everything about one photo. */
export const assetProcedures = {
  'asset.get': {
    reads: true,
    input: z.union([z.object({ id: assetId }), z.object({ path: z.string() })]),
    output: z.object({
      id: assetId,
      path: z.string(),
      /** Where it was fetched from, without its query; `null` for a file of one's own. */
      webAddress: z.string().nullable(),
      /** All files that carry it or have the same bytes. */
      duplicates: z.array(z.string()),
      /** Files that belong to it: the RAW of a JPEG or the other way round, the movie of a Live Photo, sidecars. */
      companions: z.array(
        z.object({
          path: z.string(),
          role: z.enum(['alternate', 'motion', 'sidecar']),
          format: z.string().nullable(),
        }),
      ),
      state: z.enum(['found', 'ready', 'unsupported', 'unreadable', 'missing', 'offline']),
      error: errorInfo.nullable(),
      /** Why it has failed, and in which run: `is:failed` finds it. */
      failure: z.object({ error: errorInfo, runId: runId.nullable() }).nullable(),
      damage,
      description: description.nullable(),
      metadata: facts.extend({
        format: z.string().nullable(),
        widthPx: count.nullable(),
        heightPx: count.nullable(),
        sizeBytes: count,
        colors: z.array(z.string()),
      }),
      /** `null` for a photo. */
      video: video.nullable(),
      history: z.array(pastDescription),
      takenAnswers: z.array(takenAnswer),
      /** A person took it out of whatever is described. */
      isExcluded: z.boolean(),
    }),
  },
  /** Photos that a person may mean by the name of a file, or by the end of its path. The first of them by path, and their number. */
  'asset.named': {
    reads: true,
    input: z.object({ name: z.string().min(1), limit: z.number().int().positive().max(500).default(20) }),
    output: z.object({ total: count, photos: z.array(z.object({ id: assetId, path: z.string() })) }),
  },
  /** What a list or a label shows of each; ids that are none any more are left out. */
  'asset.list': {
    reads: true,
    input: z.object({ assetIds: z.array(assetId).max(500) }),
    output: z.array(
      z.object({
        id: assetId,
        path: z.string(),
        title: z.string().nullable(),
        caption: z.string().nullable(),
        altText: z.string().nullable(),
        keywords: z.array(z.string()),
        /** What should be seen where there is room for a part of it, in fractions of the picture. */
        focus: point.nullable(),
        /** The camera's clock as if it were UTC; `null` without a capture time. */
        captureLocalMs: z.number().int().nullable(),
        /** Of a video. */
        durationMs: z.number().int().nullable(),
        error: errorInfo.nullable(),
        /** Why it has failed: `is:failed` finds it. */
        failure: errorInfo.nullable(),
      }),
    ),
  },
  /** A name by which the page can play a video until the engine ends; its address is `videoUrl(name)`. */
  'asset.play': {
    reads: false,
    input: z.object({ id: assetId }),
    output: z.object({ name: z.string(), contentType: z.string() }),
  },
  /** Says that a person looked at what a description says. Photos that nothing is said of stay as they are. Can be undone. */
  'asset.review': {
    reads: false,
    input: z.object({ photos: selection, state: reviewState.exclude(['edited']) }),
    part: progressPart,
    output: z.object({ editId: editId.nullable(), photos: count }),
  },
  /** Never described from now on, nor planned for; still shown and found. `false` takes them in again. Can be undone. */
  'asset.exclude': {
    reads: false,
    input: z.object({ photos: selection, isExcluded: z.boolean() }),
    part: progressPart,
    output: z.object({ editId: editId.nullable(), photos: count }),
  },
  /**
   * Damaged photos of which a part can be read are described from now on like all others, as far as they can be read: a
   * person says so. Their number.
   */
  'asset.acceptDamage': {
    reads: false,
    input: z.object({ photos: selection }),
    output: z.object({ photos: count }),
  },
  /**
   * What was sent of a photo, newest first: the exact words of each request, and the size and hash of its pictures. The
   * picture itself is not kept: rendered again at this size from the same file, by the same release, it looks the same.
   */
  'asset.sent': {
    reads: true,
    input: z.object({ id: assetId }),
    output: z.array(
      z.object({
        requestId,
        runId: runId.nullable(),
        kind: z.enum(['describe', 'ask']),
        connection: z.string(),
        modelAsked: z.string().nullable(),
        modelAnswered: z.string().nullable(),
        promptVersion: z.string(),
        detail: z.string().nullable(),
        sentAtMs: z.number().int(),
        /** `null`: an earlier release sent it, and did not keep the words. */
        instructions: z.string().nullable(),
        text: z.string().nullable(),
        /** JSON `{name, schema}`. */
        responseSchema: z.string().nullable(),
        pictures: z.array(sentPicture),
        /** What the service answered, as text. */
        answer: z.string().nullable(),
      }),
    ),
  },
} as const;
