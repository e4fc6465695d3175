import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AssetId, FileId, RootId } from '../../app/contract/ids.ts';
import type { KnownFile } from '../../app/library/file-store.ts';
import { KnownFiles } from '../../app/library/known-files.ts';
import { comparePaths, sortPaths } from '../../app/library/paths.ts';
import {
  hasSameBytes,
  reconcile,
  settleReplaced,
  type Difference,
  type Recognizer,
} from '../../app/library/reconcile.ts';
import type { FileEntry, WalkItem } from '../../app/library/walk.ts';

const rootId = 1 as RootId;
const photo = { asset: 'photo', format: 'jpeg', formatName: 'JPEG' } as const;

/** What is known: present and missing files. */
type Known = readonly (KnownFile & { readonly state: 'present' | 'missing' })[];

type DiskFile = { readonly relativePath: string; readonly inode: number; readonly content: number };

function toEntry({ relativePath, inode, content }: DiskFile): FileEntry {
  return {
    relativePath,
    inode,
    sizeBytes: content,
    mtimeMs: content,
    device: 1,
    linkCount: 1,
    fileKind: photo,
  };
}

/** Every name its own inode: the place of a known inode is always free to be taken. */
function recognizerOf(known: Known): Recognizer {
  return (entry, found) =>
    known.find(
      (file) =>
        !found.has(file.id) &&
        hasSameBytes(entry, file) &&
        (file.inode === entry.inode ||
          (file.state === 'missing' && file.relativePath === entry.relativePath)),
    );
}

function walkPlace(item: WalkItem): string {
  return item.relativePath + (item.kind === 'closed-folder' ? '/' : '');
}

function compare(known: Known, disk: readonly DiskFile[], closed: readonly string[] = []): Difference[] {
  const inClosed = (path: string) => closed.some((folder) => path.startsWith(`${folder}/`));
  const files = disk
    .filter((file) => !inClosed(file.relativePath))
    .map((file) => ({ kind: 'file', ...toEntry(file) }) as const);
  const folders = closed.map(
    (relativePath) => ({ kind: 'closed-folder', relativePath, code: undefined }) as const,
  );
  const items = [...files, ...folders].toSorted((a, b) => comparePaths(walkPlace(a), walkPlace(b)));
  const present = known
    .filter((file) => file.state === 'present')
    .toSorted((a, b) => comparePaths(a.relativePath, b.relativePath));
  // Pages of three, so that they end in all sorts of places.
  const pages = new KnownFiles('', (afterPath, limit) =>
    present.filter((file) => comparePaths(file.relativePath, afterPath) > 0).slice(0, limit),
  );
  const found = new Map<FileId, string>();
  const differences = [...reconcile({ items, known: pages, rootId, recognize: recognizerOf(known), found })];
  return differences.map((difference) =>
    difference.kind === 'replaced' ? settleReplaced(difference, found) : difference,
  );
}

/** What is known after a scan, as the stores would have it. */
function apply(known: Known, differences: readonly Difference[]): Known {
  const files = new Map(known.map((file) => [file.id, file]));
  let nextId = Math.max(0, ...files.keys()) + 1;
  const absent = new Set<FileId>();
  for (const difference of differences) {
    switch (difference.kind) {
      case 'gone':
      case 'displaced':
        absent.add(difference.file.id);
        break;
      case 'added': {
        const id = nextId++ as FileId;
        files.set(id, {
          ...place(difference.entry),
          id,
          rootId,
          assetId: (1_000 + id) as AssetId,
          role: 'original',
          reason: null,
        });
        break;
      }
      case 'changed':
      case 'moved':
      case 'returned':
        absent.delete(difference.file.id);
        files.set(difference.file.id, { ...difference.file, ...place(difference.entry) });
        break;
      case 'unchanged':
        absent.delete(difference.file.id);
        break;
      case 'unreadable':
      case 'replaced':
        break;
    }
  }
  return [...files.values()].map((file) => (absent.has(file.id) ? { ...file, state: 'missing' } : file));
}

