import { z } from 'zod';
import { assetId, type AssetId } from '../contract/ids.ts';
import type { Job } from '../queue/job.ts';

const payload = z.object({ assetId });

/** The photo that a job is about, whatever it does with it. */
export function assetOf(job: Pick<Job, 'payload'>): AssetId | undefined {
  return payload.safeParse(job.payload).data?.assetId;
}
