import type { AssetId, ConnectionId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';
import type { Asker } from './asker.ts';
import { isRecognizedText } from './description-store.ts';

/** What a connection has described already, and would not describe again. */

/** An asset, and which picture it is: by all bytes of its file, and by those of the picture alone. */
type Pictured = {
  readonly assetId: AssetId;
  readonly contentHash: string | null;
  readonly imageDataHash: string | null;
};

/** At most one live or failed job with this key: one picture is described once by a connection, however many files carry it. */
export function describeKey(
  connectionId: ConnectionId,
  candidate: Pick<Pictured, 'assetId' | 'contentHash'>,
): string {
  return `${describeKeyPrefix(connectionId)}${candidate.contentHash ?? String(candidate.assetId)}`;
}

/** What SQL puts before `coalesce(content_hash, id)` of an asset to get its key. */
export function describeKeyPrefix(connectionId: ConnectionId): string {
  return `describe:${String(connectionId)}:`;
}

/**
 * Whose word a description `d` is: a connection's own, or a fallback's in a run that it was asked for. What a filter sent
 * to the fallback is never sent to the filter again. Wants @connectionId.
 */
export const isByAsker = `(d.connection_id = @connectionId OR d.run_id IN (
    SELECT run.id FROM run WHERE run.connection_id = @connectionId AND run.fallback_connection_id IS NOT NULL))`;

/** A live description `d` by the asker that it would not make again. Recognised text neither is one nor makes one older. */
const isFresh = `d.live = 1 AND d.owner = 'model' AND ${isByAsker} AND NOT ${isRecognizedText} AND CASE @again
  WHEN '' THEN TRUE
  WHEN 'all' THEN d.run_id = @runId
  ELSE d.prompt_version = @promptVersion AND (d.connection_id <> @connectionId OR @model IS NULL OR d.model_answered = @model) AND NOT EXISTS (
    SELECT 1 FROM description AS later WHERE later.asset_id = d.asset_id AND later.live = 1 AND later.owner = 'model'
      AND later.connection_id = d.connection_id AND later.id > d.id AND later.prompt_version IS NOT NULL)
  END`;

/** A description that the asker leaves as it is. The built-in describer leaves what any other says. */
export const isLeft = `(${isFresh} OR (@isBuiltIn AND d.live = 1 AND d.owner = 'model' AND d.connection_id <> @connectionId))`;

/** Why nobody here looks into a video `a`, for whom a description is made by its frames; `NULL`: somebody does. Wants @isBuiltIn. */
export const decoderError = `(SELECT frames_error FROM video WHERE NOT @isBuiltIn AND video.asset_id = a.id
    AND frames_error ->> 'code' = 'no-video-decoder')`;

/** Neither taken out by a person, nor described by the asker as it is now, nor failed before, nor a video that nobody decodes. */
export const isUndescribed = `a.is_excluded = 0 AND ${decoderError} IS NULL AND NOT EXISTS (
    SELECT 1 FROM description AS d WHERE d.asset_id = a.id AND ${isLeft} AND d.image_data_hash IS a.image_data_hash)
  AND NOT EXISTS (
    SELECT 1 FROM job WHERE job.state = 'failed'
      AND job.dedupe_key = @keyPrefix || coalesce(a.content_hash, a.id))`;

export function askerValues(asker: Asker): Readonly<Record<string, string | number | null>> {
  return { ...describedValues(asker), keyPrefix: describeKeyPrefix(asker.id) };
}

/** What `isLeft` wants. */
export function describedValues({
  id,
  kind,
  again,
}: Asker): Readonly<Record<string, string | number | null>> {
  return {
    connectionId: id,
    isBuiltIn: kind === 'built-in' ? 1 : 0,
    again: again?.kind ?? '',
    promptVersion: again?.promptVersion ?? null,
    model: again?.model ?? null,
    runId: again?.runId ?? null,
  };
}

/** Those of some former candidates that are still to be described, in the same order, with their keys. */
export function listDescribeKeys(
  db: ReadDb,
  connection: Asker,
  assetIds: readonly AssetId[],
): { readonly assetId: AssetId; readonly key: string }[] {
  const rows = db.all<Pick<Pictured, 'assetId' | 'contentHash'>>(
    `SELECT a.id AS assetId, a.content_hash AS contentHash
     FROM json_each(@assetIds) AS asked CROSS JOIN asset AS a ON a.id = asked.value
     WHERE ${isUndescribed} ORDER BY asked.key`,
    { assetIds: JSON.stringify(assetIds), ...askerValues(connection) },
  );
  return rows.map((row) => ({ assetId: row.assetId, key: describeKey(connection.id, row) }));
}

/** Has the asker (for built-in: anybody) described this very picture already, so that it would not do so again? */
export function isDescribed(
  db: ReadDb,
  asker: Asker,
  candidate: Pick<Pictured, 'assetId' | 'imageDataHash'>,
): boolean {
  return (
    db.get(
      `SELECT 1 FROM description AS d WHERE d.asset_id = @assetId AND ${isLeft} AND d.image_data_hash IS @imageDataHash LIMIT 1`,
      {
        ...describedValues(asker),
        assetId: candidate.assetId,
        imageDataHash: candidate.imageDataHash,
      },
    ) !== undefined
  );
}

/** Other assets with exactly the same bytes: described once, shown for all. */
export function listDuplicates(db: ReadDb, candidate: Pick<Pictured, 'assetId' | 'contentHash'>): AssetId[] {
  if (candidate.contentHash === null) return [];
  return db.pluck(
    "SELECT id FROM asset WHERE content_hash = ? AND id <> ? AND state = 'ready' AND is_excluded = 0",
    [candidate.contentHash, candidate.assetId],
  );
}

/** A description by the asker of another asset with the same bytes: it is taken over, and nobody pays again. */
export function findTwinDescription(
  db: ReadDb,
  asker: Asker,
  candidate: Pick<Pictured, 'assetId' | 'contentHash'>,
): { readonly descriptionId: number } | undefined {
  if (candidate.contentHash === null) return undefined;
  return db.get(
    `SELECT d.id AS descriptionId FROM asset AS a JOIN description AS d ON d.asset_id = a.id
     WHERE a.content_hash = @contentHash AND a.id <> @assetId AND ${isFresh} AND d.image_data_hash IS a.image_data_hash
     ORDER BY d.id DESC LIMIT 1`,
    { ...describedValues(asker), contentHash: candidate.contentHash, assetId: candidate.assetId },
  );
}
