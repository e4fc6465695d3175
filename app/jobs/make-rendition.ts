import { z } from 'zod';
import type { ErrorCode, ErrorInfo } from '../contract/errors.ts';
import { assetId, type AssetId } from '../contract/ids.ts';
import { renderPhoto } from '../imaging/render.ts';
import { findOriginal } from '../library/asset-store.ts';
import { renditionPath, writeRendition } from '../library/renditions.ts';
import { AppError } from '../platform/errors.ts';
import type { NewJob } from '../queue/job.ts';
import type { JobHandler, JobResult } from '../queue/job-handler.ts';
import { readSettings } from '../settings/settings.ts';
import type { JobsContext } from './context.ts';
import { screenLane } from './lanes.ts';

/** Renditions that are only made when somebody wants to see them. */
const wantedKind = z.enum(['preview', 'full']);
export type WantedKind = z.infer<typeof wantedKind>;

export const makeRenditionPayload = z.object({ assetId, rendition: wantedKind });

/**
 * A preview fills a large screen. `full` is every pixel, but for what no JPEG decoder of a browser takes. On a screen at
 * 100 % people see what a lower quality leaves out.
 */
const wishes: Readonly<Record<WantedKind, { readonly boxPx: number; readonly quality: number }>> = {
  preview: { boxPx: 2_560, quality: 85 },
  full: { boxPx: 16_383, quality: 92 },
};

/** What says nothing about the photo. */
const passedOn = new Set<ErrorCode>(['canceled', 'disk-full', 'internal']);

const outcome = z.object({ error: z.custom<ErrorInfo>() });

/** Why a finished job made nothing. */
export function whyNotMade(result: JobResult): ErrorInfo | undefined {
  return result.status === 'finished' ? outcome.safeParse(result.data).data?.error : undefined;
}

/** Makes a large rendition of a photo that somebody looks at. What cannot be made is told, and is nobody's failed job. */
export function makeRendition(context: JobsContext): JobHandler {
  return {
    maxAttempts: 1,
    isRepeatable: 'always',
    handle: async (job, { signal }) => {
      const { assetId: id, rendition } = makeRenditionPayload.parse(job.payload);
      const original = findOriginal(context.read, id);
      if (original === undefined || !original.isPresent) {
        return notMade({ code: 'file-missing', details: {} });
      }
      try {
        const { thumbnail } = await renderPhoto(
          original.absolutePath,
          // Whoever looks at it wants to see what is there.
          { thumbnail: wishes[rendition], isPartial: true },
          { signal, isolated: job.engineDeaths > 0, isUrgent: true },
        );
        await writeRendition(renditionPath(context.libraryFolder, id, rendition), thumbnail.bytes);
        await context.previews.add(thumbnail.bytes.length, readSettings(context.read).previewCacheBytes);
        return { status: 'finished' };
      } catch (error) {
        if (!(error instanceof AppError) || passedOn.has(error.code)) throw error;
        return notMade(error.toInfo());
      }
    },
  };
}

function notMade(error: ErrorInfo): JobResult {
  return { status: 'finished', data: { error } };
}

const keyPrefix = 'make-rendition:';

export function renditionKey(id: AssetId, rendition: WantedKind): string {
  return `${keyPrefix}${rendition}:${String(id)}`;
}

export function renditionJob(id: AssetId, rendition: WantedKind, priority: number): NewJob {
  return {
    kind: 'make-rendition',
    lane: screenLane,
    payload: { assetId: id, rendition },
    dedupeKey: renditionKey(id, rendition),
    priority,
  };
}
