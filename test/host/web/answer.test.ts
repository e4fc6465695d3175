import { createServer, request, type ClientRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { AssetId } from '../../../app/contract/ids.ts';
import { answer } from '../../../app/host/web/answer.ts';
import { renditionPath, writeRendition } from '../../../app/library/renditions.ts';
import { silentLog } from '../../../app/platform/log.ts';
import { useTemporaryFolder } from '../../helpers/database.ts';

const key = 'k'.repeat(32);

/** Serves one picture on loopback. */
async function servePicture(): Promise<{
  readonly port: number;
  readonly path: string;
  readonly bytes: Buffer;
}> {
  const library = useTemporaryFolder();
  const path = renditionPath(library, 1 as AssetId, 'thumbnail'); // why: any number is an id
  const bytes = Buffer.alloc(300_000, 'picture');
  await writeRendition(path, bytes);
  const folders = { renderer: join(library, 'renderer'), library };
  const hosts = new Set<string>();
  const server = createServer((incoming, response) => {
    void answer(incoming, response, { rules: { key, hosts }, folders, log: silentLog });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // why: it listens on a port
  hosts.add(`127.0.0.1:${String(port)}`);
  return { port, path, bytes };
}

function ask(port: number): ClientRequest {
  return request({ host: '127.0.0.1', port, path: `/${key}/photo/thumbnail/1`, agent: false }).end();
}

function whole(port: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    ask(port)
      .on('error', reject)
      .on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          resolve(Buffer.concat(chunks));
        });
      });
  });
}

/** The page goes on after so many turns of the event loop, before or in the middle of the answer. */
function givenUp(port: number, turns: number): Promise<void> {
  return new Promise((resolve) => {
    const asked = ask(port);
    asked.on('error', () => undefined).on('close', resolve);
    const wait = (left: number): void => {
      if (left === 0) asked.destroy();
      else setImmediate(wait, left - 1);
    };
    wait(turns);
  });
}

it('gives a picture whole', async () => {
  const { port, bytes } = await servePicture();
  expect((await whole(port)).equals(bytes)).toBe(true);
});

it.runIf(process.platform === 'linux')(
  'keeps no file open for a page that goes on before its pictures have come',
  async () => {
    const { port, path } = await servePicture();
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 40 }, (_, turns) => givenUp(port, turns)));
    }
    // What is asked for after them is answered after them.
    await whole(port);
    const open = await Promise.all(
      (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`).catch(() => '')),
    );
    expect(open.filter((target) => target === path)).toEqual([]);
  },
);
