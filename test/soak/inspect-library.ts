import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { AssetId } from '../../app/contract/ids.ts';
import { openForReading, type ReadDb } from '../../app/db/open.ts';
import { renditionPath } from '../../app/library/renditions.ts';

/** @file What a long proof asks of a library, past the engine: by SQL and by looking at the files. */

/** Everything that is not whole: pages, references, index, thumbnails, files that a dead engine left. */
export function inspectLibrary(library: string): string[] {
  const failures = read(library, (db) => [
    ...db
      .all<{ quick_check: string }>('PRAGMA quick_check')
      .flatMap(({ quick_check: found }) => (found === 'ok' ? [] : [`quick_check: ${found}`])),
    ...db
      .all<{ table: string; rowid: number }>('PRAGMA foreign_key_check')
      .map(({ table, rowid }) => `row ${String(rowid)} of ${table} points to nothing`),
    ...indexFailures(db),
    ...thumbnailFailures(db, library),
  ]);
  const strangers = readdirSync(library, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tmp'),
  );
  return [...failures, ...strangers.map((name) => `${name} was left in the library`)];
}

export type SoakCounts = {
  readonly photos: number;
  readonly described: number;
  readonly thumbnails: number;
  /** Photos with text that was recognized in them. */
  readonly read: number;
  /** Signs that the built-in describer described; one that a model had described before is left to that model. */
  readonly toRead: number;
  /** Photos whose facts are ExifTool's. */
  readonly knownByExifTool: number;
  readonly liveJobs: number;
  readonly failedJobs: number;
};

export function countLibrary(library: string): SoakCounts {
  return read(library, (db) => {
    const row = db.get<SoakCounts>(
      `SELECT (SELECT count(*) FROM asset) AS photos,
         (SELECT count(*) FROM current_description WHERE baseline = 0 AND caption IS NOT NULL) AS described,
         (SELECT count(*) FROM asset WHERE has_thumbnail = 1) AS thumbnails,
         (SELECT count(DISTINCT asset_id) FROM description WHERE model_answered GLOB 'Tesseract*') AS read,
         (SELECT count(DISTINCT description.asset_id) FROM description JOIN file USING (asset_id)
          WHERE baseline = 1 AND relative_path GLOB 'sign-*') AS toRead,
         (SELECT count(*) FROM asset WHERE facts_by = 'exiftool') AS knownByExifTool,
         (SELECT count(*) FROM job WHERE state IN ('ready', 'running')) AS liveJobs,
         (SELECT count(*) FROM job WHERE state = 'failed') AS failedJobs`,
    );
    if (row === undefined) throw new Error('an aggregate gives one row');
    return row;
  });
}

export type GivenUp = {
  readonly path: string;
  readonly kind: string;
  /** An error code. */
  readonly code: string;
  /** That the ledger has for the photo. */
  readonly requests: number;
};

/** Every job that failed for good, and how often it was asked for. */
export function listGivenUp(library: string): GivenUp[] {
  return read(library, (db) =>
    db.all<GivenUp>(
      `SELECT kind, last_error ->> 'code' AS code,
         (SELECT min(relative_path) FROM file WHERE file.asset_id = job.payload ->> 'assetId') AS path,
         (SELECT count(*) FROM request_asset WHERE asset_id = job.payload ->> 'assetId') AS requests
       FROM job WHERE state = 'failed' ORDER BY id`,
    ),
  );
}

/** Tokens of all answers that said what they used. */
export function readUsage(library: string): { readonly inputTokens: number; readonly outputTokens: number } {
  return read(library, (db) => {
    const row = db.get<{ inputTokens: number; outputTokens: number }>(
      `SELECT sum(input_tokens) AS inputTokens, sum(output_tokens) AS outputTokens FROM request WHERE booking = 'exact'`,
    );
    if (row === undefined) throw new Error('an aggregate gives one row');
    return row;
  });
}

/** The index has one document for each photo, and a photo's caption finds it. */
function indexFailures(db: ReadDb): string[] {
  const missing = db.all<{ id: number }>(
    `SELECT id FROM asset WHERE id NOT IN (SELECT rowid FROM search_text)
     UNION SELECT asset_id FROM search_entry WHERE is_stale = 1`,
  );
  return missing.map(({ id }) => `photo ${String(id)} is not in the index`);
}

function thumbnailFailures(db: ReadDb, library: string): string[] {
  return db.all<{ id: AssetId }>('SELECT id FROM asset WHERE has_thumbnail = 1').flatMap(({ id }) => {
    const path = renditionPath(library, id, 'thumbnail');
    if (!existsSync(path)) return [`photo ${String(id)} has lost its thumbnail`];
    const bytes = readFileSync(path);
    const isWhole = bytes.subarray(0, 2).equals(jpegStart) && bytes.subarray(-2).equals(jpegEnd);
    return isWhole ? [] : [`the thumbnail of photo ${String(id)} is not whole`];
  });
}

const jpegStart = Buffer.from([0xff, 0xd8]);
const jpegEnd = Buffer.from([0xff, 0xd9]);

function read<Result>(library: string, ask: (db: ReadDb) => Result): Result {
  const opened = openForReading(library);
  if (opened === undefined) throw new Error(`there is no library in ${library}`);
  try {
    return ask(opened.db);
  } finally {
    opened.close();
  }
}
