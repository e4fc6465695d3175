import type { RootId } from '../contract/ids.ts';
import type { Privacy } from '../contract/models/root.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';
import { privacyOfFile } from './privacy-of-file.ts';

/** Where the photos of a folder inside a root, and of everything below it, may go. The innermost folder decides. */
export type FolderPrivacy = {
  readonly rootId: RootId;
  /** From the root, with `/`; never empty: a root's own privacy stands with the root. */
  readonly relativePath: string;
  readonly privacy: Privacy;
};

/** What holds for a folder inside a root by the folders around it; `undefined` where there is no such root. */
export function privacyAround(db: ReadDb, rootId: RootId, relativePath: string): Privacy | undefined {
  return db.pluck<Privacy>(
    `SELECT ${privacyOfFile} FROM root AS r JOIN (SELECT @rootId AS root_id, @path AS relative_path) AS f ON r.id = f.root_id`,
    { rootId, path: relativePath },
  )[0];
}

/** @param privacy `null` = as the folders around it */
export function setFolderPrivacy(
  db: WriteDb,
  { rootId, relativePath }: Pick<FolderPrivacy, 'rootId' | 'relativePath'>,
  privacy: Privacy | null,
): void {
  if (privacy === null) {
    db.run('DELETE FROM folder_privacy WHERE root_id = ? AND relative_path = ?', [rootId, relativePath]);
  } else {
    db.run(
      `INSERT INTO folder_privacy (root_id, relative_path, privacy) VALUES (@rootId, @relativePath, @privacy)
       ON CONFLICT (root_id, relative_path) DO UPDATE SET privacy = @privacy`,
      { rootId, relativePath, privacy },
    );
  }
}

/** All of the library, or of one root, by folder. */
export function listFolderPrivacies(db: ReadDb, rootId?: RootId): FolderPrivacy[] {
  return db.all<FolderPrivacy>(
    `SELECT root_id AS rootId, relative_path AS relativePath, privacy FROM folder_privacy
     WHERE @rootId IS NULL OR root_id = @rootId ORDER BY root_id, relative_path`,
    { rootId: rootId ?? null },
  );
}
