import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../../app/db/connection.ts';
import type { FileId, RootId } from '../../app/contract/ids.ts';
import { insertFile } from '../../app/library/file-store.ts';
import {
  findMovieFile,
  listLiveFiles,
  listUnreadMovies,
  setMovieFacts,
} from '../../app/library/live-photo-store.ts';
import { insertRoot, setRootState } from '../../app/library/root-store.ts';
import { useTestDatabase } from '../helpers/database.ts';
import { explain } from '../helpers/query-plan.ts';

let db: Database;
let rootId: RootId;

beforeEach(() => {
  db = useTestDatabase();
  rootId = insertRoot(db, '/photos', 0);
  for (const relativePath of ['a/clip.MOV', 'a/clip.mp4', 'a/clip.avi', 'a/clip.mov.xmp', 'a/photo.jpg']) {
    insertFile(db, {
      rootId,
      assetId: null,
      relativePath,
      sizeBytes: 1,
      mtimeMs: 2,
      inode: 3,
      reason: null,
      foundAtMs: 4,
    });
  }
});

const unread = () => listUnreadMovies(db, 0, 10).map((id) => findMovieFile(db, id)?.absolutePath);

it('movies are to be read until they were, with an identifier or without', () => {
  expect(unread()).toEqual(['/photos/a/clip.MOV', '/photos/a/clip.mp4']);
  const [mov, mp4] = listUnreadMovies(db, 0, 10) as [FileId, FileId]; // why: the two that were just listed
  expect(listUnreadMovies(db, mov, 10)).toEqual([mp4]);
  setMovieFacts(db, mov, { identifier: undefined, facts: {} });
  expect(unread()).toEqual(['/photos/a/clip.mp4']);
  setMovieFacts(db, mp4, { identifier: 'C0FFEE00', facts: {} });
  expect(unread()).toEqual([]);
});

it('movies of a root that is offline wait', () => {
  setRootState(db, rootId, 'offline');
  expect(unread()).toEqual([]);
});

it('neither look reads the table of files', () => {
  const plan = explain(db, (reader) => {
    listUnreadMovies(reader, 0, 10);
    listLiveFiles(reader, 'C0FFEE00');
  });
  expect(plan.filter((line) => line.startsWith('SCAN file'))).toEqual([]);
  expect(plan.join('\n')).toMatch(/file_unread_movie/);
  expect(plan.join('\n')).toMatch(/file_content_identifier/);
});
