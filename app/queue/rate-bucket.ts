/**
 * A token bucket: holds at most `perMinute` units and fills evenly. Azure enforces requests per minute over slices of
 * 1 s or 10 s (AZURE §4, quota facts), so a full minute's worth never leaves at once: the bucket holds a sixth of it.
 */
export type RateBucket = { readonly perMinute: number; level: number; atMs: number };

const burstShare = 1 / 6;

export function createBucket(perMinute: number, nowMs: number): RateBucket {
  return { perMinute, level: capacity(perMinute), atMs: nowMs };
}

/** Milliseconds until `units` may be taken; 0 when they can be taken now. More than the bucket holds counts as a full bucket. */
export function waitMs(bucket: RateBucket, units: number, nowMs: number): number {
  fill(bucket, nowMs);
  const missing = Math.min(units, capacity(bucket.perMinute)) - bucket.level;
  return missing <= 0 ? 0 : Math.ceil((missing * 60_000) / bucket.perMinute);
}

/** Takes units; the level may go below zero when a single request is larger than the bucket. */
export function take(bucket: RateBucket, units: number, nowMs: number): void {
  fill(bucket, nowMs);
  bucket.level -= units;
}

function fill(bucket: RateBucket, nowMs: number): void {
  const gained = ((nowMs - bucket.atMs) * bucket.perMinute) / 60_000;
  if (gained > 0) bucket.level = Math.min(capacity(bucket.perMinute), bucket.level + gained);
  bucket.atMs = nowMs;
}

function capacity(perMinute: number): number {
  return Math.max(1, perMinute * burstShare);
}
