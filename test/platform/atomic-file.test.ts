import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFileAtomic } from '../../app/platform/atomic-file.ts';
import { useTemporaryFolder } from '../helpers/database.ts';

it('writes a new file, and puts a new one in the place of an old one', async () => {
  const path = join(useTemporaryFolder(), 'a.txt');
  await writeFileAtomic(path, 'old, and longer');
  await writeFileAtomic(path, new Uint8Array([0x6e, 0x65, 0x77]), { durable: false });
  expect(readFileSync(path, 'utf8')).toBe('new');
});

it('lets nobody else read what is only for its owner', async () => {
  const path = join(useTemporaryFolder(), 'key');
  await writeFileAtomic(path, 'secret', { mode: 0o600 });
  expect(statSync(path).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
});

it('writes through a link, which stays a link', async () => {
  const folder = useTemporaryFolder();
  mkdirSync(join(folder, 'elsewhere'));
  const [target, link] = [join(folder, 'elsewhere', 'real.txt'), join(folder, 'link.txt')];
  writeFileSync(target, 'old');
  symlinkSync(target, link);
  await writeFileAtomic(link, 'new');
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(target, 'utf8')).toBe('new');
});

it('leaves the old file and nothing half-written when it fails', async () => {
  const folder = useTemporaryFolder();
  mkdirSync(join(folder, 'in the way'));
  writeFileSync(join(folder, 'in the way', 'old.txt'), 'old');
  await expect(writeFileAtomic(join(folder, 'in the way'), 'new')).rejects.toMatchObject({
    code: expect.stringMatching(/^E/) as string,
  });
  expect(readdirSync(folder)).toEqual(['in the way']);
  await expect(writeFileAtomic(join(folder, 'no such folder', 'a.txt'), 'new')).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

it('copes with names as long as a disk allows', async () => {
  const path = join(useTemporaryFolder(), `${'ä'.repeat(120)}.txt`);
  await writeFileAtomic(path, 'kept');
  expect(readFileSync(path, 'utf8')).toBe('kept');
});
