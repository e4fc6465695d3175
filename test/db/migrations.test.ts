import { expect, it } from 'vitest';
import { Database } from '../../app/db/connection.ts';
import { migrate } from '../../app/db/migrate.ts';
import { migrations } from '../../app/db/migrations/index.ts';

/** Rows as a library has them at a schema version, beside those of the versions before. */
const samples: Readonly<Record<number, string>> = {
  10: `
    INSERT INTO setting VALUES ('language', '"de"');
    INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 1);
    INSERT INTO asset (id, state, format, sort_ms, content_hash, created_at_ms) VALUES (1, 'ready', 'jpeg', 1, 'c1', 1);
    INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms)
      VALUES (1, 1, '2019/Ärger.jpg', 1, 2, 3, 4), (1, NULL, 'notes.txt', 1, 2, 4, 4);`,
  20: `
    INSERT INTO job (kind, lane, payload, created_at_ms, updated_at_ms) VALUES ('work', 'lane', '{"assetId":1}', 1, 1);
    INSERT INTO lane VALUES ('connection:1', 'blocked', NULL, '{"code":"provider-unauthorized","details":{}}');`,
  30: `
    INSERT INTO connection (id, kind, name, concurrency, created_at_ms) VALUES (1, 'built-in', 'built-in', 4, 1);
    INSERT INTO run (id, connection_id, options, plan, created_at_ms) VALUES (1, 1, '{}', '{}', 1);
    INSERT INTO request (id, run_id, connection_id, kind, state, booking, sent_at_ms, prompt_version,
      estimated_input_tokens, estimated_output_tokens, cost_micro_usd, raw_answer)
      VALUES (1, 1, 1, 'describe', 'answered', 'exact', 1, 'general-1/en', 10, 20, 30, 'as it came');
    INSERT INTO request_asset VALUES (1, 0, 1, 100, 100);`,
  40: `
    INSERT INTO description (asset_id, owner, connection_id, run_id, request_id, fields, created_at_ms)
      VALUES (1, 'model', 1, 1, 1, '{"caption":"A heron."}', 1);
    INSERT INTO current_description (asset_id, caption, caption_owner, keywords, objects, baseline, updated_at_ms)
      VALUES (1, 'A heron.', 'model', '[]', '[]', 0, 1);
    INSERT INTO keyword (id, name) VALUES (1, 'heron');
    INSERT INTO asset_keyword VALUES (1, 1, 'model');`,
  50: '',
  60: `INSERT INTO ungrouped_folder VALUES (1, '2020');`,
  70: "INSERT INTO folder_note VALUES (1, '2019', 'Harvest', 1);",
  80: '',
  90: `
    INSERT INTO thread (id, created_at_ms, updated_at_ms) VALUES (1, 1, 2);
    INSERT INTO answer (id, thread_id, connection_id, request_id, question, state, answer, asked_at_ms)
      VALUES (1, 1, 1, 1, 'What bird is it?', 'answered', 'A heron.', 1);
    INSERT INTO answer_asset VALUES (1, 0, 1);`,
  91: '',
  100: `
    INSERT INTO search_word (word) VALUES ('heron');
    UPDATE asset SET perceptual_hash = '00000000000000ff' WHERE id = 1;`,
  101: 'INSERT INTO burst_photo VALUES (1, 1);',
  110: `
    UPDATE asset SET average_color = 255, is_excluded = 1;
    INSERT INTO review VALUES (1, 'accepted', 'key');
    INSERT INTO edit (id, kind, label, created_at_ms) VALUES (1, 'review', '{}', 1);
    INSERT INTO edit_step VALUES (1, 1, '{}', 1);
    INSERT INTO saved_search (name, query, created_at_ms) VALUES ('Puffins', 'puffin', 1);`,
  120: 'INSERT INTO near_photo VALUES (1, 1);',
  140: `UPDATE description SET doubts = '["few-keywords"]' WHERE id = 1;`,
  141: `UPDATE asset SET text_amount = 70 WHERE id = 1;`,
  180: `
    INSERT INTO video (asset_id, duration_ms, rotation, has_sound) VALUES (1, 1000, 0, 1);
    INSERT INTO moment VALUES (1, 0, 0, 500, 'A dog runs.');`,
  190: "UPDATE current_description SET text_lines = '[]'; UPDATE request SET transactions = 2 WHERE id = 1",
  191: "INSERT INTO web_picture VALUES ('example.org/1/a.jpg', 'https://example.org/a.jpg', 1)",
  192: 'UPDATE current_description SET focus_x = 0.5, focus_y = 0.5',
  200: `UPDATE request_asset SET job_id = 1, share = 900;`,
  201: `UPDATE connection SET sign_in = 'entra';`,
  210: `UPDATE file SET content_identifier = '5A1B' WHERE asset_id = 1;`,
  211: `UPDATE asset SET camera_model = 'Nikon D40', place = 'Siena, Italy' WHERE id = 1;`,
  212: 'UPDATE asset SET damage = 1 WHERE id = 1;',
  213: `
    UPDATE connection SET batch_deployment = 'gpt-41-batch' WHERE id = 1;
    INSERT INTO batch (id, connection_id, run_id, name, state, endpoint, size_bytes, lines, created_at_ms)
      VALUES (1, 1, 1, 'cutline-1.jsonl', 'at-service', '/v1/chat/completions', 10, 1, 1);`,
  214: `UPDATE connection SET enhancements = '{"features":["ocr"],"visionConnectionId":2}';`,
  220: `UPDATE file SET movie_local_ms = 1, movie_offset_minutes = 0, movie_camera = 'X' WHERE asset_id = 1;`,
  240: '',
  270: 'UPDATE answer SET moment_start_ms = 1000, moment_end_ms = 3000 WHERE id = 1;',
  280: `UPDATE file SET shot_local_ms = 1, shot_camera = 'X' WHERE asset_id = 1;`,
  320: `INSERT OR IGNORE INTO burst_photo (asset_id, burst_id) VALUES (1, 1);`,
  330: '',
  350: 'UPDATE batch SET ask_again_at_ms = 60000 WHERE id = 1;',
  370: 'UPDATE asset SET finest_text = 98 WHERE id = 1;',
  380: '',
  390: '',
  400: "INSERT INTO folder_privacy VALUES (1, 'family', 'local-only');",
};

