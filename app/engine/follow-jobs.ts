import { captionAssetPayload, describedBy } from '../jobs/caption-asset.ts';
import type { EngineParts } from './parts.ts';
import { finishIfDone } from './runs.ts';

/** Tells what became of a run's photos as its jobs end, and ends the run with the last of them. */
export function followJobs(parts: EngineParts): void {
  const { events, queue } = parts;
  queue.events.on('job-ended', ({ job, result, end }) => {
    const { kind, runId } = job;
    if (kind !== 'caption-asset' || runId === null) return;
    const payload = captionAssetPayload.safeParse(job.payload);
    if (payload.success && end.state === 'failed') {
      const { assetId } = payload.data;
      events.emit('asset.described', { assetId, runId, failed: end.error, skipped: null });
    } else if (payload.success && end.state === 'finished') {
      const skipped = end.skipReason ?? null;
      for (const assetId of describedBy(result) ?? [payload.data.assetId]) {
        events.emit('asset.described', { assetId, runId, failed: null, skipped });
      }
    }
    finishIfDone(parts, runId);
  });
}
