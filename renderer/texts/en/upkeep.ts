import { formatBytes } from '../format.ts';
import { pluralIn } from '../plural.ts';

const n = pluralIn('en');

/** Looking after the library. */
export const upkeep = {
  checkUpText:
    'Looks at folders, space, tools, keys, connections and the database. Nothing is sent and nothing is changed.',
  online: 'Ask the services, too',
  looking: (findings: number) =>
    n(findings, { one: 'Looking: # thing so far', other: 'Looking: # things so far' }),
  verdict: (problems: number, warnings: number) =>
    problems + warnings === 0
      ? 'Everything is well.'
      : [
          ...(problems > 0 ? [n(problems, { one: '# problem', other: '# problems' })] : []),
          ...(warnings > 0
            ? [n(warnings, { one: '# thing worth a look', other: '# things worth a look' })]
            : []),
        ].join(', '),
  levels: { ok: 'well', warning: 'worth a look', problem: 'problem' },
  tidy: 'Tidy up',
  tidied: (files: number, bytes: number) =>
    `${n(files, { one: '# file removed', other: '# files removed' })}, ${formatBytes(bytes, 'en')} freed`,
  videos: 'Videos',
  ffmpeg: 'ffmpeg',
  ffmpegHint:
    'The program that takes pictures out of videos, version 4 or newer. Empty: the one that this system finds by itself.',
  testFfmpeg: 'Test ffmpeg',
  ffmpegFound: (command: string, version: string) =>
    `${command} is ffmpeg ${version}: videos have pictures and can be described.`,
  ownDecoder: 'Until then Cutline looks into most videos by itself.',
  videosWait: (videos: number) =>
    n(videos, { one: '# video waits for its picture.', other: '# videos wait for their pictures.' }),
  backUp: 'Backup',
  backUpText:
    'A checked copy of everything that was said of your photos, in one file, while Cutline goes on. The photos themselves are not in it.',
  backUpInto: 'Save a backup…',
  backUpTitle: 'Where should the backup be kept?',
  backingUp: 'Saving and checking, in percent',
  backedUp: (path: string, bytes: number) => `Saved and checked: ${path} (${formatBytes(bytes, 'en')}).`,
};
