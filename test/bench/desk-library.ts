import type { Database } from '../../app/db/connection.ts';

const keywordsEach = 6;

/** Twelve years of photos of a dozen cameras, five hundred to a folder, each with a caption and some keywords. */
export function fillDesk(db: Database, assets: number): void {
  let seed = 1;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const facts = JSON.stringify({ note: 'x'.repeat(500) });
  db.transact(() => {
    db.exec(`INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 0);
      INSERT INTO connection (id, kind, name, concurrency, created_at_ms) VALUES (1, 'built-in', 'built-in', 1, 0);`);
    for (let id = 1; id <= 2_000; id += 1) {
      db.run('INSERT INTO keyword (id, name) VALUES (?, ?)', [id, `keyword ${String(id)}`]);
    }
    for (let id = 1; id <= assets; id += 1) {
      db.run(
        `INSERT INTO asset (id, state, format, width_px, height_px, sort_ms, camera_model, lens, place, rating, facts, created_at_ms)
         VALUES (?, 'ready', 'jpeg', ?, 3000, ?, ?, ?, ?, ?, ?, 0)`,
        [
          id,
          2_000 + random(4) * 1_000,
          Date.UTC(2010, 0, 1) + random(12 * 365 * 24 * 60) * 60_000,
          `Camera ${String(random(12))}`,
          `Lens ${String(random(30))}`,
          `Place ${String(random(800))}`,
          random(6),
          facts,
        ],
      );
      db.run(
        `INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms) VALUES (1, ?, ?, 1, 1, ?, 0)`,
        [id, `${String(id % 12)}/${String(Math.floor(id / 500))}/IMG_${String(id)}.jpg`, id],
      );
      db.run(
        `INSERT INTO current_description (asset_id, caption, caption_owner, keywords, objects, baseline, is_said, connection_id, updated_at_ms)
         VALUES (?, ?, 'model', '[]', '[]', 0, 1, 1, 0)`,
        [
          id,
          'A caption of the usual length, which is about a hundred letters, so that a page holds as many as usual.',
        ],
      );
      for (let count = 0; count < keywordsEach; count += 1) {
        db.run("INSERT OR IGNORE INTO asset_keyword (asset_id, keyword_id, owner) VALUES (?, ?, 'model')", [
          id,
          1 + random(2_000),
        ]);
      }
    }
  });
}