function place({ relativePath, inode, sizeBytes, mtimeMs }: FileEntry) {
  return { relativePath, inode, sizeBytes, mtimeMs, state: 'present' } as const;
}

const assetByInode = (files: Known) => new Map(files.map((file) => [file.inode, file.assetId]));

const presentPlaces = (known: Known) =>
  known
    .filter((file) => file.state === 'present')
    .map(({ relativePath, inode, sizeBytes }) => `${relativePath} ${String(inode)} ${String(sizeBytes)}`)
    .toSorted();

const places = (disk: readonly DiskFile[]) =>
  disk
    .map(({ relativePath, inode, content }) => `${relativePath} ${String(inode)} ${String(content)}`)
    .toSorted();

/** Few names, so that they meet: folders whose names begin alike, and characters that sort differently in UTF-16. */
const names = fc.constantFrom('a', 'a b', 'a.jpg', 'b', '\uFFFC', '🐕', 'é');
const paths = fc.array(names, { minLength: 1, maxLength: 3 }).map((parts) => `${parts.join('/')}/file.jpg`);
const disks = fc
  .uniqueArray(
    fc.record({
      relativePath: paths,
      inode: fc.integer({ min: 1, max: 12 }),
      content: fc.integer({ min: 1, max: 3 }),
    }),
    { selector: (file) => file.relativePath, maxLength: 10 },
  )
  .map((files) => {
    const inodes = new Set<number>();
    return files.filter((file) => !inodes.has(file.inode) && inodes.add(file.inode));
  });

const scanned = (disk: readonly DiskFile[]): Known => apply([], compare([], disk));

describe('reconcile', () => {
  it('ends with exactly what is on disk, and finds nothing to do the second time', () => {
    fc.assert(
      fc.property(disks, disks, disks, (first, second, third) => {
        let known = scanned(first);
        for (const disk of [second, third]) {
          known = apply(known, compare(known, disk));
          expect(presentPlaces(known)).toEqual(places(disk));
          expect(compare(known, disk).filter((difference) => difference.kind !== 'unchanged')).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('loses no asset, and never gives one to two files', () => {
    fc.assert(
      fc.property(disks, disks, disks, (first, second, third) => {
        let known = scanned(first);
        for (const disk of [second, third, first]) {
          const after = apply(known, compare(known, disk));
          const assets = after.map((file) => file.assetId);
          expect(new Set(assets).size).toBe(assets.length);
          expect(assets).toEqual(expect.arrayContaining(known.map((file) => file.assetId)));
          known = after;
        }
      }),
      { numRuns: 300 },
    );
  });

  it('brings every asset along when files are only renamed', () => {
    fc.assert(
      fc.property(disks, fc.uniqueArray(paths, { minLength: 10, maxLength: 10 }), (disk, targets) => {
        const known = scanned(disk);
        const renamed = disk.map((file, index) => ({ ...file, relativePath: targets[index]! }));
        const after = apply(known, compare(known, renamed));
        expect(assetByInode(after)).toEqual(assetByInode(known));
        expect(after.filter((file) => file.state === 'missing')).toEqual([]);
      }),
    );
  });

  it('leaves alone what is known of folders that were not entered', () => {
    fc.assert(
      fc.property(disks, names, (disk, folder) => {
        const known = scanned(disk);
        const outside = disk.filter((file) => !file.relativePath.startsWith(`${folder}/`));
        const after = apply(known, compare(known, outside, [folder]));
        expect(presentPlaces(after)).toEqual(places(disk));
      }),
    );
  });
});

describe('comparePaths', () => {
  it('orders as the bytes of UTF-8 do', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (strings) => {
        const byBytes = strings.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(sortPaths(strings)).toEqual(byBytes);
      }),
    );
  });
});
