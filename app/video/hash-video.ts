import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { FileFormat } from '../imaging/formats.ts';
import { AppError, systemCode } from '../platform/errors.ts';

/**
 * [Note: Identity of videos]
 * A video of 20 GB is not read whole to know it again. Up to 16 MB every byte counts; of a larger one its size, its first and
 * last megabyte, and a hundred pieces of 64 kB at even distances between them. In MP4 and MOV the frames lie in boxes of
 * their own (`mdat`), apart from the metadata: `imageDataHash` is of those alone, so that a video that was moved and had
 * something written into its metadata is the same video. Other containers have one hash for both.
 */

const wholeBytes = 16 * 1024 * 1024;
const edgeBytes = 1024 * 1024;
const pieceBytes = 64 * 1024;
const pieces = 100;
/** Top-level boxes that are looked at: of a fragmented recording the rest counts as metadata. */
const mostBoxes = 10_000;

type Range = { readonly start: number; readonly end: number };

/** Hex of sha256 each. @throws {AppError} `file-unreadable`, `canceled` */
export async function hashVideo(
  file: FileHandle,
  sizeBytes: number,
  format: FileFormat,
  signal?: AbortSignal,
): Promise<{ readonly contentHash: string; readonly imageDataHash: string }> {
  const contentHash = await hashRange(file, { start: 0, end: sizeBytes }, signal);
  const frames = format === 'mp4' || format === 'mov' ? await findFrameData(file, sizeBytes) : [];
  if (frames.length === 0) return { contentHash, imageDataHash: contentHash };
  const digest = createHash('sha256');
  // The largest few: the boxes of a fragmented file are thousands.
  for (const range of frames.toSorted((one, other) => lengthOf(other) - lengthOf(one)).slice(0, 4)) {
    digest.update(await hashRange(file, range, signal));
  }
  return { contentHash, imageDataHash: digest.digest('hex') };
}

const lengthOf = ({ start, end }: Range): number => end - start;

async function hashRange(file: FileHandle, range: Range, signal: AbortSignal | undefined): Promise<string> {
  const digest = createHash('sha256').update(`${String(lengthOf(range))} `);
  for (const piece of piecesOf(range)) await addRange(digest, file, piece, signal);
  return digest.digest('hex');
}

/** All of a short range; the edges and even pieces of a long one, in order. */
export function piecesOf(range: Range): Range[] {
  if (lengthOf(range) <= wholeBytes) return [range];
  const { start, end } = range;
  const inner = { start: start + edgeBytes, end: end - edgeBytes };
  const step = (lengthOf(inner) - pieceBytes) / (pieces - 1);
  const between = Array.from({ length: pieces }, (_, index) => {
    const at = inner.start + Math.floor(step * index);
    return { start: at, end: at + pieceBytes };
  });
  return [{ start, end: inner.start }, ...between, { start: inner.end, end }];
}

async function addRange(
  digest: Hash,
  file: FileHandle,
  { start, end }: Range,
  signal: AbortSignal | undefined,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(edgeBytes, end - start));
  for (let at = start; at < end;) {
    if (signal?.aborted === true) throw new AppError('canceled', {}, { cause: signal.reason });
    const { bytesRead } = await readAt(file, buffer, Math.min(buffer.length, end - at), at);
    // It became shorter while it was read: whoever opened it sees that by its size.
    if (bytesRead === 0) return;
    digest.update(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** The contents of the `mdat` boxes at the top of an ISO base media file (ISO/IEC 14496-12 §4.2, §8.1.1). */
async function findFrameData(file: FileHandle, sizeBytes: number): Promise<Range[]> {
  const found: Range[] = [];
  const header = Buffer.alloc(16);
  for (let at = 0, boxes = 0; at + 8 <= sizeBytes && boxes < mostBoxes; boxes += 1) {
    const { bytesRead } = await readAt(file, header, 16, at);
    if (bytesRead < 8) break;
    const shortSize = header.readUInt32BE(0);
    if (shortSize === 1 && bytesRead < 16) break;
    const size =
      shortSize === 1 ? Number(header.readBigUInt64BE(8)) : shortSize === 0 ? sizeBytes - at : shortSize;
    const headerBytes = shortSize === 1 ? 16 : 8;
    if (size < headerBytes) break;
    const end = Math.min(at + size, sizeBytes);
    if (header.toString('latin1', 4, 8) === 'mdat' && end > at + headerBytes) {
      found.push({ start: at + headerBytes, end });
    }
    at += size;
  }
  return found;
}

async function readAt(file: FileHandle, buffer: Buffer, lengthBytes: number, position: number) {
  try {
    return await file.read(buffer, 0, lengthBytes, position);
  } catch (error) {
    throw new AppError('file-unreadable', { reason: systemCode(error) }, { cause: error });
  }
}
