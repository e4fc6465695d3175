import type { videoProcedures } from '../../../contract/procedures/video.ts';
import type { HandlersOf, WriteProcedureName } from '../../../contract/procedures.ts';
import { countWithoutDecoder } from '../../../library/video-store.ts';
import { readSettings } from '../../../settings/settings.ts';
import { findFfmpeg } from '../../../video/ffmpeg.ts';
import type { EngineParts } from '../../parts.ts';

export function videoWrites({
  read,
  frames,
}: EngineParts): HandlersOf<typeof videoProcedures, WriteProcedureName> {
  return {
    'video.findDecoder': async ({ ffmpegPath }) => {
      const path = ffmpegPath === undefined ? readSettings(read).ffmpegPath : ffmpegPath;
      const state = await findFfmpeg(path ?? undefined);
      return {
        command: state.status === 'found' ? state.ffmpeg.command : state.command,
        ffmpeg:
          state.status === 'found'
            ? { status: 'found', version: state.ffmpeg.version }
            : { status: 'missing', reason: state.reason },
        hasOwnDecoder: frames.ownDecoder !== undefined,
        waiting: countWithoutDecoder(read),
      };
    },
  };
}
