import type { AssetId, RootId } from '../contract/ids.ts';
import type { ConnectionKind } from '../contract/models/connection.ts';
import type { Facts } from '../contract/models/asset.ts';
import type { Privacy } from '../contract/models/root.ts';
import type { ReadDb } from '../db/open.ts';
import type { TextMeasure } from '../imaging/text-amount.ts';
import type { KnownFacts } from '../providers/provider.ts';
import { privacyOfFile } from '../library/privacy-of-file.ts';
import type { Asker } from './asker.ts';
import { askerValues, isUndescribed } from './described-store.ts';

export type { ReadDb } from '../db/open.ts';

type FolderScope = { readonly rootId: RootId; readonly prefix: string };

/** Which assets: everything, folders of roots, or an exact selection (a search result). */
export type Scope = {
  readonly folders?: readonly FolderScope[];
  readonly assetIds?: readonly AssetId[];
  readonly limit?: number;
  /** Leaves out what already waits in the queue for this connection. @default false */
  readonly isUnqueued?: boolean;
};

/** An asset as a describer needs it. */
export type Candidate = {
  readonly assetId: AssetId;
  readonly rootId: RootId;
  readonly rootPath: string;
  readonly relativePath: string;
  readonly privacy: Privacy;
  readonly contentHash: string | null;
  readonly imageDataHash: string | null;
  /** There is another asset with the same bytes. */
  readonly hasTwin: boolean;
  readonly hasThumbnail: boolean;
  /** A person does not want it described. */
  readonly isExcluded: boolean;
  /** `null` = not measured yet. */
  readonly text: TextMeasure | null;
  /** ExifTool has read it: its place is known, if it has one. */
  readonly isThorough: boolean;
  readonly known: KnownFacts;
};

type CandidateRow = {
  id: number;
  root_id: number;
  root_path: string;
  relative_path: string;
  privacy: Privacy;
  content_hash: string | null;
  image_data_hash: string | null;
  has_twin: 0 | 1;
  has_thumbnail: 0 | 1;
  facts_by: string | null;
  is_excluded: 0 | 1;
  notes: string;
  width_px: number;
  height_px: number;
  frame_count: number | null;
  facts: string;
  colors: string | null;
  text_amount: number | null;
  finest_text: number | null;
  duration_ms: number | null;
};

const candidateColumns = `a.id, f.root_id, r.path AS root_path, f.relative_path, ${privacyOfFile} AS privacy, a.content_hash, a.image_data_hash,
  EXISTS (SELECT 1 FROM asset AS twin WHERE twin.content_hash = a.content_hash AND twin.id <> a.id) AS has_twin,
  a.has_thumbnail, a.width_px, a.height_px, a.frame_count, a.facts, a.facts_by, a.is_excluded, a.colors, a.text_amount, a.finest_text,
  (SELECT duration_ms FROM video WHERE video.asset_id = a.id) AS duration_ms,
  (SELECT json_group_array(note ORDER BY length(noted.relative_path)) FROM folder_note AS noted WHERE noted.root_id = f.root_id
     AND (noted.relative_path = '' OR (f.relative_path >= noted.relative_path || '/' AND f.relative_path < noted.relative_path || '0'))
  ) AS notes`;

/** A present original of a readable photo on a reachable root. */
const describable = `FROM file AS f JOIN asset AS a ON a.id = f.asset_id JOIN root AS r ON r.id = f.root_id
  WHERE f.state = 'present' AND f.role = 'original' AND r.state = 'online' AND a.state = 'ready'`;

/**
 * What a connection has still to describe, in path order: not with its service already, in a batch, no live description by it of this very picture (for built-in:
 * by anybody) that its asker would leave as it is, nothing failed before, and the folder's privacy allows it.
 */
export function* listCandidates(db: ReadDb, connection: Asker, scope: Scope): Generator<Candidate> {
  for (const page of listCandidatePages(db, connection, scope)) yield* page;
}

/**
 * As `listCandidates`, in pages of as many files as are looked at in a moment. A page is empty where nothing is left to
 * be described, so that whoever gives others a turn after each page does so there too.
 */
