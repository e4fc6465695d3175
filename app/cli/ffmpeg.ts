import { resolve } from 'node:path';
import type { VideoDecoder } from '../contract/procedures/video.ts';
import { messageFor } from '../contract/messages/en.ts';
import { AppError } from '../platform/errors.ts';
import { changeLibrary } from './change-library.ts';
import { interruptedStatus, type CommandContext } from './context.ts';
import { withEngine } from './engine-session.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { toLine } from './printable.ts';
import { upkeepText } from './upkeep-text.ts';

export type FfmpegFlags = { readonly fromPath?: true };

/** `cutline ffmpeg`: whether there is one for videos; with a path, that one is taken from now on, if it is one. */
export async function chooseFfmpeg(
  context: CommandContext,
  path: string | undefined,
  flags: FfmpegFlags,
): Promise<ExitStatus> {
  const fromPath = flags.fromPath === true;
  if (path !== undefined && fromPath) {
    throw new AppError('invalid-input', { reason: 'Name a program, or --from-path: not both.' });
  }
  if (path === undefined && !fromPath) return look(context);
  // A name alone is looked for in PATH; whatever names a folder is where it is, wherever Cutline is called later.
  const ffmpegPath = path === undefined ? null : /[/\\]/.test(path) ? resolve(path) : path;
  return changeLibrary(context, async (engine) => {
    const found = await engine.call('video.findDecoder', { ffmpegPath });
    // What is none is not kept: every video would wait for it.
    if (found.ffmpeg.status === 'missing' && ffmpegPath !== null) throw problemOf(found);
    await engine.call('setting.set', { ffmpegPath });
    context.terminal.print(toLine(describeDecoder(found)));
    return found;
  });
}

async function look(context: CommandContext): Promise<ExitStatus> {
  const end = await withEngine(context, {}, (engine) => engine.call('video.findDecoder', {}));
  if (end.status === 'interrupted') return interruptedStatus(context);
  context.terminal.printJson(end.result);
  context.terminal.print(toLine(describeDecoder(end.result)));
  return end.result.ffmpeg.status === 'found' ? exitStatus.done : exitStatus.doneWithFailures;
}

function describeDecoder(found: VideoDecoder): string {
  const { command, ffmpeg } = found;
  if (ffmpeg.status === 'found') return upkeepText.ffmpegFound(command, ffmpeg.version);
  return messageFor(problemOf(found));
}

function problemOf({ command, ffmpeg }: VideoDecoder): AppError {
  return new AppError('no-video-decoder', {
    command,
    reason: ffmpeg.status === 'missing' ? ffmpeg.reason : 'not-found',
  });
}
