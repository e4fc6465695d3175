import type { AssetId, RequestId, RunId } from '../contract/ids.ts';
import type { ReadDb } from '../db/open.ts';

/** A request as it was sent, for those who want to see it. */
export type SentRequest = {
  readonly requestId: RequestId;
  readonly runId: RunId | null;
  readonly kind: 'describe' | 'ask';
  readonly connection: string;
  readonly modelAsked: string | null;
  readonly modelAnswered: string | null;
  readonly promptVersion: string;
  readonly detail: string | null;
  readonly sentAtMs: number;
  readonly instructions: string | null;
  readonly text: string | null;
  readonly responseSchema: string | null;
  readonly pictures: SentPicture[];
  readonly answer: string | null;
};

type SentPicture = {
  readonly assetId: AssetId;
  readonly widthPx: number | null;
  readonly heightPx: number | null;
  readonly bytes: number | null;
  readonly sha256: string | null;
};

/** Everything that was sent of a photo, newest first. */
export function listSent(db: ReadDb, assetId: AssetId): SentRequest[] {
  const rows = db.all<Omit<SentRequest, 'pictures'>>(
    `SELECT r.id AS requestId, r.run_id AS runId, r.kind, coalesce(c.own_name, c.name) AS connection, r.model_asked AS modelAsked,
       r.model_answered AS modelAnswered, r.prompt_version AS promptVersion, r.detail, r.sent_at_ms AS sentAtMs,
       p.instructions, r.user_text AS text, nullif(p.response_schema, '') AS responseSchema, r.answer_text AS answer
     FROM request AS r JOIN connection AS c ON c.id = r.connection_id
       LEFT JOIN prompt_text AS p ON p.id = r.prompt_text_id
     WHERE r.id IN (SELECT request_id FROM request_asset WHERE asset_id = ?) ORDER BY r.id DESC LIMIT 500`,
    [assetId],
  );
  return rows.map((row) => ({
    ...row,
    pictures: db.all<SentPicture>(
      `SELECT asset_id AS assetId, sent_width_px AS widthPx, sent_height_px AS heightPx, sent_bytes AS bytes,
         sent_sha256 AS sha256 FROM request_asset WHERE request_id = ? ORDER BY position`,
      [row.requestId],
    ),
  }));
}
