import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AssetId } from '../../../app/contract/ids.ts';
import { pictureUrl } from '../../../app/contract/resource-url.ts';
import { startWebHost, type WebHost, type WebHostOptions } from '../../../app/host/web/web-host.ts';
import { renditionPath, writeRendition } from '../../../app/library/renditions.ts';
import { silentLog } from '../../../app/platform/log.ts';
import { useTemporaryFolder } from '../../helpers/database.ts';

async function start(folder: string, more: Partial<WebHostOptions> = {}): Promise<WebHost> {
  const host = await startWebHost({
    folders: { renderer: join(folder, 'renderer'), library: folder },
    bookmarkFolder: folder,
    connect: () => undefined,
    log: silentLog,
    ...more,
  });
  onTestFinished(() => host.close());
  return host;
}

describe('the address of a browser host', () => {
  it('is the same after a restart, and readable by nobody else', async () => {
    const folder = useTemporaryFolder();
    const first = await start(folder);
    await first.close();
    expect((await stat(join(folder, 'serve.json'))).mode & 0o777).toBe(0o600);
    await chmod(join(folder, 'serve.json'), 0o644);
    const second = await start(folder);
    expect(second.url).toBe(first.url);
    expect(second.takenPort).toBeUndefined();
    expect((await stat(join(folder, 'serve.json'))).mode & 0o777).toBe(0o600);
  });

  it('has the next free port while another program has its own, and its own again later', async () => {
    const folder = useTemporaryFolder();
    const first = await start(folder);
    await first.close();
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(first.port, '127.0.0.1', resolve);
    });
    const meanwhile = await start(folder);
    expect(meanwhile.takenPort).toBe(first.port);
    expect(meanwhile.port).not.toBe(first.port);
    expect(new URL(meanwhile.url).pathname).toBe(new URL(first.url).pathname);
    await meanwhile.close();
    await new Promise((resolve) => {
      other.close(resolve);
    });
    expect((await start(folder)).url).toBe(first.url);
  });

  it('is made anew when what was kept cannot be used', async () => {
    const folder = useTemporaryFolder();
    for (const content of ['', '{', '{"key":"short","port":80}', '{"key":7}', 'null']) {
      await writeFile(join(folder, 'serve.json'), content);
      const host = await start(folder);
      expect(new URL(host.url).pathname).toMatch(/^\/[\w-]{43}\/$/);
      expect(JSON.parse(await readFile(join(folder, 'serve.json'), 'utf8'))).toMatchObject({
        port: host.port,
      });
      await host.close();
    }
  });

  it('is open to other machines under a given name only', async () => {
    const folder = useTemporaryFolder();
    await expect(start(folder, { host: '0.0.0.0' })).rejects.toMatchObject({ code: 'invalid-input' });
    const host = await start(folder, { host: '0.0.0.0', allowedHosts: ['nas.local'] });
    expect(new URL(host.url).host).toBe(`nas.local:${String(host.port)}`);
    // From this machine it can be reached as before.
    const local = new URL(host.url);
    local.host = `127.0.0.1:${String(host.port)}`;
    expect((await fetch(local)).status).toBe(503);
  });
});

describe('what a browser host serves', () => {
  it('is the built renderer, renditions by id, resources by name, and nothing else of the library', async () => {
    const folder = useTemporaryFolder();
    await mkdir(join(folder, 'renderer', 'assets'), { recursive: true });
    await writeFile(join(folder, 'renderer', 'index.html'), '<!doctype html>');
    await writeFile(join(folder, 'renderer', 'assets', 'empty.css'), '');
    await writeRendition(renditionPath(folder, 7 as AssetId, 'thumbnail'), Buffer.from('a picture'));
    await mkdir(join(folder, 'data'));
    await writeFile(join(folder, 'data', 'grid-1.bin'), Buffer.from([1, 2, 3]));
    await writeFile(join(folder, 'library.db'), 'secret');
    const { url } = await start(folder);

    const get = async (address: string): Promise<[number, string]> => {
      const response = await fetch(new URL(address, url));
      return [response.status, await response.text()];
    };
    await expect(get('./')).resolves.toEqual([200, '<!doctype html>']);
    await expect(get('./assets/empty.css')).resolves.toEqual([200, '']);
    await expect(get(pictureUrl('thumbnail', 7 as AssetId, 1))).resolves.toEqual([200, 'a picture']);
    await expect(get('./data/grid-1.bin')).resolves.toEqual([200, '\u0001\u0002\u0003']);
    await expect(get('./library.db')).resolves.toMatchObject([404, expect.any(String)]);
    await expect(get('./data')).resolves.toMatchObject([404, expect.any(String)]);
    await expect(get('./assets')).resolves.toMatchObject([404, expect.any(String)]);
    await expect(get(pictureUrl('thumbnail', 8 as AssetId, 1))).resolves.toMatchObject([
      404,
      expect.any(String),
    ]);
    // Without the slash, relative addresses would lose the key.
    const bare = await fetch(url.slice(0, -1), { redirect: 'manual' });
    expect(new URL(bare.headers.get('location') ?? '', url).href).toBe(url);
  });
});
