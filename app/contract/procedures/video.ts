import { z } from 'zod';
import { settings } from '../settings.ts';
import { count } from './shared.ts';

/** Who takes frames out of videos here: an ffmpeg, or what the desktop decodes by itself. */
const videoDecoder = z.object({
  /** The command that was looked at: the one that was given, or `ffmpeg`. */
  command: z.string(),
  ffmpeg: z.discriminatedUnion('status', [
    z.object({ status: z.literal('found'), version: z.string() }),
    /** `broken`: it does not answer as ffmpeg does. */
    z.object({ status: z.literal('missing'), reason: z.enum(['not-found', 'too-old', 'broken']) }),
  ]),
  /** Whether most videos have pictures all the same. */
  hasOwnDecoder: z.boolean(),
  /** Videos without a picture for want of a decoder. */
  waiting: count,
});
export type VideoDecoder = z.infer<typeof videoDecoder>;

export const videoProcedures = {
  /** Starts that ffmpeg and asks for its version. Sets nothing. */
  'video.findDecoder': {
    reads: false,
    /** `null`: the one in PATH. Left out: the one that is set. */
    input: z.object({ ffmpegPath: settings.shape.ffmpegPath.unwrap().optional() }),
    output: videoDecoder,
  },
} as const;
