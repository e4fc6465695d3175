import type { FileFormat } from '../imaging/formats.ts';
import { AppError } from '../platform/errors.ts';
import { readAviHeader } from './avi-header.ts';
import type { VideoHeader } from './video-header.ts';

/** No camera makes larger frames, and a decoder that believes a larger number takes all memory. */
const longestSidePx = 16_384;
/** A hundred hours: what is longer is a number that lies. */
const longestMs = 360_000_000;
/** Enough frames to know the rate by. */
const packetsForRate = 60;

/**
 * @throws {AppError} `file-damaged` without a readable index, `no-frames` for sound alone, `image-too-large`, and
 *   `file-missing` or `file-unreadable`.
 */
export async function probeVideo(path: string, format: FileFormat): Promise<VideoHeader> {
  const header = await (format === 'avi' ? readAviHeader(path) : readByMediabunny(path));
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

/** To be disposed of. */
async function openInput(path: string) {
  // With the first video: it is seventy files, and most libraries begin with photos.
  const { ALL_FORMATS, FilePathSource, Input, Logging, LogLevel } = await import('mediabunny');
  // It would print what it does not know to the terminal. All of that is in the header: a codec without a name keeps the file's own.
  Logging.level = LogLevel.Silent;
  return new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
}

async function readByMediabunny(path: string): Promise<VideoHeader> {
  const input = await openInput(path);
  try {
    const track = await input.getPrimaryVideoTrack();
    const sound = await input.getPrimaryAudioTrack();
    if (track === null) {
      if (sound !== null) throw new AppError('no-frames', { reason: 'It holds sound alone.' });
      throw new AppError('file-damaged', {
        what: 'video',
        reason: 'Its index is missing: the recording or the copy was cut off.',
      });
    }
    const durationS =
      (await track.getDurationFromMetadata()) ??
      (await input.getDurationFromMetadata()) ??
      // Only files that were never finished, such as a stream that was saved, say nothing: their end is looked for.
      (await track.computeDuration());
    const { averagePacketRate } = await track.computePacketStats(packetsForRate);
    return {
      widthPx: await track.getDisplayWidth(),
      heightPx: await track.getDisplayHeight(),
      durationMs: Math.round(durationS * 1000),
      codec: (await track.getCodec()) ?? ownName(await track.getInternalCodecId()),
      frameRate: Number.isFinite(averagePacketRate) && averagePacketRate > 0 ? averagePacketRate : null,
      rotation: await track.getRotation(),
      hasSound: sound !== null,
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    // A parser meets numbers that lie: whatever it then throws says that of the file.
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unreadable';
    throw new AppError('file-damaged', { what: 'video', reason }, { cause: error });
  } finally {
    input.dispose();
  }
}

/** What the file itself calls its codec, such as `mp4v`; `null` where that is no name. */
function ownName(id: string | number | Uint8Array | null): string | null {
  return typeof id === 'string' && /^[\w/.-]{2,32}$/.test(id) ? id : null;
}

/** Whether its frames are brighter than a JPEG can say, by its headers. `false` where they do not tell. */
export async function isHighDynamicRange(path: string, format: FileFormat): Promise<boolean> {
  if (format === 'avi') return false;
  const input = await openInput(path);
  try {
    const track = await input.getPrimaryVideoTrack();
    return track !== null && (await track.hasHighDynamicRange());
  } catch {
    // Whoever reads the frames says what is wrong with the file.
    return false;
  } finally {
    input.dispose();
  }
}
