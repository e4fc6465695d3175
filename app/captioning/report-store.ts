import type { ErrorCode, ErrorInfo } from '../contract/errors.ts';
import type { AssetId, FileId } from '../contract/ids.ts';
import type { AssetState } from '../contract/models/asset.ts';
import type { Privacy, RootState } from '../contract/models/root.ts';
import type { ReadDb } from '../db/open.ts';
import { privacyOfFile } from '../library/privacy-of-file.ts';
import type { Asker } from './asker.ts';
import { allowedPrivacies, type Scope } from './candidate-store.ts';
import { decoderError, describedValues, describeKeyPrefix, isLeft } from './described-store.ts';

/** Why a present file has no description by a connection. */
export type Undescribed = {
  readonly fileId: FileId;
  /** `null`: the file is no photo at all. */
  readonly assetId: AssetId | null;
  readonly rootPath: string;
  readonly relativePath: string;
  /** `failed` says what is wrong; `skipped` is not for this connection or this release; `waiting` is still to be done. */
  readonly outcome: 'failed' | 'skipped' | 'waiting';
  readonly error: ErrorInfo | null;
};

type Row = {
  fileId: FileId;
  assetId: AssetId | null;
  rootPath: string;
  relativePath: string;
  reason: ErrorCode | null;
  rootState: RootState;
  privacy: Privacy;
  isExcluded: 0 | 1 | null;
  assetState: AssetState | null;
  assetError: string | null;
  jobError: string | null;
  decoderError: string | null;
};

/** Only the conditions that were given, so that some photos are looked up in an index. */
function inScope({ folders, assetIds }: Scope): string {
  return [
    "f.state = 'present' AND (f.role = 'original' OR f.asset_id IS NULL)",
    ...(folders === undefined
      ? []
      : [
          `EXISTS (SELECT 1 FROM json_each(@folders) AS folder
             WHERE folder.value ->> 'rootId' = f.root_id
               AND (folder.value ->> 'prefix' IN ('', f.relative_path) OR (f.relative_path >= (folder.value ->> 'prefix') || '/'
                 AND f.relative_path < (folder.value ->> 'prefix') || '0')))`,
        ]),
    ...(assetIds === undefined ? [] : ['f.asset_id IN (SELECT value FROM json_each(@assetIds))']),
  ].join(' AND ');
}

const isDescribed = `EXISTS (
  SELECT 1 FROM description AS d WHERE d.asset_id = f.asset_id AND ${isLeft} AND d.image_data_hash IS a.image_data_hash)`;

/** Files in scope whose photo this connection (for built-in: anybody) has described as it is now. */
export function countDescribed(db: ReadDb, asker: Asker, scope: Scope): number {
  const row = db.get<{ count: number }>(
    `SELECT count(*) AS count FROM file AS f JOIN asset AS a ON a.id = f.asset_id WHERE ${inScope(scope)} AND ${isDescribed}`,
    valuesOf(asker, scope),
  );
  return row?.count ?? 0; // why 0: the type of an aggregate's one row does not say that there is one
}

/** A page of the files in scope that are not described, in the order in which they were found. */
export function listUndescribed(
  db: ReadDb,
  asker: Asker,
  scope: Scope,
  after: number,
  limit: number,
): Undescribed[] {
  const rows = db.all<Row>(
    `SELECT f.id AS fileId, a.id AS assetId, r.path AS rootPath, f.relative_path AS relativePath, f.reason,
       r.state AS rootState, ${privacyOfFile} AS privacy, a.is_excluded AS isExcluded, a.state AS assetState, a.error AS assetError,
       (SELECT job.last_error FROM job WHERE job.state = 'failed'
          AND job.dedupe_key = @keyPrefix || coalesce(a.content_hash, a.id)
        ORDER BY job.id DESC LIMIT 1) AS jobError,
       ${decoderError} AS decoderError
     FROM file AS f JOIN root AS r ON r.id = f.root_id LEFT JOIN asset AS a ON a.id = f.asset_id
     WHERE f.id > @after AND ${inScope(scope)} AND NOT ${isDescribed} ORDER BY f.id LIMIT @limit`,
    { ...valuesOf(asker, scope), keyPrefix: describeKeyPrefix(asker.id), after, limit },
  );
  const privacies = allowedPrivacies(asker);
  return rows.map((row) => ({
    fileId: row.fileId,
    assetId: row.assetId,
    rootPath: row.rootPath,
    relativePath: row.relativePath,
    ...outcomeOf(row, privacies),
  }));
}

function outcomeOf(row: Row, privacies: readonly Privacy[]): Pick<Undescribed, 'outcome' | 'error'> {
  const assetError = row.assetError === null ? null : (JSON.parse(row.assetError) as ErrorInfo); // why: only its store writes it
  if (row.assetId === null) {
    return { outcome: 'skipped', error: { code: row.reason ?? 'not-a-photo', details: {} } };
  }
  if (row.isExcluded === 1) return { outcome: 'skipped', error: { code: 'excluded', details: {} } };
  if (row.assetState === 'unsupported') return { outcome: 'skipped', error: assetError };
  if (row.assetState === 'unreadable') return { outcome: 'failed', error: assetError };
  if (row.rootState === 'offline') {
    return { outcome: 'skipped', error: { code: 'root-offline', details: { path: row.rootPath } } };
  }
  if (!privacies.includes(row.privacy)) {
    return { outcome: 'skipped', error: { code: 'privacy', details: { privacy: row.privacy } } };
  }
  if (row.jobError !== null) {
    return { outcome: 'failed', error: JSON.parse(row.jobError) as ErrorInfo }; // why: written by the queue's store only
  }
  if (row.decoderError !== null) {
    return { outcome: 'skipped', error: JSON.parse(row.decoderError) as ErrorInfo }; // why: written by setFramesError only
  }
  return { outcome: 'waiting', error: null };
}

function valuesOf(asker: Asker, scope: Scope): Record<string, string | number | null> {
  return {
    ...describedValues(asker),
    ...(scope.folders === undefined ? {} : { folders: JSON.stringify(scope.folders) }),
    ...(scope.assetIds === undefined ? {} : { assetIds: JSON.stringify(scope.assetIds) }),
  };
}
