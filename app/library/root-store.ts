import type { AssetId, RootId } from '../contract/ids.ts';
import {
  standingRule,
  type Privacy,
  type Root,
  type RootState,
  type StandingRule,
} from '../contract/models/root.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { AppError } from '../platform/errors.ts';

export type { ReadDb, WriteDb } from '../db/open.ts';

/** Which folder a path led to: an empty mount point is another one than the drive that is usually there. */
export type FolderIdentity = { readonly device: number; readonly inode: number };

/** A root with what only the library needs to know. */
export type LibraryRoot = Root & { readonly identity: FolderIdentity | null };

type RootRow = {
  id: number;
  path: string;
  device: number | null;
  inode: number | null;
  state: RootState;
  rule: string;
  privacy: Privacy;
  ignore_patterns: string;
  scanned_at_ms: number | null;
};

const rootColumns = 'id, path, device, inode, state, rule, privacy, ignore_patterns, scanned_at_ms';

export function insertRoot(db: WriteDb, path: string, addedAtMs: number): RootId {
  const { lastId } = db.run('INSERT INTO root (path, added_at_ms) VALUES (?, ?)', [path, addedAtMs]);
  return lastId as RootId; // why: the rowid that SQLite just gave
}

export function listRoots(db: ReadDb): LibraryRoot[] {
  return db.all<RootRow>(`SELECT ${rootColumns} FROM root ORDER BY path`).map(toRoot);
}

/** @throws {AppError} `not-found`. */
export function getRoot(db: ReadDb, id: RootId): LibraryRoot {
  const row = db.get<RootRow>(`SELECT ${rootColumns} FROM root WHERE id = ?`, [id]);
  if (row === undefined) throw new AppError('not-found', { what: 'The folder', id });
  return toRoot(row);
}

/** What a person decides about a root, and its place. */
export type RootChanges = {
  readonly path?: string;
  readonly rule?: StandingRule;
  readonly privacy?: Privacy;
  readonly ignorePatterns?: readonly string[];
};

/** @throws {AppError} `not-found`. */
export function updateRoot(db: WriteDb, id: RootId, changes: RootChanges): void {
  const { changes: changed } = db.run(
    `UPDATE root SET path = coalesce(@path, path), rule = coalesce(@rule, rule),
       privacy = coalesce(@privacy, privacy), ignore_patterns = coalesce(@ignorePatterns, ignore_patterns)
     WHERE id = @id`,
    {
      id,
      path: changes.path ?? null,
      rule: changes.rule === undefined ? null : JSON.stringify(changes.rule),
      privacy: changes.privacy ?? null,
      ignorePatterns: changes.ignorePatterns === undefined ? null : JSON.stringify(changes.ignorePatterns),
    },
  );
  if (changed === 0) throw new AppError('not-found', { what: 'The folder', id });
}

export function setRootState(db: WriteDb, id: RootId, state: RootState): void {
  db.run('UPDATE root SET state = ? WHERE id = ?', [state, id]);
}

/** A whole scan came to its end: the root is online, and this is the folder that it was. */
export function setRootScanned(db: WriteDb, id: RootId, identity: FolderIdentity, scannedAtMs: number): void {
  db.run(`UPDATE root SET state = 'online', device = ?, inode = ?, scanned_at_ms = ? WHERE id = ?`, [
    identity.device,
    identity.inode,
    scannedAtMs,
    id,
  ]);
}

/**
 * Deletes at most `limit` of a root's files, and the assets that no other file carries: whatever hangs on those goes with
 * them. Gives those assets, and how many files there were.
 */
export function deleteFilesOfRoot(
  db: WriteDb,
  id: RootId,
  limit: number,
): { readonly files: number; readonly assetIds: readonly AssetId[] } {
  // By the two indexes; without a state it would read the files of all other roots.
  const files = db.pluck<number>(
    `SELECT id FROM file WHERE root_id = @id AND state = 'present'
     UNION ALL SELECT id FROM file WHERE root_id = @id AND state = 'missing' LIMIT @limit`,
    { id, limit },
  );
  const carried = db.pluck<AssetId>(
    'SELECT DISTINCT asset_id FROM file WHERE id IN (SELECT value FROM json_each(?)) AND asset_id IS NOT NULL',
    [JSON.stringify(files)],
  );
  db.run('DELETE FROM file WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(files)]);
  const assetIds = db.pluck<AssetId>(
    `SELECT value FROM json_each(?) WHERE NOT EXISTS (SELECT 1 FROM file WHERE asset_id = value)`,
    [JSON.stringify(carried)],
  );
  db.run('DELETE FROM asset WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(assetIds)]);
  return { files: files.length, assetIds };
}

/** A root whose files are gone. */
export function deleteRoot(db: WriteDb, id: RootId): void {
  db.run('DELETE FROM root WHERE id = ?', [id]);
}

function toRoot(row: RootRow): LibraryRoot {
  return {
    id: row.id as RootId, // why: the table's own key
    path: row.path,
    state: row.state,
    rule: standingRule.parse(JSON.parse(row.rule)),
    privacy: row.privacy,
    ignorePatterns: JSON.parse(row.ignore_patterns) as string[], // why: written by updateRoot alone
    scannedAtMs: row.scanned_at_ms,
    identity: row.device === null || row.inode === null ? null : { device: row.device, inode: row.inode },
  };
}

/**
 * A folder around a root is a root now: it takes over the inner one's files, notes and privacy, under the path from the outer to the
 * inner, and the runs that the inner one's rule started.
 */
export function absorbRoot(db: WriteDb, inner: RootId, outer: RootId, prefix: string): void {
  db.run(
    "UPDATE file SET root_id = @outer, relative_path = @prefix || '/' || relative_path WHERE root_id = @inner",
    { inner, outer, prefix },
  );
  db.run(
    `UPDATE folder_note SET root_id = @outer,
       relative_path = CASE relative_path WHEN '' THEN @prefix ELSE @prefix || '/' || relative_path END
     WHERE root_id = @inner`,
    { inner, outer, prefix },
  );
  db.run(
    "UPDATE folder_privacy SET root_id = @outer, relative_path = @prefix || '/' || relative_path WHERE root_id = @inner",
    { inner, outer, prefix },
  );
  db.run('UPDATE run SET root_id = ? WHERE root_id = ?', [outer, inner]);
  db.run('DELETE FROM root WHERE id = ?', [inner]);
}
