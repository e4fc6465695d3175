import { AppError } from '../../platform/errors.ts';
import { isLocalEndpoint } from '../endpoint.ts';

/**
 * [Note: Signed addresses]
 * Whoever has the address of a container with its signature (SAS) can do there what it allows. So it lives in memory alone:
 * never in the library's database, never in a log, never in an error. What is told and kept is the address before the `?`.
 */
export type ContainerSas = {
  /** `https://ACCOUNT.blob.core.windows.net/CONTAINER`, without a slash at its end. */
  readonly container: string;
  /** Everything behind the `?`. */
  readonly query: string;
  readonly expiresAtMs: number | undefined;
};

/** The service reads the video by the same address that we write it to. */
const needed = [
  ['r', 'read'],
  ['w', 'write'],
] as const;

/**
 * Reads the address of a container with its signature, as the portal shows it (AZURE §6, blob upload).
 *
 * @throws {AppError} `invalid-input` with what is wrong with it, `sas-expired`; the address itself is not in them
 */
export function parseContainerSas(typed: string, nowMs: number): ContainerSas {
  const url = URL.parse(typed.trim().replaceAll(/^["'<]+|[>"']+$/g, ''));
  if (url === null) throw invalid('It is no address. Copy the “Blob SAS URL” of the container.');
  const { searchParams: query } = url;
  if ((query.get('sig') ?? '') === '') {
    throw invalid(
      'It has no signature. Copy the whole address, with all that stands behind the question mark.',
    );
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocalEndpoint(url))) {
    throw invalid('It must begin with https://.');
  }
  const container = url.origin + url.pathname.replace(/\/+$/, '');
  if (url.pathname.replaceAll('/', '') === '') throw invalid('It names no container.');
  const isOfAccount = query.has('srt');
  if (isOfAccount ? query.get('srt')?.includes('o') !== true : query.get('sr') !== 'c') {
    throw invalid('It is signed for something else than a container: make one for the container.');
  }
  const permissions = query.get('sp');
  // A stored policy may hold what is allowed, and until when.
  const missing = permissions === null ? undefined : needed.find(([letter]) => !permissions.includes(letter));
  if (missing !== undefined) {
    throw invalid(
      `It does not allow to ${missing[1]}: make one with the permissions Read, Create and Write.`,
    );
  }
  const expiresAtMs = Date.parse(query.get('se') ?? '');
  const expires = Number.isNaN(expiresAtMs) ? undefined : expiresAtMs;
  if (expires !== undefined && expires <= nowMs) throw new AppError('sas-expired');
  return { container, query: url.search.slice(1), expiresAtMs: expires };
}

/** Where a blob is, with the signature. */
export function signedUrl({ container, query }: ContainerSas, blob: string): string {
  return `${container}/${encodeURIComponent(blob)}?${query}`;
}

function invalid(reason: string): AppError {
  return new AppError('invalid-input', { reason: `The address of the container cannot be used. ${reason}` });
}