function listTables(db: Database): string[] {
  return db.pluck(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
  );
}

it.each(migrations.map((migration, index) => ({ version: migration.version, index })))(
  'step $version keeps every row of a library as it was before',
  ({ version, index }) => {
    const db = new Database(':memory:');
    for (const [before, migration] of migrations.slice(0, index).entries()) {
      migrate(db, migrations.slice(0, before + 1));
      db.exec(samples[migration.version] ?? '');
    }
    const rowsBefore = listTables(db).map((table) => ({ table, rows: db.all(`SELECT * FROM ${table}`) }));
    migrate(db, migrations.slice(0, index + 1));
    expect(db.pragma('user_version')).toBe(version);
    for (const { table, rows } of rowsBefore) {
      expect({ table, rows: db.all(`SELECT * FROM ${table}`) }).toMatchObject({ table, rows });
    }
    expect(db.pragma('quick_check')).toBe('ok');
    db.close();
  },
);

it('leaves it to the contract which kinds of provider there are', () => {
  const db = new Database(':memory:');
  migrate(db, migrations);
  db.exec(
    "INSERT INTO connection (kind, name, concurrency, created_at_ms) VALUES ('of-tomorrow', 'New', 1, 1)",
  );
  expect(db.pluck('SELECT kind FROM connection')).toEqual(['of-tomorrow']);
  db.close();
});

it('versions go up, and each has its sample rows here', () => {
  const versions = migrations.map(({ version }) => version);
  expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a - b));
  expect(Object.keys(samples)).toEqual(versions.map(String));
});

it('a library from before looks through all its folders for files of one shot', () => {
  const db = new Database(':memory:');
  migrate(
    db,
    migrations.filter(({ version }) => version < 60),
  );
  db.exec(`
    INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 1);
    INSERT INTO asset (id, sort_ms, image_data_hash, created_at_ms) VALUES (1, 1, 'i1', 1);
    INSERT INTO file (id, root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms)
      VALUES (7, 1, 1, 'a.b.jpg', 1, 1, 1, 1), (8, 1, NULL, '2019/mai/x.xmp', 1, 1, 2, 1), (9, 1, NULL, '2019/mai/y', 1, 1, 3, 1);`);
  migrate(db, migrations);
  expect(db.pluck('SELECT folder FROM ungrouped_folder ORDER BY folder')).toEqual(['', '2019/mai']);
  expect(db.pluck('SELECT read_file_id FROM asset')).toEqual([7]);
  db.close();
});

it.each(['left out', 'run under its old number'])(
  'a library of 212 whose step to batches was %s gets on',
  (was) => {
    const db = new Database(':memory:');
    const batches = migrations.filter(({ name }) => name === 'batches');
    migrate(
      db,
      migrations.filter(({ version }) => version <= 212),
    );
    if (was !== 'left out') db.exec(batches.map(({ up }) => up).join(''));
    migrate(db, migrations);
    expect(db.pragma('user_version')).toBe(migrations.at(-1)?.version);
    expect(db.pluck("SELECT name FROM pragma_table_info('batch') WHERE name = 'remote_state'")).toEqual([
      'remote_state',
    ]);
    db.close();
  },
);

