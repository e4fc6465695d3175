import type { FileFormat } from '../imaging/formats.ts';
import { AppError } from '../platform/errors.ts';
import { isHighDynamicRange } from './probe.ts';
import { runFfmpeg, type Ffmpeg, type RunLimits } from './ffmpeg.ts';
import type { Frame, FrameOptions, FrameSource, FrameWish } from './frame-source.ts';

/** Of ffmpeg's readers; a file is only ever read as what its first bytes say that it is. */
const demuxers: Readonly<Partial<Record<FileFormat, string>>> = {
  mp4: 'mov',
  mov: 'mov',
  mkv: 'matroska',
  webm: 'matroska',
  avi: 'avi',
};

/** A single allocation that is larger is no frame. */
const mostAllocBytes = 512 * 1024 * 1024;

export function framesByFfmpeg(ffmpeg: Ffmpeg): FrameSource {
  return {
    take: async (wish, options) => {
      const isHdr = ffmpeg.canToneMap && (await isHighDynamicRange(wish.path, wish.format));
      return takeFrame(ffmpeg, wish, { ...options, isHdr });
    },
  };
}

/**
 * `undefined` when the video has no frame there.
 *
 * @throws {AppError} what `runFfmpeg` throws; `no-video-decoder` when this ffmpeg cannot decode the codec, `no-frames` with its
 *   own words when it cannot read the file.
 */
export async function takeFrame(
  ffmpeg: Pick<Ffmpeg, 'command'>,
  wish: FrameWish,
  options: FrameOptions & { readonly limits?: RunLimits; readonly isHdr?: boolean } = {},
): Promise<Frame | undefined> {
  const { isHdr = false } = options;
  const { output, words, exitCode } = await runFfmpeg(ffmpeg, toArguments(wish, isHdr), options);
  if (output.length > 0 && exitCode === 0) {
    return { bytes: output, timeMs: timeOf(words) ?? wish.atMs };
  }
  if (hasNoDecoder(words)) {
    throw new AppError('no-video-decoder', { command: ffmpeg.command, reason: 'codec' });
  }
  // It came to the end without a frame: there is none behind this time.
  if (exitCode === 0) return undefined;
  throw new AppError('no-frames', { reason: lastWords(words) });
}

/**
 * BT.2020 in PQ or HLG, brought to BT.709 (ITU-R BT.2390 says what is lost): by light, not by numbers, or skies are grey. 100 cd/m²
 * is what a JPEG calls white.
 */
const toneMap = [
  'zscale=t=linear:npl=100',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=tv',
  'format=yuv420p',
];

function toArguments({ path, format, atMs, boxPx, seek }: FrameWish, isHdr: boolean): string[] {
  const demuxer = demuxers[format];
  const box = String(boxPx);
  const square = 'scale=trunc(iw*sar/2)*2:ih,setsar=1';
  const fit = `scale=min(${box}\\,iw):min(${box}\\,ih):force_original_aspect_ratio=decrease`;
  return [
    '-hide_banner',
    '-nostdin',
    '-nostats',
    '-loglevel',
    'info',
    '-max_alloc',
    String(mostAllocBytes),
    '-protocol_whitelist',
    'file',
    ...(demuxer === undefined ? [] : ['-f', demuxer]),
    '-threads',
    '2',
    '-an',
    '-sn',
    '-dn',
    ...(seek === 'key-frame' ? ['-skip_frame', 'nokey', '-noaccurate_seek'] : []),
    '-copyts',
    '-ss',
    (atMs / 1000).toFixed(3),
    '-i',
    `file:${path}`,
    '-map',
    '0:V:0',
    '-frames:v',
    '1',
    '-vf',
    ['showinfo', square, fit, ...(isHdr ? toneMap : []), 'format=yuvj420p'].join(','),
    '-c:v',
    'mjpeg',
    '-q:v',
    '2',
    '-f',
    'image2pipe',
    'pipe:1',
  ];
}

/** As the filter `showinfo` says it: `n:   0 pts:   1024 pts_time:0.08 …`. */
function timeOf(words: string): number | undefined {
  const [, seconds] = /\bpts_time:\s*(-?[\d.]+)/.exec(words) ?? [];
  return seconds === undefined ? undefined : Math.max(0, Math.round(Number(seconds) * 1000));
}

function hasNoDecoder(words: string): boolean {
  return /Decoder \(codec .*\) not found|no decoder found|not on whitelist|Decoder not found/i.test(words);
}

function lastWords(words: string): string {
  const lines = words.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  return (lines.findLast((line) => /error|invalid|not found|fail/i.test(line)) ?? lines.at(-1) ?? '')
    .replace(/^\[[^\]]*\]\s*/, '')
    .slice(0, 200);
}
