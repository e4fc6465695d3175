import type { FileFormat } from '../imaging/formats.ts';
import { AppError } from '../platform/errors.ts';
import { readAviHead } from './avi-header.ts';
import { headerReader } from './header-reader.ts';
import type { VideoHeader } from './video-header.ts';

/** No camera makes larger frames, and a decoder that believes a larger number takes all memory. */
const longestSidePx = 16_384;
/** A hundred hours: what is longer is a number that lies. */
const longestMs = 360_000_000;

/**
 * @throws {AppError} `file-damaged` without a readable index, `no-frames` for sound alone, `image-too-large`, and
 *   `file-missing` or `file-unreadable`.
 */
export async function probeVideo(
  path: string,
  format: FileFormat,
  /** For tests: how long reading may take, in milliseconds. */
  limitMs?: number,
): Promise<VideoHeader> {
  const header = await (format === 'avi' ? readAvi(path) : readByMediabunny(path, limitMs));
  const { widthPx, heightPx, durationMs } = header;
  if (widthPx > longestSidePx || heightPx > longestSidePx) {
    throw new AppError('image-too-large', {
      megapixels: Math.round((widthPx * heightPx) / 1e6),
      limitMegapixels: Math.floor(longestSidePx ** 2 / 1e6),
    });
  }
  if (widthPx < 1 || heightPx < 1) {
    throw new AppError('file-damaged', { what: 'video', reason: 'Its size is unknown.' });
  }
  if (!(durationMs > 0 && durationMs <= longestMs)) {
    throw new AppError('no-frames', { reason: 'Its length is unknown, or nothing.' });
  }
  return header;
}

/** Whether its frames are brighter than a JPEG can say, by its headers. `false` where they do not tell. */
export async function isHighDynamicRange(path: string, format: FileFormat): Promise<boolean> {
  if (format === 'avi') return false;
  const answer = await headerReader.ask({ path, ask: 'dynamic-range' }).catch(() => undefined);
  return answer?.isHighDynamicRange ?? false;
}

async function readAvi(path: string): Promise<VideoHeader> {
  const { header } = await readAviHead(path);
  return header;
}

async function readByMediabunny(path: string, limitMs?: number): Promise<VideoHeader> {
  const { header } = await headerReader.ask({ path, ask: 'header' }, limitMs);
  if (header === undefined) throw new AppError('internal', { reason: 'A video was read without an answer.' });
  return header;
}
