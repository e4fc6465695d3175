import type { Finding } from '../../contract/finding.ts';
import { countWithoutDecoder } from '../../library/video-store.ts';
import { readSettings } from '../../settings/settings.ts';
import { findFfmpeg } from '../../video/ffmpeg.ts';
import type { ReadContext } from '../handlers/context.ts';
import { toFinding } from './to-finding.ts';

/** Whether there is an ffmpeg, and whether anything waits for one. */
export async function checkVideos({ read }: ReadContext): Promise<Finding[]> {
  const state = await findFfmpeg(readSettings(read).ffmpegPath ?? undefined);
  const videos = countWithoutDecoder(read);
  if (state.status === 'found') {
    const { version, command } = state.ffmpeg;
    // What it cannot decode waits for another one.
    return [toFinding(videos === 0 ? 'ffmpeg-runs' : 'ffmpeg-lacks', { version, command, videos })];
  }
  const { command, reason } = state;
  if (reason === 'too-old') return [toFinding('ffmpeg-too-old', { command, videos })];
  if (reason === 'broken') return [toFinding('ffmpeg-broken', { command, videos })];
  return [toFinding(videos === 0 ? 'ffmpeg-not-needed' : 'ffmpeg-missing', { command, videos })];
}
