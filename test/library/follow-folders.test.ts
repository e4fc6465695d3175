import { array, assert, constantFrom, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import type { RootId } from '../../app/contract/ids.ts';
import { followFolders, type FolderMove } from '../../app/library/follow-folders.ts';

const root = 1 as RootId; // why: of no library
const noteAt = (relativePath: string) => ({ rootId: root, relativePath, note: relativePath });
const moved = (from: string, to: string): FolderMove => ({ fromRootId: root, from, toRootId: root, to });
const nothingLeft = () => true;

const targets = (folders: string[], moves: FolderMove[], isEmpty: () => boolean = nothingLeft) =>
  followFolders(folders.map(noteAt), moves, isEmpty).map(({ word, to }) => `${word.relativePath} → ${to}`);

test('a note follows a folder that was renamed, with its subfolders', () => {
  const moves = [moved('trip', 'Iceland'), moved('trip/day 1', 'Iceland/day 1')];
  expect(targets(['trip', 'trip/day 1', 'other'], moves)).toEqual([
    'trip → Iceland',
    'trip/day 1 → Iceland/day 1',
  ]);
  expect(targets(['2019'], [moved('2019/a/b', 'old/2019/a/b')])).toEqual(['2019 → old/2019']);
});

test('a note stays where files are left, went several ways, or another note is', () => {
  expect(targets(['trip'], [moved('trip', 'Iceland')], () => false)).toEqual([]);
  expect(targets(['trip'], [moved('trip', 'Iceland'), moved('trip/b', 'Norway/b')])).toEqual([]);
  expect(targets(['trip'], [moved('trip/a', 'best')])).toEqual([]);
  expect(targets(['trip', 'Iceland'], [moved('trip', 'Iceland')])).toEqual([]);
  expect(targets(['a', 'b'], [moved('a', 'c'), moved('b', 'c')])).toEqual([]);
  expect(targets(['', 'x'], [moved('trip', 'Iceland')])).toEqual([]);
});

test('never gives a folder two notes, nor moves one without a file that went there', () => {
  const folder = constantFrom('a', 'b', 'a/x', 'b/x', 'a/x/y', 'c');
  assert(
    property(array(folder), array(record({ from: folder, to: folder })), (folders, pairs) => {
      const notes = [...new Set(folders)].map(noteAt);
      const moves = pairs.map(({ from, to }) => moved(from, to));
      const followed = followFolders(notes, moves, nothingLeft);
      const staying = notes.filter(
        ({ relativePath }) => !followed.some(({ word }) => word.relativePath === relativePath),
      );
      const after = [...staying.map(({ relativePath }) => relativePath), ...followed.map(({ to }) => to)];
      expect(new Set(after).size).toBe(after.length);
      const hasMoved = followed.map(({ to }) =>
        moves.some((move) => move.to === to || move.to.startsWith(`${to}/`)),
      );
      expect(hasMoved).not.toContain(false);
    }),
  );
});
