import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createIgnoreRules } from '../../app/library/ignore-rules.ts';
import { comparePaths } from '../../app/library/paths.ts';
import { walk, type WalkItem, type WalkOptions } from '../../app/library/walk.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

function look(rootPath: string, options: Partial<WalkOptions> = {}): WalkItem[] {
  return [...walk({ rootPath, isIgnored: createIgnoreRules([]), ...options })];
}

it('meets files in the order of their whole paths, so that they can be merged with what is known', () => {
  const root = useTemporaryFolder();
  const paths = ['a/z.jpg', 'a.jpg', 'a b/c.jpg', 'a/b/c.jpg', '🐕.jpg', 'ﬀ/1.jpg', 'B.jpg', 'a-b.jpg'];
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), '');
  }
  expect(look(root).map((item) => item.relativePath)).toEqual(paths.toSorted(comparePaths));
});

it('takes a photo without blocks for one that is only in the cloud, where the file system means that', () => {
  const root = useTemporaryFolder();
  writeFileSync(join(root, 'a.jpg'), '');
  truncateSync(join(root, 'a.jpg'), 1_000_000);
  const kindOf = (placeholdersHaveNoBlocks: boolean) => {
    const [item] = look(root, { placeholdersHaveNoBlocks });
    return item?.kind === 'file' ? item.fileKind : undefined;
  };
  expect(kindOf(true)).toEqual({ asset: null, reason: 'cloud-placeholder' });
  expect(kindOf(false)).toMatchObject({ asset: 'photo', format: 'jpeg' });
});

it('leaves out folders that are walked on their own', () => {
  const root = useTemporaryFolder();
  for (const folder of ['library', 'photos']) {
    mkdirSync(join(root, folder));
    writeFileSync(join(root, folder, '1.jpg'), '');
  }
  const items = look(root, { otherFolders: [join(root, 'library')] });
  expect(items.map((item) => item.relativePath)).toEqual(['photos/1.jpg']);
});
