import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

/**
 * Microsoft's own emulator of blob storage as a process of its own, with everything in its memory, which is capped. Its account
 * and key are the well-known ones of every such emulator. Signatures are made here, by the service's documents, and not by
 * anything of ours.
 */

const account = 'devstoreaccount1';
const key = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
const version = '2020-08-04';

export type SasOptions = {
  /** @default 'rcw' */
  readonly permissions?: string;
  /** @default in an hour */
  readonly expiresAtMs?: number;
};

export type Azurite = {
  /** Makes a container. Gives its address, without a signature. */
  makeContainer(name: string): Promise<string>;
  /** Address of the container with a signature for it. */
  sas(container: string, options?: SasOptions): string;
  /** Lengths of its blobs, by name. */
  listBlobs(container: string): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
};

export async function startAzurite(): Promise<Azurite> {
  const main = createRequire(import.meta.url).resolve('azurite/dist/src/blob/main.js');
  const words =
    '--blobHost 127.0.0.1 --blobPort 0 --inMemoryPersistence --extentMemoryLimit 128 --skipApiVersionCheck --disableTelemetry --silent';
  const child = spawn(process.execPath, ['--max-old-space-size=256', main, ...words.split(' ')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  let origin: string | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    origin = /listens on (https?:\/\/\S+)/.exec(line)?.[1];
    if (origin !== undefined) break;
  }
  if (origin === undefined) throw new Error('Azurite ended before it listened');
  child.stdout.resume();
  const base = `${origin}/${account}`;
  return {
    makeContainer: async (name) => {
      const url = `${base}/${name}`;
      const made = await fetch(`${url}?restype=container&${accountSas()}`, { method: 'PUT' });
      if (made.status !== 201) throw new Error(`no container: ${String(made.status)} ${await made.text()}`);
      return url;
    },
    sas: (container, options) => `${container}?${containerSas(new URL(container).pathname, options)}`,
    listBlobs: async (container) => {
      const listed = await fetch(`${container}?restype=container&comp=list&${accountSas()}`);
      const blobs = (await listed.text()).matchAll(
        /<Name>([^<]*)<\/Name>.*?<Content-Length>(\d+)<\/Content-Length>/gs,
      );
      return new Map([...blobs].map(([, name = '', length]) => [name, Number(length)]));
    },
    stop: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Resolves once the service does not take a signed address any more. */
export async function untilRefused(address: string): Promise<void> {
  let status = 0;
  while (status !== 403) ({ status } = await fetch(address, { method: 'HEAD' }));
}

function sign(lines: readonly string[]): string {
  return createHmac('sha256', Buffer.from(key, 'base64')).update(lines.join('\n'), 'utf8').digest('base64');
}

function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** For the test itself, which may do everything. */
function accountSas(): string {
  const values = { sp: 'rwdlac', ss: 'b', srt: 'sco', se: isoSeconds(Date.now() + 3_600_000), sv: version };
  const lines = [account, values.sp, values.ss, values.srt, '', values.se, '', '', version, ''];
  return new URLSearchParams({ ...values, sig: sign(lines) }).toString();
}

/** For one container. @param path of its address: the account is in it once */
function containerSas(
  path: string,
  { permissions = 'rcw', expiresAtMs = Date.now() + 3_600_000 }: SasOptions = {},
): string {
  const se = isoSeconds(expiresAtMs);
  const lines = [permissions, '', se, `/blob${path}`, '', '', '', version, 'c', '', '', '', '', '', ''];
  return new URLSearchParams({ sp: permissions, se, sv: version, sr: 'c', sig: sign(lines) }).toString();
}
