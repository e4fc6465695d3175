import type { RootId } from '../contract/ids.ts';
import type { Privacy } from '../contract/models/root.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** Where the photos of a folder inside a root, and of everything below it, may go. The innermost folder decides. */
export type FolderPrivacy = {
  readonly rootId: RootId;
  /** From the root, with `/`; never empty: a root's own privacy stands with the root. */
  readonly relativePath: string;
  readonly privacy: Privacy;
};

const isAround = (path: string): string =>
  `${path} >= inside.relative_path || '/' AND ${path} < inside.relative_path || '0'`;

/** The privacy that holds for a file, in SQL that knows its `file AS f` and that file's `root AS r`. */
export const privacyOfFile = `coalesce((SELECT inside.privacy FROM folder_privacy AS inside
  WHERE inside.root_id = f.root_id AND ${isAround('f.relative_path')}
  ORDER BY length(inside.relative_path) DESC LIMIT 1), r.privacy)`;

/** What holds for a folder inside a root by the folders around it. */
export function privacyAround(db: ReadDb, rootId: RootId, relativePath: string): Privacy {
  return db.pluck<Privacy>(
    `SELECT coalesce((SELECT inside.privacy FROM folder_privacy AS inside
       WHERE inside.root_id = r.id AND ${isAround('@path')}
       ORDER BY length(inside.relative_path) DESC LIMIT 1), r.privacy) FROM root AS r WHERE r.id = @rootId`,
    { rootId, path: relativePath },
  )[0]!; // why !: the root is there, or its caller could not name it
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
