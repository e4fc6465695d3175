import type { RootId } from '../contract/ids.ts';
import type { ReadDb, WriteDb } from '../db/open.ts';

/** What a person says of a folder and everything below it, such as the event. */
export type FolderNote = {
  readonly rootId: RootId;
  /** From the root, with `/`; empty for the root itself. */
  readonly relativePath: string;
  readonly note: string;
};

/** @param note `null` takes it away */
export function setFolderNote(
  db: WriteDb,
  { rootId, relativePath }: Pick<FolderNote, 'rootId' | 'relativePath'>,
  note: string | null,
  nowMs: number,
): void {
  if (note === null) {
    db.run('DELETE FROM folder_note WHERE root_id = ? AND relative_path = ?', [rootId, relativePath]);
  } else {
    db.run(
      `INSERT INTO folder_note (root_id, relative_path, note, updated_at_ms) VALUES (@rootId, @relativePath, @note, @nowMs)
       ON CONFLICT (root_id, relative_path) DO UPDATE SET note = @note, updated_at_ms = @nowMs`,
      { rootId, relativePath, note, nowMs },
    );
  }
}

/** Of some folder and of those around it, outermost first. */
export function listNotesAround(db: ReadDb, rootId: RootId, relativePath: string): FolderNote[] {
  return db.all<FolderNote>(
    `SELECT root_id AS rootId, relative_path AS relativePath, note FROM folder_note
     WHERE root_id = @rootId AND (relative_path IN ('', @path) OR (@path >= relative_path || '/' AND @path < relative_path || '0'))
     ORDER BY length(relative_path)`,
    { rootId, path: relativePath },
  );
}

/** All of the library, by folder. */
export function listFolderNotes(db: ReadDb): FolderNote[] {
  return db.all<FolderNote>(
    'SELECT root_id AS rootId, relative_path AS relativePath, note FROM folder_note ORDER BY root_id, relative_path',
  );
}

/** Is there, or was there, a file below this folder? */
export function isKnownFolder(db: ReadDb, rootId: RootId, relativePath: string): boolean {
  return (
    relativePath === '' ||
    db.get(
      `SELECT 1 FROM file WHERE root_id = @rootId AND state = 'present'
         AND relative_path >= @path || '/' AND relative_path < @path || '0' LIMIT 1`,
      { rootId, path: relativePath },
    ) !== undefined
  );
}

/** Its folder is called otherwise now. */
export function moveFolderNote(
  db: WriteDb,
  { rootId, relativePath }: Pick<FolderNote, 'rootId' | 'relativePath'>,
  to: Pick<FolderNote, 'rootId' | 'relativePath'>,
): void {
  db.run('UPDATE folder_note SET root_id = ?, relative_path = ? WHERE root_id = ? AND relative_path = ?', [
    to.rootId,
    to.relativePath,
    rootId,
    relativePath,
  ]);
}
