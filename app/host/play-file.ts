import { open } from 'node:fs/promises';
import { readPlaying, type Playing } from '../library/playing.ts';
import { systemCode } from '../platform/errors.ts';

/** A part of a file that is played, as HTTP says it (RFC 9110 §14). */
export type PlayAnswer = {
  readonly status: 200 | 206 | 404 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array<ArrayBuffer>;
};

/**
 * So much is given at once, whatever was asked for: players ask on. In one piece and not as a stream, for the reason of
 * `read-page-file.ts`.
 */
const mostBytes = 2 * 1024 * 1024;

/** @param path of the name, from `playingPath`. @param range the header, if there was one */
export async function playFile(path: string, range: string | null | undefined): Promise<PlayAnswer> {
  const playing = await readPlaying(path);
  return playing === undefined ? nothing(404) : readPart(playing, range, mostBytes);
}

/** @param most bytes at once */
export async function readPart(
  playing: Playing,
  range: string | null | undefined,
  most: number,
): Promise<PlayAnswer> {
  try {
    const file = await open(playing.path, 'r');
    try {
      const { size } = await file.stat();
      const wish = toRange(range, size);
      if (wish === undefined) return nothing(416, { 'content-range': `bytes */${String(size)}` });
      const { start, end } = wish;
      const buffer = new Uint8Array(Math.min(end - start, most));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      const bytes = buffer.subarray(0, bytesRead);
      const isWhole = (range === null || range === undefined) && bytesRead === size;
      return {
        status: isWhole ? 200 : 206,
        headers: {
          'content-type': playing.contentType,
          'accept-ranges': 'bytes',
          'cache-control': 'no-store',
          'content-length': String(bytesRead),
          ...(isWhole
            ? {}
            : {
                'content-range': `bytes ${String(start)}-${String(start + bytesRead - 1)}/${String(size)}`,
              }),
        },
        bytes,
      };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return nothing(404);
    throw error;
  }
}

function nothing(status: 404 | 416, headers: Readonly<Record<string, string>> = {}): PlayAnswer {
  return { status, headers: { ...headers, 'cache-control': 'no-store' }, bytes: new Uint8Array(0) };
}

/**
 * The first range that is asked for, its end not included; all of it where none is, or where it is in words that are not
 * understood, as the standard has it. `undefined`: behind the end.
 */
export function toRange(
  header: string | null | undefined,
  sizeBytes: number,
): { readonly start: number; readonly end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)/.exec(header ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (from === '' && to === '') return sizeBytes === 0 ? undefined : { start: 0, end: sizeBytes };
  const start = from === '' ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === '' || to === '' ? sizeBytes : Math.min(sizeBytes, Number(to) + 1);
  return start < end ? { start, end } : undefined;
}
