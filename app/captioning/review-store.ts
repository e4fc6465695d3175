import { createHash } from 'node:crypto';
import type { AssetId } from '../contract/ids.ts';
import type { Description, ReviewState } from '../contract/models/description.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** What a person thought of the texts with this key. */
export type Review = { readonly state: Exclude<ReviewState, 'draft'>; readonly contentKey: string };

/** The same for the same texts that a person reads. */
export function contentKeyOf({
  title,
  caption,
  altText,
  keywords,
}: Pick<Description, 'title' | 'caption' | 'altText' | 'keywords'>): string {
  const texts = [title?.text, caption?.text, altText?.text, ...keywords.map(({ keyword }) => keyword)];
  return createHash('sha256').update(JSON.stringify(texts)).digest('base64url').slice(0, 16);
}

export function findReview(db: ReadDb, assetId: AssetId): Review | null {
  const row = db.get<Review>('SELECT state, content_key AS contentKey FROM review WHERE asset_id = ?', [
    assetId,
  ]);
  return row ?? null;
}

/** A review holds for the texts that it was made of: others nobody has looked at. */
export function reviewStateOf(db: ReadDb, assetId: AssetId, contentKey: string): ReviewState {
  const review = findReview(db, assetId);
  return review?.contentKey === contentKey ? review.state : 'draft';
}

/** Writes it down. The caller brings the current description up to date. */
export function setReview(db: WriteDb, assetId: AssetId, review: Review | null): void {
  if (review === null) {
    db.run('DELETE FROM review WHERE asset_id = ?', [assetId]);
    return;
  }
  db.run(
    'INSERT INTO review (asset_id, state, content_key) VALUES (?, ?, ?) ON CONFLICT (asset_id) DO UPDATE SET state = excluded.state, content_key = excluded.content_key',
    [assetId, review.state, review.contentKey],
  );
}