/** The states of a photo of Apple's, of another camera, and of a broken one of Apple's, after the step to Live Photos. */
function statesBeside(name: string): unknown[] {
  const db = new Database(':memory:');
  const before = migrations.filter(({ version }) => version < 210);
  migrate(db, before);
  db.exec(`
    INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 1);
    INSERT INTO asset (id, state, camera_make, sort_ms, created_at_ms)
      VALUES (1, 'ready', 'Apple', 1, 1), (2, 'ready', 'Canon', 1, 1), (3, 'unreadable', 'Apple', 1, 1);
    INSERT INTO file (root_id, asset_id, relative_path, size_bytes, mtime_ms, inode, found_at_ms)
      VALUES (1, 1, 'a.heic', 1, 2, 3, 4), (1, NULL, '${name}', 1, 2, 4, 4);`);
  migrate(db, [...before, ...migrations.filter(({ version }) => version === 210)]);
  const states = db.pluck('SELECT state FROM asset ORDER BY id');
  db.close();
  return states;
}

it('reads Apple’s photos of an older library once more where a movie may belong to one', () => {
  expect(statesBeside('clips/b.MOV')).toEqual(['found', 'ready', 'unreadable']);
  expect(statesBeside('notes.txt')).toEqual(['ready', 'ready', 'unreadable']);
});

it('asks movies that were joined by name once more, and RAWs without a picture for the reason', () => {
  const db = new Database(':memory:');
  const before = migrations.filter(({ version }) => version < 220);
  migrate(db, before);
  db.exec(`
    INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 1);
    INSERT INTO asset (id, state, error, sort_ms, created_at_ms) VALUES (1, 'ready', NULL, 1, 1),
      (2, 'unsupported', '{"code":"no-preview","details":{}}', 1, 1),
      (3, 'unsupported', '{"code":"unsupported-format","details":{}}', 1, 1);
    INSERT INTO file (root_id, asset_id, relative_path, role, content_identifier, size_bytes, mtime_ms, inode, found_at_ms)
      VALUES (1, 1, 'a.jpg', 'original', NULL, 1, 1, 1, 1), (1, 1, 'a.mov', 'motion', '', 1, 1, 2, 1),
        (1, 1, 'b.mov', 'motion', '5A1B', 1, 1, 3, 1);`);
  migrate(db, [...before, ...migrations.filter(({ version }) => version === 220)]);
  expect(db.pluck('SELECT content_identifier FROM file ORDER BY id')).toEqual([null, null, '5A1B']);
  expect(db.pluck('SELECT state FROM asset ORDER BY id')).toEqual(['ready', 'found', 'unsupported']);
  db.close();
});

it('pairs that were made by name alone are read once more, and nothing else', () => {
  const db = new Database(':memory:');
  const before = migrations.filter(({ version }) => version < 280);
  migrate(db, before);
  db.exec(`
    INSERT INTO root (id, path, added_at_ms) VALUES (1, '/photos', 1);
    INSERT INTO asset (id, state, sort_ms, created_at_ms) VALUES (1, 'ready', 1, 1), (2, 'ready', 1, 1), (3, 'ready', 1, 1);
    INSERT INTO file (root_id, asset_id, relative_path, role, state, size_bytes, mtime_ms, inode, found_at_ms)
      VALUES (1, 1, 'a.jpg', 'original', 'present', 1, 1, 1, 1), (1, 1, 'a.cr3', 'alternate', 'present', 1, 1, 2, 1),
        (1, 2, 'b.jpg', 'original', 'present', 1, 1, 3, 1), (1, 2, 'b.cr3', 'alternate', 'missing', 1, 1, 4, 1),
        (1, 3, 'c.jpg', 'original', 'present', 1, 1, 5, 1), (1, 3, 'c.xmp', 'sidecar', 'present', 1, 1, 6, 1);`);
  migrate(db, [...before, ...migrations.filter(({ version }) => version === 280)]);
  expect(db.pluck('SELECT state FROM asset ORDER BY id')).toEqual(['found', 'ready', 'ready']);
  db.close();
});

