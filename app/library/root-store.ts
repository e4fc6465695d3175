import type { AssetId, RootId } from '../contract/ids.ts';
import {
  standingRule,
  type Privacy,
  type Root,
  type RootState,
  type StandingRule,
} from '../contract/models.ts';
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

export function findRootByPath(db: ReadDb, path: string): LibraryRoot | undefined {
  const row = db.get<RootRow>(`SELECT ${rootColumns} FROM root WHERE path = ?`, [path]);
  return row === undefined ? undefined : toRoot(row);
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

/** Deletes a root, its files, and the assets that no file of another root carries. Gives those assets' ids. */
export function deleteRoot(db: WriteDb, id: RootId): AssetId[] {
  return db.transact(() => {
    const assetIds = db.pluck<AssetId>(
      `SELECT DISTINCT f.asset_id FROM file AS f
       WHERE f.root_id = @id AND f.asset_id IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM file AS other WHERE other.asset_id = f.asset_id AND other.root_id <> @id)`,
      { id },
    );
    db.run('DELETE FROM root WHERE id = ?', [id]);
    db.run('DELETE FROM asset WHERE id IN (SELECT value FROM json_each(?))', [JSON.stringify(assetIds)]);
    return assetIds;
  });
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

/** A folder around a root is a root now: it takes over the inner one's files, under the path from the outer to the inner. */
export function absorbRoot(db: WriteDb, inner: RootId, outer: RootId, prefix: string): void {
  db.run(
    "UPDATE file SET root_id = @outer, relative_path = @prefix || '/' || relative_path WHERE root_id = @inner",
    {
      inner,
      outer,
      prefix,
    },
  );
  db.run('DELETE FROM root WHERE id = ?', [inner]);
}
