import { AppError } from '../platform/errors.ts';
import type { VideoHeader } from './video-header.ts';

/** What mediabunny reads of a video. It may never come to an end over a damaged file: to be called in a thread of its own. */

/** Enough frames to know the rate by. */
const packetsForRate = 60;

/** @throws {AppError} `file-damaged` without a readable index, `no-frames` for sound alone. */
export async function readHeader(path: string): Promise<VideoHeader> {
  const input = await openInput(path);
  try {
    const track = await input.getPrimaryVideoTrack();
    const sound = await input.getPrimaryAudioTrack();
    if (track === null) {
      if (sound !== null) throw new AppError('no-frames', { reason: 'sound-alone' });
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

/** Whether its frames are brighter than a JPEG can say, by its headers. `false` where they do not tell. */
export async function readHighDynamicRange(path: string): Promise<boolean> {
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

/** A frame as it stands in the file. */
export type FoundFrame = { readonly bytes: Uint8Array; readonly timeMs: number };

/** 4K in the best quality has a tenth of it. */
export const mostFrameBytes = 32 * 1024 * 1024;

/**
 * The frame that is shown at a time, as it stands in the file; of a codec whose frames stand alone.
 *
 * @throws {AppError} `no-frames`
 */
export async function readFrame(path: string, atMs: number): Promise<FoundFrame | undefined> {
  const { EncodedPacketSink } = await import('mediabunny');
  const input = await openInput(path);
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) return undefined;
    const packets = new EncodedPacketSink(track);
    // First where it stands: a size that lies shall not take memory. Half a millisecond more, since times are told in whole ones.
    const places = { metadataOnly: true } as const;
    const place =
      (await packets.getPacket((atMs + 0.5) / 1000, places)) ?? (await packets.getFirstPacket(places));
    if (place === null) return undefined;
    if (place.byteLength > mostFrameBytes) throw new AppError('no-frames', { reason: tooLarge });
    const packet = await packets.getPacket(place.timestamp);
    const timeMs = Math.max(0, Math.round(place.timestamp * 1000));
    return packet === null ? undefined : { bytes: packet.data.slice(), timeMs };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('no-frames', { reason: 'Its index cannot be read.' }, { cause: error });
  } finally {
    input.dispose();
  }
}

export const tooLarge = 'A frame of it is too large.';

/** To be disposed of. */
async function openInput(path: string) {
  const { ALL_FORMATS, FilePathSource, Input, Logging, LogLevel } = await import('mediabunny');
  // It would print what it does not know to the terminal. All of that is in the header: a codec without a name keeps the file's own.
  Logging.level = LogLevel.Silent;
  return new Input({ source: new FilePathSource(path), formats: ALL_FORMATS });
}

/** Motion JPEG, by its name in a MOV and in a Matroska file; `mjpb` is another thing, which no JPEG decoder reads. */
const namesOfJpegs: ReadonlySet<string> = new Set(['jpeg', 'mjpa', 'dmb1', 'V_MJPEG']);

/** What the file itself calls its codec, such as `mp4v`; `null` where that is no name. */
function ownName(id: string | number | Uint8Array | null): string | null {
  if (typeof id !== 'string' || !/^[\w/.-]{2,32}$/.test(id)) return null;
  return namesOfJpegs.has(id) ? 'mjpeg' : id;
}
