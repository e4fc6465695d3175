import type { AssetId, RunId } from '../contract/ids.ts';
import type { PastDescription } from '../contract/history.ts';
import type { Doubt, StatementFields } from '../contract/models/description.ts';
import type { ReadDb } from '../db/open.ts';
import { divideByShares } from '../usage/cost.ts';

/** Who said what of a photo, and how many photos a run said something of. */

/** How many photos a run has said something of that still stands. */
export function countStatements(db: ReadDb, runId: RunId): number {
  const row = db.get<{ count: number }>(
    'SELECT count(*) AS count FROM description WHERE run_id = ? AND live = 1',
    [runId],
  );
  return row?.count ?? 0; // why 0: the type of an aggregate's one row does not say that there is one
}

/** How many photos each connection described in a run, its own one first. */
export function countByConnection(db: ReadDb, runId: RunId): { connection: string; photos: number }[] {
  return db.all(
    `SELECT coalesce(c.own_name, c.name) AS connection, count(DISTINCT d.asset_id) AS photos
     FROM description AS d JOIN connection AS c ON c.id = d.connection_id
     WHERE d.run_id = ? AND d.live = 1 GROUP BY c.id
     ORDER BY c.id = (SELECT connection_id FROM run WHERE run.id = d.run_id) DESC`,
    [runId],
  );
}

type PastRow = Omit<PastDescription, 'fields' | 'baseline' | 'live' | 'doubts'> & {
  fields: string;
  doubts: string;
  baseline: 0 | 1;
  live: 0 | 1;
  shares: string | null;
};

/** Everything that anybody said about an asset, newest first, with its provenance. */
export function listDescriptions(db: ReadDb, assetId: AssetId): PastDescription[] {
  const rows = db.all<PastRow>(
    `SELECT d.id, d.owner, d.fields, d.doubts, d.baseline, d.live, coalesce(c.own_name, c.name) AS connection,
       coalesce(d.model_answered, r.model_answered) AS modelAnswered,
       d.prompt_version AS promptVersion, d.detail, d.sent_width_px AS sentWidthPx, d.sent_height_px AS sentHeightPx,
       d.request_id AS requestId, d.run_id AS runId, r.input_tokens AS inputTokens, r.output_tokens AS outputTokens,
       r.cost_micro_usd AS costMicroUsd, d.created_at_ms AS createdAtMs,
       CASE WHEN d.owner = 'person' AND d.request_id IS NOT NULL THEN
         (SELECT answer.thread_id FROM answer_asset JOIN answer ON answer.id = answer_id
          WHERE answer_asset.asset_id = d.asset_id AND answer.request_id = d.request_id) END AS threadId,
       (SELECT json_group_array(json_array(asset_id, share) ORDER BY position) FROM request_asset WHERE request_id = r.id) AS shares
     FROM description AS d LEFT JOIN request AS r ON r.id = d.request_id
       LEFT JOIN connection AS c ON c.id = coalesce(d.connection_id, r.connection_id)
     WHERE d.asset_id = ? ORDER BY d.id DESC`,
    [assetId],
  );
  return rows.map(({ shares, ...row }) => ({
    ...row,
    ...itsPart(row, assetId, JSON.parse(shares ?? '[]') as Shares), // why: the SQL above makes it
    fields: JSON.parse(row.fields) as StatementFields, // why: only insertDescription writes this JSON
    doubts: JSON.parse(row.doubts) as Doubt[], // why: only insertDescription writes this JSON
    baseline: row.baseline === 1,
    live: row.live === 1,
  }));
}

/** Each asset of a request, and how much of it was for it. */
type Shares = readonly (readonly [asset: AssetId, share: number])[];
type Charged = Pick<PastDescription, 'inputTokens' | 'outputTokens' | 'costMicroUsd'>;

/** What is due to one photo of a request about several: [Note: Together]. A copy that was not sent has no part in it. */
function itsPart(row: Charged, assetId: AssetId, shares: Shares): Charged {
  if (shares.length < 2) return row;
  const index = shares.findIndex(([asset]) => asset === assetId);
  const weights = shares.map(([, share]) => share);
  const partOf = (whole: number | null): number | null =>
    whole === null ? null : (divideByShares(whole, weights)[index] ?? 0); // why 0: not one of those that were sent
  return {
    inputTokens: partOf(row.inputTokens),
    outputTokens: partOf(row.outputTokens),
    costMicroUsd: partOf(row.costMicroUsd),
  };
}
