import type { Migration } from '../migrate.ts';

/** Photos of older libraries are looked at for text, and read where the built-in describer described them. */
export const textOfOldMigration: Migration = {
  version: 141,
  name: 'text-of-old',
  up: `
    CREATE INDEX asset_unmeasured ON asset (id) WHERE text_amount IS NULL AND has_thumbnail = 1;

    INSERT OR IGNORE INTO job (kind, lane, payload, dedupe_key, priority, created_at_ms, updated_at_ms)
    SELECT 'measure-text', 'thumbnails', '{"after":0}', 'measure-text:0', -2, created_at_ms, created_at_ms
    FROM asset WHERE text_amount IS NULL AND has_thumbnail = 1 LIMIT 1;

    -- 65 of 10 000 is some text (decision 0026).
    INSERT OR IGNORE INTO job (kind, lane, payload, dedupe_key, priority, created_at_ms, updated_at_ms)
    SELECT 'recognize-text', 'text', json_object('assetId', id), 'recognize-text:' || id, -1, created_at_ms, created_at_ms
    FROM asset WHERE text_amount >= 65
      AND EXISTS (SELECT 1 FROM description AS said WHERE said.asset_id = asset.id AND said.live = 1 AND said.baseline = 1)
      AND id NOT IN (SELECT payload ->> 'assetId' FROM job WHERE kind = 'recognize-text');
  `,
};
