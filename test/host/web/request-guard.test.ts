import { request } from 'node:http';
import { join } from 'node:path';
import { assert, boolean, constantFrom, oneof, property, record, string } from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { guardRequest } from '../../../app/host/web/request-guard.ts';
import { startWebHost, type WebHost } from '../../../app/host/web/web-host.ts';
import { silentLog } from '../../../app/platform/log.ts';
import { useTemporaryFolder } from '../../helpers/database.ts';

const key = 'k'.repeat(43);

type Headers = Readonly<Record<string, string>>;

/** Status of a request whose headers are exactly these, as a program that forges them would send it. */
function statusOf(port: number, path: string, headers: Headers, method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, setHost: false, headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

function openSocket(url: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on('open', () => {
      resolve('open');
      socket.terminate();
    });
    socket.on('error', ({ message }) => {
      resolve(message);
    });
  });
}

describe('a browser host', () => {
  let host: WebHost;
  let path: string;
  let own: string;

  const start = async (): Promise<void> => {
    const folder = useTemporaryFolder();
    host = await startWebHost({
      folders: { renderer: join(folder, 'renderer'), library: folder },
      bookmarkFolder: folder,
      connect: () => undefined,
      log: silentLog,
    });
    onTestFinished(() => host.close());
    path = new URL(host.url).pathname;
    own = `127.0.0.1:${String(host.port)}`;
  };

  it('answers its own page, and refuses whatever is forged', async () => {
    await start();
    const other = 'http://evil.example';
    const ownOrigin = `http://${own}`;
    const forged: Record<string, [string, Headers]> = {
      'a name that was made to point here': [path, { host: `evil.example:${String(host.port)}` }],
      'a name that points here on most machines': [path, { host: `localhost:${String(host.port)}` }],
      'our address without our port': [path, { host: '127.0.0.1' }],
      'another page of the same browser': [path, { host: own, origin: other }],
      'a page without an origin': [path, { host: own, origin: 'null' }],
      'another port of this machine': [path, { host: own, origin: 'http://127.0.0.1:1' }],
      'a page of another site that sends no origin': [path, { host: own, 'sec-fetch-site': 'cross-site' }],
      'a page of another name of the same site': [path, { host: own, 'sec-fetch-site': 'same-site' }],
      'no key': ['/', { host: own }],
      'a wrong key': [`/${'x'.repeat(43)}/`, { host: own }],
      'the beginning of the key': [path.slice(0, 20), { host: own }],
      'the key in another place': [`/x${path}`, { host: own }],
      'the key as a query': [`/?${path.slice(1)}`, { host: own }],
      'the key in an absolute address of another host': [`http://evil.example${path}`, { host: own }],
    };
    const statuses = await Promise.all(
      Object.entries(forged).map(async ([name, [at, headers]]) => [
        name,
        await statusOf(host.port, at, headers),
      ]),
    );
    expect(statuses).toEqual(Object.keys(forged).map((name) => [name, 403]));
    // The renderer is not built in this folder, which is said to nobody but our own page.
    await expect(statusOf(host.port, path, { host: own })).resolves.toBe(503);
    await expect(
      statusOf(host.port, path, { host: own, origin: ownOrigin, 'sec-fetch-site': 'same-origin' }),
    ).resolves.toBe(503);
  });

  it('changes nothing by HTTP: only GET is answered', async () => {
    await start();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']) {
      await expect(statusOf(host.port, path, { host: own }, method)).resolves.toBe(405);
    }
  });

  it('opens a WebSocket for its own page alone', async () => {
    await start();
    const url = `ws://${own}${path}engine`;
    const origin = `http://${own}`;
    await expect(openSocket(url, { origin })).resolves.toBe('open');
    for (const [at, headers] of [
      [url, {}],
      [url, { origin: 'http://evil.example' }],
      [url, { origin: `http://localhost:${String(host.port)}` }],
      [url, { origin, host: 'evil.example' }],
      [url, { origin, 'sec-fetch-site': 'cross-site' }],
      [`ws://${own}/engine`, { origin }],
      [`ws://${own}${path}`, { origin }],
      [`ws://${own}${path}engine2`, { origin }],
    ] as const) {
      await expect(openSocket(at, headers)).resolves.toContain('403');
    }
  });

  it('lets no other site show, embed or read what it answers', async () => {
    await start();
    const response = await fetch(host.url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /default-src 'none'.*frame-ancestors 'none'/,
      ) as string,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

const rules = { key, hosts: new Set(['127.0.0.1:4000', 'nas.local', 'nas.local:4000']) };

function kindOf(
  host: string | undefined,
  site: string | undefined,
  url: string | undefined,
  isSocket: boolean,
): 'allowed' | 'refused' {
  const headers = { host, origin: host === undefined ? undefined : `http://${host}`, 'sec-fetch-site': site };
  return guardRequest({ method: 'GET', url, headers }, rules, { isSocket }).kind;
}

describe('the guard', () => {
  it('takes a name that was allowed, in any case, also behind a proxy that speaks https', () => {
    const headers = { host: 'NAS.local', origin: 'https://NAS.local', 'sec-fetch-site': 'same-origin' };
    expect(guardRequest({ method: 'GET', url: `/${key}/a?b=1`, headers }, rules)).toEqual({
      kind: 'allowed',
      address: '/a?b=1',
    });
  });

  it('lets in only what is right in everything', () => {
    const good = {
      host: constantFrom('127.0.0.1:4000', 'nas.local', 'NAS.LOCAL:4000'),
      site: constantFrom(undefined, 'none', 'same-origin'),
      url: constantFrom(`/${key}`, `/${key}/`, `/${key}/a/b?c`),
      isSocket: boolean(),
    };
    const bad = {
      host: oneof(
        string(),
        constantFrom(undefined, '127.0.0.1', 'localhost:4000', '127.0.0.1:4000, nas.local'),
      ),
      site: oneof(string({ minLength: 1 }), constantFrom('cross-site', 'same-site', 'none, same-origin')),
      url: oneof(
        string(),
        constantFrom(undefined, `//${key}/`, `/${key}x/`, `/${key.slice(1)}/`, `/${key}%20/`),
      ),
    };
    assert(
      property(record(good), record(bad), (right, wrong) => {
        expect(kindOf(right.host, right.site, right.url, right.isSocket)).toBe('allowed');
        expect(kindOf(wrong.host, right.site, right.url, right.isSocket)).toBe('refused');
        expect(kindOf(right.host, wrong.site, right.url, right.isSocket)).toBe('refused');
        expect(kindOf(right.host, right.site, wrong.url, right.isSocket)).toBe('refused');
      }),
    );
  });
});
