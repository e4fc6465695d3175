import { open } from 'node:fs/promises';
import { AppError, fileErrorCode } from '../platform/errors.ts';
import type { VideoHeader } from './video-header.ts';

/** AVI, which mediabunny does not read: the main header and the headers of its streams (Microsoft's AVI RIFF reference). */

/** What the headers say of where frames are. */
export type AviHead = {
  readonly header: VideoHeader;
  /** Of the first stream with pictures, counted from 0: its chunks begin with that number, `00dc`. */
  readonly stream: number;
  /** Where the list of frames begins, with its `LIST`; `undefined` when it is not among the first bytes. */
  readonly framesAt: number | undefined;
};

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
  dmb1: 'mjpeg',
  xvid: 'mpeg4',
  divx: 'mpeg4',
  dx50: 'mpeg4',
  fmp4: 'mpeg4',
  mp4v: 'mpeg4',
};

/** @throws {AppError} `file-damaged`, `no-frames`, and `file-missing` or `file-unreadable` */
export async function readAviHead(path: string): Promise<AviHead> {
  const head = await readFirstBytes(path);
  try {
    return parse(head);
  } catch (error) {
    // A DataView refuses to read outside its bytes: that is how we learn that a number in the file lies.
    if (error instanceof RangeError) throw new AppError('file-damaged', { what: 'video' }, { cause: error });
    throw error;
  }
}

function parse(head: Uint8Array): AviHead {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const text = (at: number): string =>
    String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(at + index)));
  const codecAt = (at: number): string | null => codecs[text(at).toLowerCase()] ?? null;
  let main: number | undefined;
  let framesAt: number | undefined;
  let streams = 0;
  let video: { readonly stream: number; readonly rate: number; readonly frames: number } | undefined;
  let codec: string | null = null;
  let hasSound = false;
  // After `RIFF`, a size and `AVI `. Lists are entered, chunks passed over; each begins at an even place.
  let at = 12;
  while (at + 8 <= head.length) {
    const id = text(at);
    const size = view.getUint32(at + 4, true);
    if (id === 'LIST') {
      if (text(at + 8) === 'movi') {
        framesAt = at;
        break;
      }
      at += 12;
      continue;
    }
    const content = at + 8;
    if (id === 'avih') main = content;
    if (id === 'strh') {
      if (text(content) === 'auds') hasSound = true;
      if (text(content) === 'vids' && video === undefined) {
        const scale = view.getUint32(content + 20, true);
        video = {
          stream: streams,
          rate: scale === 0 ? 0 : view.getUint32(content + 24, true) / scale,
          frames: view.getUint32(content + 32, true),
        };
        codec = codecAt(content + 4);
      }
      streams += 1;
    }
    // What it is compressed with; the header before it names whoever made it, which is another name in some cameras.
    if (id === 'strf' && size >= 20 && video?.stream === streams - 1) codec = codecAt(content + 16) ?? codec;
    at = content + size + (size % 2);
  }
  if (main === undefined) {
    throw new AppError('file-damaged', { what: 'video', reason: 'Its header is missing.' });
  }
  // A chunk that goes on behind all headers: its length lies.
  if (video === undefined && at > head.length) throw new AppError('file-damaged', { what: 'video' });
  if (video === undefined) throw new AppError('no-frames', { reason: 'It holds no pictures.' });
  const microsecondsPerFrame = view.getUint32(main, true);
  const rate = video.rate > 0 ? video.rate : microsecondsPerFrame > 0 ? 1e6 / microsecondsPerFrame : 0;
  const frames = video.frames > 0 ? video.frames : view.getUint32(main + 16, true);
  return {
    header: {
      widthPx: view.getUint32(main + 32, true),
      heightPx: view.getUint32(main + 36, true),
      durationMs: rate > 0 ? Math.round((frames / rate) * 1000) : 0,
      codec,
      frameRate: rate > 0 ? rate : null,
      rotation: 0,
      hasSound,
    },
    stream: video.stream,
    framesAt,
  };
}

async function readFirstBytes(path: string): Promise<Uint8Array> {
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
