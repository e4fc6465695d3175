import { createHash } from 'node:crypto';
import { mkdir, utimes } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Call, Input, Output } from '../contract/procedures.ts';
import { identify } from '../imaging/header.ts';
import type { FileFormat } from '../imaging/formats.ts';
import { findAssetByPath } from '../library/asset-store.ts';
import { addRoot } from '../library/roots.ts';
import { webFolderOf } from '../library/web-folder.ts';
import { keepWebAddress } from '../library/web-picture-store.ts';
import { writeFileAtomic } from '../platform/atomic-file.ts';
import { AppError, toAppError } from '../platform/errors.ts';
import { fetchPicture, parseWebAddress } from '../providers/web/fetch-picture.ts';
import type { EngineParts } from './parts.ts';
import { scanRoots } from './scan.ts';

type Fetched = Output<'web.fetch'>[number];

/** A file that was written just now is waited for, since it may still be being copied; this one is whole. */
const olderMs = 60_000;

/** Fetches one after the other; what is wrong with one stops no other. */
export async function fetchWebPictures(
  parts: EngineParts,
  { addresses, allowPrivate }: Input<'web.fetch'>,
  { signal, tell }: Call<'web.fetch'>,
): Promise<Output<'web.fetch'>> {
  const folder = webFolderOf(parts.libraryFolder);
  const fetched: { address: string; relativePath?: string; error: Fetched['error'] }[] = [];
  for (const [index, address] of addresses.entries()) {
    tell({ done: index, total: addresses.length });
    try {
      const relativePath = await fetchInto(parts, folder, address, { allowPrivate, signal });
      fetched.push({ address, relativePath, error: null });
    } catch (error) {
      signal.throwIfAborted();
      fetched.push({ address, error: toAppError(error).toInfo() });
    }
  }
  tell({ done: addresses.length, total: addresses.length });
  if (fetched.every(({ relativePath }) => relativePath === undefined)) {
    return fetched.map(({ address, error }) => ({ address, path: null, assetId: null, error }));
  }
  const { rootId, prefix } = addRoot(parts, folder);
  parts.events.emit('root.changed', { rootId });
  await scanRoots(parts, [rootId]);
  return fetched.map(({ address, relativePath, error }) => {
    if (relativePath === undefined) return { address, path: null, assetId: null, error };
    const asset = findAssetByPath(parts.read, rootId, posix.join(prefix, relativePath));
    return { address, path: join(folder, relativePath), assetId: asset?.id ?? null, error };
  });
}

async function fetchInto(
  parts: EngineParts,
  folder: string,
  address: string,
  options: { readonly allowPrivate: boolean; readonly signal: AbortSignal },
): Promise<string> {
  const url = parseWebAddress(address);
  const { bytes, modifiedAtMs } = await fetchPicture(url, options);
  const format = await formatOf(bytes, url);
  const relativePath = placeOf(url, format);
  const path = join(folder, relativePath);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFileAtomic(path, bytes);
  const latest = Date.now() - olderMs;
  const modified = new Date(Math.min(modifiedAtMs ?? latest, latest));
  await utimes(path, modified, modified);
  parts.transact((db) => {
    keepWebAddress(db, relativePath, withoutQuery(url), parts.clock.now());
  });
  return relativePath;
}

/** @throws {AppError} `web-no-picture` */
async function formatOf(bytes: Uint8Array, url: URL): Promise<FileFormat> {
  try {
    return await identify(bytes);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError('web-no-picture', { host: url.host });
  }
}

/** Its host, and a folder that every fetching of the same address finds again; the name as the address has it. */
function placeOf(url: URL, format: FileFormat): string {
  const hash = createHash('sha256').update(url.href).digest('hex').slice(0, 10);
  const last = decode(url.pathname.split('/').findLast((part) => part !== '') ?? '');
  const stem = toFileName(last.replace(/\.[^.]*$/, '')) || 'picture';
  return posix.join(
    toFileName(url.hostname.replace(/^www\./, '')) || 'web',
    hash,
    `${stem}.${extensionOf(format)}`,
  );
}

function extensionOf(format: FileFormat): string {
  return format === 'jpeg' ? 'jpg' : format;
}

/** Of the characters that every file system takes; no name that hides or leads elsewhere. */
function toFileName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._ -]+/gu, '-')
    .replaceAll(/^[.\s-]+|[.\s-]+$/g, '')
    .slice(0, 80);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // A broken escape is as good a name as any.
  }
}

function withoutQuery(url: URL): string {
  return url.origin + url.pathname + (url.search === '' ? '' : '?…');
}
