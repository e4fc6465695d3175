import { open } from 'node:fs/promises';
import { AppError, fileErrorCode } from '../platform/errors.ts';
import type { VideoHeader } from './video-header.ts';

/** AVI, which mediabunny does not read: the main header and the headers of its streams (Microsoft's AVI RIFF reference). */

/** The headers stand before the frames; an index that is longer is not needed. */
const headBytes = 64 * 1024;

/** Names of codecs as they stand in files (FourCC), and what the other containers call them. */
const codecs: Readonly<Record<string, string>> = {
  h264: 'avc',
  avc1: 'avc',
  x264: 'avc',
  hevc: 'hevc',
  h265: 'hevc',
  mjpg: 'mjpeg',
  xvid: 'mpeg4',
  divx: 'mpeg4',
  dx50: 'mpeg4',
  fmp4: 'mpeg4',
  mp4v: 'mpeg4',
};

export async function readAviHeader(path: string): Promise<VideoHeader> {
  const head = await readHead(path);
  try {
    return parse(head);
  } catch (error) {
    // A DataView refuses to read outside its bytes: that is how we learn that a number in the file lies.
    if (error instanceof RangeError) throw new AppError('file-damaged', { what: 'video' }, { cause: error });
    throw error;
  }
}

function parse(head: Uint8Array): VideoHeader {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const text = (at: number): string =>
    String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(at + index)));
  let main: number | undefined;
  let stream: { readonly codec: string | null; readonly rate: number; readonly frames: number } | undefined;
  let hasSound = false;
  // After `RIFF`, a size and `AVI `. Lists are entered, chunks passed over; each begins at an even place.
  let at = 12;
  while (at + 8 <= head.length) {
    const id = text(at);
    const size = view.getUint32(at + 4, true);
    if (id === 'LIST') {
      if (text(at + 8) === 'movi') break;
      at += 12;
      continue;
    }
    const content = at + 8;
    if (id === 'avih') main = content;
    if (id === 'strh' && text(content) === 'auds') hasSound = true;
    if (id === 'strh' && text(content) === 'vids') {
      const scale = view.getUint32(content + 20, true);
      stream ??= {
        codec: codecs[text(content + 4).toLowerCase()] ?? null,
        rate: scale === 0 ? 0 : view.getUint32(content + 24, true) / scale,
        frames: view.getUint32(content + 32, true),
      };
    }
    at = content + size + (size % 2);
  }
  if (main === undefined) {
    throw new AppError('file-damaged', { what: 'video', reason: 'Its header is missing.' });
  }
  // A chunk that goes on behind all headers: its length lies.
  if (stream === undefined && at > head.length) throw new AppError('file-damaged', { what: 'video' });
  if (stream === undefined) throw new AppError('no-frames', { reason: 'It holds no pictures.' });
  const microsecondsPerFrame = view.getUint32(main, true);
  const rate = stream.rate > 0 ? stream.rate : microsecondsPerFrame > 0 ? 1e6 / microsecondsPerFrame : 0;
  const frames = stream.frames > 0 ? stream.frames : view.getUint32(main + 16, true);
  return {
    widthPx: view.getUint32(main + 32, true),
    heightPx: view.getUint32(main + 36, true),
    durationMs: rate > 0 ? Math.round((frames / rate) * 1000) : 0,
    codec: stream.codec,
    frameRate: rate > 0 ? rate : null,
    rotation: 0,
    hasSound,
  };
}

async function readHead(path: string): Promise<Uint8Array> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw new AppError(fileErrorCode(error), { path }, { cause: error });
  }
}
