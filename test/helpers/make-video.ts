import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';

/** Videos, made by ffmpeg when a test wants them; nothing of them is kept. */

function findVersion(): string | undefined {
  try {
    return execFileSync('ffmpeg', ['-version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}

export const hasFfmpeg = findVersion() !== undefined;
if (!hasFfmpeg) console.warn('There is no ffmpeg here: tests of frames out of videos are skipped.');

/** A scene of one colour, with a bar at a place of its own, so that two scenes never look alike. */
export type Scene = { readonly color: string; readonly seconds: number };

export type VideoOptions = {
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly scenes?: readonly Scene[];
  readonly codec?: 'libx264' | 'libx265' | 'libvpx' | 'libvpx-vp9' | 'libsvtav1' | 'mjpeg' | 'mpeg4';
  /** Of the picture, clockwise, as a phone notes it. */
  readonly rotate?: 90 | 180 | 270;
  readonly hasSound?: boolean;
  /** As ffmpeg names it: `creation_time`, `location` … */
  readonly metadata?: Readonly<Record<string, string>>;
  /** Between key frames. @default 12 */
  readonly keyFrameEvery?: number;
  readonly more?: readonly string[];
};

const threeScenes: readonly Scene[] = [
  { color: 'red', seconds: 2 },
  { color: 'green', seconds: 2 },
  { color: 'blue', seconds: 2 },
];

/** Writes a video that looks as if it had been there for a day; the container is that of the name. */
export function makeVideo(path: string, options: VideoOptions = {}): void {
  const {
    widthPx = 160,
    heightPx = 120,
    scenes = threeScenes,
    codec = 'libx264',
    keyFrameEvery = 12,
  } = options;
  mkdirSync(dirname(path), { recursive: true });
  const inputs = scenes.flatMap(({ color, seconds }) => [
    '-f',
    'lavfi',
    '-i',
    `color=c=${color}:s=${String(widthPx)}x${String(heightPx)}:r=12:d=${String(seconds)}`,
  ]);
  const bars = scenes.map(({ color }, index) => {
    const x = Math.round((widthPx / scenes.length) * index);
    const bar = `drawbox=x=${String(x)}:y=0:w=${String(Math.round(widthPx / scenes.length / 2))}:h=ih:c=white:t=fill`;
    return `[${String(index)}:v]${color === 'black' ? 'null' : bar}[s${String(index)}]`;
  });
  const joined = `${bars.join(';')};${scenes.map((_, index) => `[s${String(index)}]`).join('')}concat=n=${String(scenes.length)}:v=1:a=0[v]`;
  const seconds = scenes.reduce((sum, scene) => sum + scene.seconds, 0);
  const sound = options.hasSound === true ? ['-f', 'lavfi', '-i', `sine=d=${String(seconds)}`] : [];
  const metadata = Object.entries(options.metadata ?? {}).flatMap(([name, value]) => [
    '-metadata',
    `${name}=${value}`,
  ]);
  const target = options.rotate === undefined ? path : `${path}.unturned.mp4`;
  ffmpeg([
    ...inputs,
    ...sound,
    '-filter_complex',
    joined,
    '-map',
    '[v]',
    ...(options.hasSound === true ? ['-map', `${String(scenes.length)}:a`, '-c:a', 'aac'] : []),
    '-c:v',
    codec,
    '-g',
    String(keyFrameEvery),
    '-pix_fmt',
    codec === 'mjpeg' ? 'yuvj420p' : 'yuv420p',
    ...(codec === 'libx265' ? ['-tag:v', 'hvc1', '-x265-params', 'log-level=error'] : []),
    ...(codec === 'libx264' ? ['-preset', 'ultrafast'] : []),
    ...(codec === 'libvpx-vp9' ? ['-deadline', 'realtime', '-cpu-used', '8'] : []),
    ...(codec === 'libsvtav1' ? ['-preset', '12'] : []),
    ...metadata,
    ...(options.more ?? []),
    target,
  ]);
  if (options.rotate !== undefined) {
    ffmpeg(['-i', target, '-c', 'copy', '-metadata:s:v', `rotate=${String(360 - options.rotate)}`, path]);
    rmSync(target);
  }
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(path, yesterday, yesterday);
}

/** A second of one grey, 10 bits in PQ (SMPTE ST 2084) and BT.2020. @param signal of its range, 0–1 */
export function hdrVideo(path: string, signal: number): void {
  const luma = Math.round(64 + signal * 876);
  ffmpeg([
    '-f',
    'lavfi',
    '-i',
    `color=c=gray:s=64x64:r=4:d=1,format=yuv420p10le,geq=lum=${String(luma)}:cb=512:cr=512`,
    '-c:v',
    'libx265',
    '-tag:v',
    'hvc1',
    '-x265-params',
    'log-level=error:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc',
    '-color_primaries',
    'bt2020',
    '-color_trc',
    'smpte2084',
    '-colorspace',
    'bt2020nc',
    path,
  ]);
}

export function ffmpeg(args: readonly string[]): void {
  execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    // The encoder of AV1 says much that nobody asked for.
    env: { ...process.env, SVT_LOG: '1' },
  });
}
