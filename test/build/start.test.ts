import { writeFileSync } from 'node:fs';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findElectron } from '../../build/start.mjs';
import { useTemporaryFolder } from '../helpers/database.ts';

const dayMs = 86_400_000;

async function usePackage(): Promise<string> {
  const folder = join(useTemporaryFolder(), 'electron');
  await mkdir(join(folder, 'dist'), { recursive: true });
  return folder;
}

async function install(folder: string): Promise<string> {
  await writeFile(join(folder, 'dist', 'electron'), '');
  await writeFile(join(folder, 'path.txt'), 'electron');
  return join(folder, 'dist', 'electron');
}

function fetch(): never {
  throw new Error('nothing is to be fetched');
}

describe('npm start looks for Electron', () => {
  const linux = { platform: 'linux' as const, env: { DISPLAY: ':0' }, now: Date.now() };

  it('and takes it where it is installed, without fetching anything', async () => {
    const folder = await usePackage();
    const binary = await install(folder);
    expect(findElectron({ ...linux, folder, fetch })).toEqual({ binary });
    expect(findElectron({ ...linux, folder, fetch, env: {} })).toEqual({
      reason: expect.stringContaining('display') as string,
    });
    expect(
      findElectron({ ...linux, folder, fetch, env: { DISPLAY: ':0', CUTLINE_HOST: 'web' } }),
    ).toHaveProperty('reason');
    expect(findElectron({ ...linux, folder, fetch, env: {}, platform: 'darwin' })).toEqual({ binary });
  });

  it('fetches it once, and does not try again for a day when that failed', async () => {
    const folder = await usePackage();
    let tries = 0;
    const failing = () => {
      tries += 1;
      return 'no network';
    };
    const find = (now: number, env = linux.env) =>
      findElectron({ ...linux, folder, fetch: failing, now, env });
    expect(find(Date.now())).toEqual({ reason: 'Electron could not be fetched (no network)' });
    expect(find(Date.now())).toEqual({ reason: expect.stringContaining('no network') as string });
    expect(tries).toBe(1);
    find(Date.now() + dayMs + 1_000);
    expect(tries).toBe(2);
    find(Date.now(), { DISPLAY: ':0', CUTLINE_HOST: 'electron' } as typeof linux.env);
    expect(tries).toBe(3);
  });

  it('forgets an earlier failure once the binary came', async () => {
    const folder = await usePackage();
    await writeFile(join(folder, 'fetch-failed.txt'), 'no network');
    const twoDaysAgo = new Date(Date.now() - 2 * dayMs);
    await utimes(join(folder, 'fetch-failed.txt'), twoDaysAgo, twoDaysAgo);
    const binary = join(folder, 'dist', 'electron');
    await writeFile(binary, '');
    const bring = () => {
      writeFileSync(join(folder, 'path.txt'), 'electron');
      return undefined;
    };
    expect(findElectron({ ...linux, folder, fetch: bring })).toEqual({ binary });
  });

  it('says so when the package itself is missing', () => {
    const folder = join(useTemporaryFolder(), 'electron');
    expect(findElectron({ ...linux, folder, fetch: () => undefined })).toHaveProperty('reason');
  });
});
