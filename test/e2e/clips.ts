import { execFileSync } from 'node:child_process';
import { mkdirSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';

function findFfmpeg(): boolean {
  try {
    execFileSync('ffmpeg', ['-version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

export const hasFfmpeg = findFfmpeg();

/** A video of six seconds of one colour with a moving bar, that every browser plays; it looks a day old. */
export function makeClip(path: string, color: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const picture = `color=c=${color}:s=320x240:r=12:d=6,drawbox=x='mod(t*60,320)':y=0:w=20:h=ih:c=white:t=fill`;
  execFileSync(
    'ffmpeg',
    ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', picture, '-c:v', 'libx264', '-g', '12'].concat([
      '-pix_fmt',
      'yuv420p',
      '-preset',
      'ultrafast',
      '-movflags',
      '+faststart',
      path,
    ]),
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const yesterday = new Date(Date.now() - 86_400_000);
  utimesSync(path, yesterday, yesterday);
}