export function* listCandidatePages(
  db: ReadDb,
  connection: Asker,
  scope: Scope,
): Generator<readonly Candidate[]> {
  let left = scope.limit ?? Number.POSITIVE_INFINITY;
  const selected = scope.assetIds === undefined ? undefined : new Set<number>(scope.assetIds);
  // Folders may lie in each other, and several files may carry one asset.
  const seen = new Set<number>();
  for (const files of filePages(db, scope)) {
    const wanted = files.filter(({ assetId }) => assetId !== null && selected?.has(assetId) !== false);
    const page: Candidate[] = [];
    for (const row of listPage(db, connection, scope, wanted)) {
      if (seen.has(row.id) || page.length === left) continue;
      seen.add(row.id);
      page.push(toCandidate(row));
    }
    // In whole pages, so that a caller who stops, or writes in between, never leaves a statement open.
    yield page;
    left -= page.length;
    if (left <= 0) return;
  }
}

/**
 * The files in a scope in path order, a page at a time, those of other photos perhaps among them: a page of picked photos is
 * looked up, for more the files of the scope's folders are gone through.
 */
function* filePages(db: ReadDb, scope: Scope): Generator<readonly FileRow[]> {
  const { assetIds } = scope;
  if (assetIds !== undefined && assetIds.length <= pageSize) {
    const files = listFilesOf(db, assetIds);
    for (const { rootId, from, to } of rangesOf(db, scope)) {
      const inRange = files.filter(
        (file) =>
          file.rootId === rootId && file.relativePath >= from && (to === undefined || file.relativePath < to),
      );
      for (let start = 0; start < inRange.length; start += pageSize) {
        yield inRange.slice(start, start + pageSize);
      }
    }
    return;
  }
  for (const range of rangesOf(db, scope)) {
    let from: string | undefined = range.from;
    while (from !== undefined) {
      const files = listFiles(db, { ...range, from });
      yield files.slice(0, pageSize);
      from = files[pageSize]?.relativePath;
    }
  }
}

function listFilesOf(db: ReadDb, assetIds: readonly AssetId[]): (FileRow & { readonly rootId: RootId })[] {
  return db.all(
    `SELECT id, asset_id AS assetId, root_id AS rootId, relative_path AS relativePath FROM file
     WHERE state = 'present' AND asset_id IN (SELECT value FROM json_each(?)) ORDER BY relative_path`,
    [JSON.stringify(assetIds)],
  );
}

const pageSize = 500;

/** Paths of one root: from one on, up to another one that is not among them any more. */
type PathRange = { readonly rootId: RootId; readonly from: string; readonly to: string | undefined };

function rangesOf(db: ReadDb, { folders }: Scope): PathRange[] {
  if (folders === undefined) {
    const rootIds = db.pluck<RootId>('SELECT id FROM root ORDER BY id');
    return rootIds.map((rootId) => ({ rootId, from: '', to: undefined }));
  }
  return folders.flatMap(({ rootId, prefix }): PathRange[] =>
    prefix === ''
      ? [{ rootId, from: '', to: undefined }]
      : [
          // It may be a single file. Nothing comes between a path and itself with the lowest character behind it.
          { rootId, from: prefix, to: `${prefix}\0` },
          // The character after the slash ends the range of everything below the folder.
          { rootId, from: `${prefix}/`, to: `${prefix}0` },
        ],
  );
}

type FileRow = { readonly id: number; readonly assetId: number | null; readonly relativePath: string };

/** A page of the files in a range, and the one with which the next page begins. */
function listFiles(db: ReadDb, { rootId, from, to }: PathRange): FileRow[] {
  return db.all<FileRow>(
    `SELECT id, asset_id AS assetId, relative_path AS relativePath FROM file
     WHERE state = 'present' AND root_id = @rootId AND relative_path >= @from
       ${to === undefined ? '' : 'AND relative_path < @to'}
     ORDER BY relative_path LIMIT @limit`,
    { rootId, from, ...(to === undefined ? {} : { to }), limit: pageSize + 1 },
  );
}