it('what was asked about, and French words that had a wrong stem, are indexed anew; nothing else', () => {
  const db = new Database(':memory:');
  const before = migrations.filter(({ version }) => version < 240);
  for (const [at, { version }] of before.entries()) {
    migrate(db, before.slice(0, at + 1));
    db.exec(samples[version] ?? '');
  }
  // Beside photo 1, which was asked about.
  db.exec(`
    INSERT INTO asset (id, sort_ms, created_at_ms) VALUES (201, 1, 1), (202, 1, 1), (203, 1, 1);
    INSERT INTO search_text (rowid, caption)
      VALUES (201, 'une fille fil\u{E002}'), (202, 'un fil'), (203, 'une main main\u{E002}');
    UPDATE search_entry SET is_stale = 0;`);
  migrate(db, [...before, ...migrations.filter(({ version }) => version === 240)]);
  expect(db.pluck('SELECT asset_id FROM search_entry WHERE is_stale = 1 ORDER BY 1')).toEqual([1, 201]);
  db.close();
});

/** A row of `asset`. */
const shotRow = (id: number, ms: number, width: number, camera = 'X1') =>
  `(${String(id)}, 'ready', 1, 1, ${String(ms)}, '${camera}', '00000000000000ff', ${String(width)}, 10)`;

it('smaller copies of a frame leave its burst, and nothing else does', () => {
  const db = new Database(':memory:');
  const before = migrations.filter(({ version }) => version < 320);
  migrate(db, before);
  db.exec(`
    INSERT INTO asset (id, state, sort_ms, created_at_ms, capture_local_ms, camera_model, perceptual_hash, width_px, height_px)
      VALUES ${[shotRow(1, 5_350, 40), shotRow(2, 6_400, 40), shotRow(3, 5_350, 10), shotRow(4, 6_000, 10), shotRow(5, 7_000, 10), shotRow(6, 6_000, 10, 'X2')].join(', ')};
    INSERT INTO burst_photo SELECT id, 1 FROM asset;`);
  migrate(db, [...before, ...migrations.filter(({ version }) => version === 320)]);
  expect(db.pluck('SELECT asset_id FROM burst_photo ORDER BY 1')).toEqual([1, 2, 5, 6]);
  db.close();
});

/** A row of `current_description`. */
const saidRow = (id: number, owner: string, keywords: string, baseline: 0 | 1) =>
  `(${String(id)}, 'X', ${owner}, '${keywords}', '[]', ${String(baseline)}, 1)`;

it('what a person or a file says counts as said in an older library too, whatever the built-in describer added', () => {
  const db = new Database(':memory:');
  const before = migrations.filter(({ version }) => version < 380);
  migrate(db, before);
  db.exec(`
    INSERT INTO asset (id, state, sort_ms, created_at_ms) VALUES ${[1, 2, 3, 4, 5, 6].map((id) => `(${String(id)}, 'ready', 1, 1)`).join(', ')};
    INSERT INTO current_description (asset_id, caption, caption_owner, keywords, objects, baseline, updated_at_ms) VALUES
      ${saidRow(1, "'model'", '[]', 1)}, ${saidRow(2, "'file'", '[]', 1)}, ${saidRow(3, "'model'", '[{"keyword":"dog","owner":"file"}]', 1)},
      ${saidRow(4, "'model'", String.raw`[{"keyword":"\"owner\":\"file\"","owner":"model"}]`, 1)}, ${saidRow(5, 'NULL', '[]', 0)},
      ${saidRow(6, 'NULL', '[{"keyword":"dog","owner":"person"}]', 1)};`);
  migrate(db, [...before, ...migrations.filter(({ version }) => version === 380)]);
  expect(db.pluck('SELECT asset_id FROM current_description WHERE is_said = 1 ORDER BY 1')).toEqual([
    2, 3, 5, 6,
  ]);
  db.close();
});

it('photos with texts in two languages are indexed anew, and no others', () => {
  const db = new Database(':memory:');
  const before = migrations.filter(({ version }) => version < 390);
  migrate(db, before);
  db.exec(`
    INSERT INTO asset (id, sort_ms, created_at_ms) VALUES (1, 1, 1), (2, 1, 1), (3, 1, 1), (4, 1, 1);
    INSERT INTO search_text (rowid, caption, alt_text) VALUES (1, 'alte hauser an der strasse', 'a row of old houses'),
      (2, 'alte hauser in der strasse', 'hauser'), (3, 'old houses', 'a row of houses'), (4, 'un cheval', 'a horse on the beach');
    UPDATE search_entry SET is_stale = 0;`);
  migrate(db, [...before, ...migrations.filter(({ version }) => version === 390)]);
  expect(db.pluck('SELECT asset_id FROM search_entry WHERE is_stale = 1 ORDER BY 1')).toEqual([1, 4]);
  db.close();
});