function listPage(
  db: ReadDb,
  connection: Asker,
  scope: Scope,
  files: readonly FileRow[],
): readonly CandidateRow[] {
  if (files.length === 0) return [];
  return db.all<CandidateRow>(
    `SELECT ${candidateColumns} ${describable}
       AND f.id IN (SELECT value FROM json_each(@fileIds))
       AND ${privacyOfFile} IN (SELECT value FROM json_each(@privacies))
       AND ${isUndescribed}
       AND a.id NOT IN (
         SELECT asset_id FROM request JOIN request_asset ON request_id = request.id
         WHERE request.state IN ('sent', 'at-service') AND request.state = 'at-service' AND request.connection_id = @connectionId)
       AND NOT (@isUnqueued AND EXISTS (
         SELECT 1 FROM job WHERE job.state IN ('ready', 'running')
           AND job.dedupe_key = @keyPrefix || coalesce(a.content_hash, a.id)))
     ORDER BY f.relative_path`,
    {
      fileIds: JSON.stringify(files.map(({ id }) => id)),
      privacies: JSON.stringify(allowedPrivacies(connection)),
      ...askerValues(connection),
      isUnqueued: scope.isUnqueued === true ? 1 : 0,
    },
  );
}

/** One asset as it is now, or `undefined` when it cannot be described any more (gone, offline, unreadable). */
export function findCandidate(db: ReadDb, assetId: AssetId): Candidate | undefined {
  const row = db.get<CandidateRow>(
    `SELECT ${candidateColumns} ${describable} AND a.id = ? ORDER BY f.id LIMIT 1`,
    [assetId],
  );
  return row === undefined ? undefined : toCandidate(row);
}

/** Those of some assets that are in folders of these privacies, and can be described now. */
export function listWithPrivacy(
  db: ReadDb,
  assetIds: readonly AssetId[],
  privacies: readonly Privacy[],
): AssetId[] {
  return db.pluck(
    `SELECT DISTINCT a.id ${describable} AND a.id IN (SELECT value FROM json_each(@assetIds))
       AND ${privacyOfFile} IN (SELECT value FROM json_each(@privacies))`,
    { assetIds: JSON.stringify(assetIds), privacies: JSON.stringify(privacies) },
  );
}

/** DESIGN §6, Privacy: which folders a connection may see. */
export function allowedPrivacies(connection: {
  readonly kind: ConnectionKind;
  readonly isLocal: boolean;
}): Privacy[] {
  if (connection.kind === 'built-in') return ['may-be-sent', 'local-only', 'built-in-only'];
  return connection.isLocal ? ['may-be-sent', 'local-only'] : ['may-be-sent'];
}

type Colors = { readonly names: readonly string[]; readonly isMonochrome: boolean };

function toCandidate(row: CandidateRow): Candidate {
  const parts = row.relative_path.split('/');
  const fileName = parts.pop() ?? row.relative_path;
  const rootName = row.root_path.split(/[/\\]/).findLast((part) => part !== '') ?? '';
  const colors = row.colors === null ? undefined : (JSON.parse(row.colors) as Colors); // why: only the library's stores write it
  return {
    assetId: row.id as AssetId, // why: ids of these tables
    rootId: row.root_id as RootId, // why: as above
    rootPath: row.root_path,
    relativePath: row.relative_path,
    privacy: row.privacy,
    contentHash: row.content_hash,
    imageDataHash: row.image_data_hash,
    hasTwin: row.has_twin === 1,
    hasThumbnail: row.has_thumbnail === 1,
    text: row.text_amount === null ? null : { amount: row.text_amount, finest: row.finest_text },
    isThorough: row.facts_by === 'exiftool',
    isExcluded: row.is_excluded === 1,
    known: {
      facts: JSON.parse(row.facts) as Facts, // why: only the library's stores write it
      fileName,
      folders: parts.length > 0 ? parts : [rootName],
      notes: JSON.parse(row.notes) as string[], // why: the SQL above makes it
      widthPx: row.width_px,
      heightPx: row.height_px,
      frameCount: row.frame_count ?? 1,
      ...(row.duration_ms === null ? {} : { video: { durationMs: row.duration_ms } }),
      colors: colors?.names ?? [],
      isMonochrome: colors?.isMonochrome ?? false,
    },
  };
}
